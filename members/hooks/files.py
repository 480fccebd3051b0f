"""Who may fetch a company's pictures: who sees them on its page; those of drafts and earlier versions its own people, and staff."""

from creativenorth.files.visibility import file_rule
from members.models import Company, ProfileVersion
from members.models.profile.visibility import audience_of, shows_field

COLUMNS = {"logos": ("logo", "logo"), "covers": ("cover", "cover"), "works": ("works__picture", "works")}


@file_rule(*COLUMNS)
def is_seen(name, user):
    if user.is_authenticated and user.is_staff:
        return True
    column, field = COLUMNS[name.partition("/")[0]]
    versions = ProfileVersion.objects.filter(**{column: name})
    if user.is_authenticated and Company.objects.filter(versions__in=versions).with_person(user).exists():
        return True
    audience = audience_of(user)
    companies = Company.objects.public().filter(public_version__in=versions)
    return any(shows_field(company.visibility, field, audience) for company in companies)
