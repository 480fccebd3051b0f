"""Staff take a company's page down, and put it up again. The company is mailed, and cannot undo it by publishing."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from creativenorth import mail
from members.actions.people import lock_companies
from members.models import Affiliation, Company
from members.permissions import OWNERS_AND_EDITORS, may_take_pages_down


@transaction.atomic
def take_pages_down(*, by, companies):
    """Take down those that are public; returns how many. Raises `PermissionDenied`."""
    if not may_take_pages_down(by):
        raise PermissionDenied
    keys = [company.pk for company in companies]
    lock_companies(keys)
    public = list(Company.objects.filter(pk__in=keys, published_at__isnull=False))
    now = timezone.now()
    Company.objects.filter(pk__in=[each.pk for each in public]).update(published_at=None, taken_down_at=now)
    for company in public:
        _tell_owners_and_editors(company, now)
    return len(public)


@transaction.atomic
def put_pages_up(*, by, companies):
    """Publish those that are not public; returns how many. Raises `PermissionDenied`."""
    if not may_take_pages_down(by):
        raise PermissionDenied
    hidden = Company.objects.filter(pk__in=[company.pk for company in companies], published_at=None)
    return hidden.update(published_at=timezone.now(), taken_down_at=None)


def _tell_owners_and_editors(company, at):
    affiliations = Affiliation.objects.current().filter(
        company=company, role__in=OWNERS_AND_EDITORS, user__is_active=True
    )
    for affiliation in affiliations.select_related("user"):
        with translation.override(affiliation.user.language):
            link = settings.SITE_URL + reverse("members:contact")
        mail.queue(
            to=affiliation.user.email,
            event="page_taken_down",
            context={"company": company.name, "link": link},
            language=affiliation.user.language,
            cause=f"page_taken_down:{company.pk}:{at.isoformat()}:{affiliation.user_id}",
        )
