"""Comparing two duplicates: which one to keep, and which of each two values is the better."""

from django.db.models import Count, FileField, Q
from django.utils.translation import gettext_lazy as _

from members.models import Company, CompanyNumber, Membership, ProfileVersion, User
from members.models.profile.content import digest, is_empty
from members.models.profile.version import is_of_picture
from members.models.profile.visibility import Visibility

NUMBER = "number"
SAID = ProfileVersion.content()
PICTURES = [field.name for field in ProfileVersion._meta.concrete_fields if isinstance(field, FileField)]
LISTS = [name for name in SAID if isinstance(ProfileVersion().said(name), list)]
EXAMPLES = [name for name in SAID if name.endswith(("_sv", "_en")) and not is_of_picture(name)]
# Columns that are taken along with a picture: its description and crop.
TAKEN_ALONG = {picture: [name for name in SAID if name.startswith(f"{picture}_")] for picture in PICTURES}
_CHOSEN = [name for name in SAID if name not in LISTS and not any(name in along for along in TAKEN_ALONG.values())]
COLUMNS = {Company: ["name", *_CHOSEN, "published_at"], User: ["name", "email", "phone", "language"]}


def value_names(model):
    """The values that are chosen one by one; lists and works are united instead."""
    return [*COLUMNS[model], *([NUMBER] if model is Company else [])]


def label_of(model, name):
    if name == NUMBER:
        return _("organisation number")
    return (ProfileVersion if model is Company and name in SAID else model)._meta.get_field(name).verbose_name


def value_of(owner, name):
    if name == NUMBER:
        kept = CompanyNumber.objects.filter(company=owner).first()
        return kept.masked if kept else ""
    return owner.profile.said(name) if isinstance(owner, Company) and name in SAID else getattr(owner, name)


def pair_digest(one, two):
    """A digest of what both say, by which it is checked that staff confirm what they have read."""
    pair = sorted((one, two), key=lambda owner: owner.pk)
    return digest([[str(value_of(owner, name)) for name in value_names(type(owner))] for owner in pair])


def is_other_value_better(kept, gone, name):
    """Whether the value of the one that goes is preferred: a value beats none, a real text beats an example."""
    if (
        isinstance(kept, Company)
        and name in EXAMPLES
        and kept.profile.is_placeholder
        and gone.profile.value("description_sv")
    ):
        return True
    if name == "published_at" and kept.taken_down_at:
        return False
    mine, others = value_of(kept, name), value_of(gone, name)
    if is_empty(mine) or is_empty(others):
        return is_empty(mine) and not is_empty(others)
    return False


def has_examples(kept, gone, take):
    """Whether an example text is among the chosen ones: then the company stays marked as a placeholder."""
    chosen = {name: gone if name in take else kept for name in EXAMPLES}
    return any(owner.profile.is_placeholder and owner.profile.said(name) for name, owner in chosen.items())


def better_to_keep(one, two):
    """Of the two the one in use: a member, public, with its own texts, with more people, the older."""
    return max(one, two, key=_company_rank if isinstance(one, Company) else _person_rank)


def _company_rank(company):
    is_member = Membership.objects.current().filter(company=company).exists()
    people = company.affiliations.aggregate(number=Count("user", filter=Q(ended_on=None), distinct=True))["number"]
    return is_member, company.published_at is not None, not company.profile.is_placeholder, people, -company.pk


def _person_rank(person):
    affiliations = person.affiliations.not_ended().count()
    return person.is_active, person.is_staff, person.last_login is not None, affiliations, -person.pk


def narrower_visibility(kept, gone):
    """What either of the two hides stays hidden."""
    order, words = Visibility.values, dict(kept.visibility)
    for field, word in gone.visibility.items():
        words[field] = max(word, words.get(field, Visibility.PUBLIC.value), key=order.index)
    return words
