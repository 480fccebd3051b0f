"""Who sees a field of a company's profile: one rule for pages, search, feeds and exports.

`Company.visibility` holds the fields that are not "public". The name is always public. The company's own people and
staff see everything where they edit it; on public pages they see what all members see.
"""

from django.db.models import BooleanField, Case, CharField, Exists, F, Func, OuterRef, Q, TextChoices, Value, When
from django.utils.translation import gettext_lazy as _

from members.models.affiliation import Affiliation
from members.models.membership import Membership


class Visibility(TextChoices):
    PUBLIC = "public", _("everyone")
    MEMBERS = "members", _("members only")
    HIDDEN = "hidden", _("nobody")


class ProfileAudience(TextChoices):
    """Who reads: anybody, or people of member companies and staff."""

    PUBLIC = "public"
    MEMBERS = "members"


FIELDS = {
    "tagline": _("the line about you"),
    "description": _("who you are"),
    "sectors": _("sectors"),
    "skills": _("what you are good at"),
    "looking_for": _("what you are looking for"),
    "location": _("town and municipality"),
    "website": _("website"),
    "email": _("e-mail"),
    "phone": _("phone"),
    "logo": _("logo"),
    "cover": _("large picture"),
    "works": _("works"),
}


def audience_of(user):
    """Members are those affiliated today with a member company, and staff."""
    if not user.is_authenticated:
        return ProfileAudience.PUBLIC
    if user.is_staff:
        return ProfileAudience.MEMBERS
    in_the_cluster = Exists(Membership.objects.current().filter(company=OuterRef("company")))
    has_role = Affiliation.objects.current().filter(in_the_cluster, user=user).exists()
    return ProfileAudience.MEMBERS if has_role else ProfileAudience.PUBLIC


def shows_field(visibility, field, audience):
    """Whether that audience sees the field of a company with that `visibility`."""
    word = visibility.get(field, Visibility.PUBLIC)
    return word == Visibility.PUBLIC or (word == Visibility.MEMBERS and audience == ProfileAudience.MEMBERS)


def is_narrower(name, word, values):
    """Whether the value is a visibility ("visibility:phone") that shows less than `values` do."""
    order = Visibility.values
    return name.startswith("visibility:") and order.index(word) > order.index(values[name])


def field_shown_to(audience, field):
    """The same rule as `shows_field`, as a condition on rows of companies."""
    if audience == ProfileAudience.MEMBERS:
        return ~Q(visibility__contains={field: Visibility.HIDDEN.value})
    return ~Q(visibility__has_key=field)


def text_shown_to(audience, field, column):
    """The column's text where the audience sees the field, else ""."""
    return Case(When(field_shown_to(audience, field), then=F(column)), default=Value(""), output_field=CharField())


class OnlyKnownVisibilities(Func):
    """True where the column is a JSON object whose values are "members" or "hidden"."""

    template = "(jsonb_typeof(%(expressions)s) = 'object' AND NOT jsonb_path_exists(%(expressions)s, "
    template += '\'$.* ? (!(@ == "members" || @ == "hidden"))\'))'
    output_field = BooleanField()
    conditional = True
