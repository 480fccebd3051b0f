"""How long personal data is kept, and what is deleted by itself. The privacy notice prints these numbers."""

from datetime import timedelta
from itertools import groupby, pairwise
from operator import attrgetter

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation

from creativenorth import mail
from creativenorth.dates import date_text
from creativenorth.hooks import Hook
from members.actions.erasure import erase_person, rewrite_history
from members.models import Affiliation, CompanyNumber, Invitation, Membership, ProfileVersion, User

ACCOUNT_DAYS = 365
ACCOUNT_WARNING_DAYS = 30
INVITATION_DAYS = 90
NUMBER_DAYS = 365
VERSIONS_KEPT = 10
VERSION_DAYS = 730
ERASED_DOMAIN = "@erased.invalid"

accounts_needed = Hook("Called with nothing; answers a queryset of keys of people whose account is not to be closed.")


def close_idle_accounts():
    """Warn people without affiliation who do not sign in, and erase them a month after the warning."""
    for person in _idle_people():
        if _warning_mail(person).created_at <= timezone.now() - timedelta(days=ACCOUNT_WARNING_DAYS):
            erase_person(by=person)


def _idle_people():
    """For a year, the month of warning included: no affiliation, no sign-in, nothing that needs the account. Never staff."""
    since = timezone.now() - timedelta(days=ACCOUNT_DAYS - ACCOUNT_WARNING_DAYS)
    affiliations = Affiliation.objects.filter(Q(ended_on=None) | Q(ended_on__gt=since), user=OuterRef("pk"))
    people = User.objects.filter(
        ~Exists(affiliations),
        Q(last_login=None) | Q(last_login__lt=since),
        joined_at__lt=since,
        is_active=True,
        is_staff=False,
        is_superuser=False,
    )
    for keys in accounts_needed():
        people = people.exclude(pk__in=keys)
    return people.annotate(left_on=Max("affiliations__ended_on"))


def _warning_mail(person):
    """The mail that says when the account is closed; one for each time that the person becomes idle."""
    with translation.override(person.language):
        day = date_text(timezone.localdate() + timedelta(days=ACCOUNT_WARNING_DAYS), with_year=True)
        link = settings.SITE_URL + reverse("members:home")
    quiet_since = f"{person.left_on or ''}:{person.last_login or person.joined_at:%Y-%m-%d}"
    return mail.queue(
        to=person.email,
        event="account_closing",
        context={"day": day, "link": link},
        language=person.language,
        cause=f"account_closing:{person.pk}:{quiet_since}",
    )


def forget_unanswered_invitations():
    """Delete the address of expired invitations; the row stays."""
    since = timezone.now() - timedelta(days=INVITATION_DAYS)
    old = Invitation.objects.filter(accepted_at=None, expires_at__lt=since).exclude(email__endswith=ERASED_DOMAIN)
    for invitation in old:
        forget_address(invitation)


@transaction.atomic
def forget_address(invitation):
    nobody = f"{invitation.uuid.hex}{ERASED_DOMAIN}"
    Invitation.objects.filter(pk=invitation.pk).update(email=nobody)
    rewrite_history(Invitation, Q(pgh_obj_id=invitation.pk), email=nobody)


def forget_numbers_of_former_members():
    """Delete a sole trader's number a year after the company's membership, unless it was written since."""
    since = timezone.now() - timedelta(days=NUMBER_DAYS)
    running = Membership.objects.filter(
        Q(left_on=None) | Q(left_on__gt=timezone.localdate(since)), company=OuterRef("company")
    )
    CompanyNumber.objects.filter(~Exists(running), changed_at__lt=since).exclude(sealed="").delete()


def forget_earlier_profiles():
    """Of what companies have published earlier keep the ten latest, for two years after another took its place.

    Pictures that no kept version names go with the night's other unnamed files.
    """
    since = timezone.now() - timedelta(days=VERSION_DAYS)
    published = ProfileVersion.objects.filter(published_at__isnull=False).order_by("company", "-published_at", "-pk")
    for _company, versions in groupby(published.only("company", "published_at"), key=attrgetter("company_id")):
        for number, (newer, version) in enumerate(pairwise(versions), start=1):
            if number > VERSIONS_KEPT or newer.published_at < since:
                version.delete()
