"""Who may fetch a company's pictures: who sees them on its page, its own people, and staff."""

from creativenorth.files.visibility import file_rule
from members.models import Affiliation, Company
from members.models.visibility import audience_of, shows_field

COLUMNS = {"logos": ("logo", "logo"), "covers": ("cover", "cover"), "works": ("works__picture", "works")}


@file_rule(*COLUMNS)
def is_seen(name, user):
    """A file that no published profile names is of a draft, or about to be deleted: for people of companies alone."""
    if user.is_authenticated and user.is_staff:
        return True
    column, field = COLUMNS[name.partition("/")[0]]
    companies = Company.objects.filter(**{column: name})
    if user.is_authenticated and companies.with_person(user).exists():
        return True
    if not companies.exists():
        return user.is_authenticated and Affiliation.objects.current().filter(user=user).exists()
    audience = audience_of(user)
    return any(shows_field(company.visibility, field, audience) for company in companies.public())
