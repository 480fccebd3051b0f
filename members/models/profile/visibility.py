"""Who sees a field of a company's profile: one rule for pages, search, feeds and exports.

`Company.visibility` holds the fields that are not "public"; it applies at once, whatever is drafted. The name is always
public. The company's own people and staff see everything where they edit it; on public pages they see what all members see.
"""

from functools import cache

from django.db.models import BooleanField, Exists, Func, OuterRef, Q, TextChoices
from django.utils.translation import gettext_lazy as _

from creativenorth.prepared import prepared
from members.models.affiliation import Affiliation
from members.models.membership import Membership
from members.models.profile.version import ProfileContent


class Visibility(TextChoices):
    PUBLIC = "public", _("everyone")
    MEMBERS = "members", _("members only")
    HIDDEN = "hidden", _("nobody")


class ProfileAudience(TextChoices):
    """Who reads: anybody, or people of member companies and staff."""

    PUBLIC = "public"
    MEMBERS = "members"


# Fields of several columns that share one visibility. Otherwise a column, or a text in both languages, has its own.
_SHARED = {"location": (_("town and municipality"), ("town", "municipality"))}


def _fields():
    """{field: (label, beginnings of the attributes it decides)}: a picture decides for its description and crop too."""
    shared = {start: field for field, (_label, starts) in _SHARED.items() for start in starts}
    found = {}
    for column in ProfileContent.content():
        start = column.removesuffix("_sv").removesuffix("_en")
        if start in shared:
            found[shared[start]] = _SHARED[shared[start]]
        elif not start.startswith(tuple(f"{field}_" for field in found)) and start not in found:
            label = getattr(getattr(ProfileContent, start), "label", "")
            found[start] = (label or ProfileContent._meta.get_field(column).verbose_name, (start,))
    return found | {"works": (_("works"), ("works",))}


_FIELDS = _fields()
FIELDS = {field: label for field, (label, _starts) in _FIELDS.items()}


def visibility_in_words(chosen):
    """ "telefon: bara medlemmar", in the order of the profile."""
    said = [f"{label}: {Visibility(chosen[field]).label}" for field, label in FIELDS.items() if field in chosen]
    return ", ".join(said) or str(Visibility.PUBLIC.label)


@cache
def field_of(attribute):
    """The field whose visibility decides over the attribute. Raises KeyError where none does."""
    for field, (_label, starts) in _FIELDS.items():
        if any(attribute == start or attribute.startswith(f"{start}_") for start in starts):
            return field
    raise KeyError(attribute)


def audience_of(user):
    """Members are those affiliated today with a member company, and staff."""
    if not user.is_authenticated:
        return ProfileAudience.PUBLIC
    if user.is_staff:
        return ProfileAudience.MEMBERS
    return ProfileAudience.MEMBERS if _roles_in_the_cluster(user) else ProfileAudience.PUBLIC


@prepared
def _roles_in_the_cluster(user):
    in_the_cluster = Exists(Membership.objects.current().filter(company=OuterRef("company")))
    return Affiliation.objects.current().filter(in_the_cluster, user=user).values_list("pk")[:1]


def shows_field(visibility, field, audience):
    """Whether that audience sees the field of a company with that `visibility`."""
    word = visibility.get(field, Visibility.PUBLIC)
    return word == Visibility.PUBLIC or (word == Visibility.MEMBERS and audience == ProfileAudience.MEMBERS)


def field_shown_to(audience, field):
    """The same rule as `shows_field`, as a condition on rows of companies."""
    if audience == ProfileAudience.MEMBERS:
        return ~Q(visibility__contains={field: Visibility.HIDDEN.value})
    return ~Q(visibility__has_key=field)


class OnlyKnownVisibilities(Func):
    """True where the column is a JSON object whose values are "members" or "hidden"."""

    template = "(jsonb_typeof(%(expressions)s) = 'object' AND NOT jsonb_path_exists(%(expressions)s, "
    template += '\'$.* ? (!(@ == "members" || @ == "hidden"))\'))'
    output_field = BooleanField()
    conditional = True
