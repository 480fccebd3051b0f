"""Two accounts of one person become one: affiliations, seats, addresses; rights never, and what is erased is erased of both."""

from datetime import timedelta

import pghistory
import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from creativenorth.history.admin import entries
from creativenorth.mail.models import Mail
from events.models import Attendance, Registration
from members.actions.erasure import erase_due, erase_person
from members.actions.merging import merge_people
from members.models import Company, User
from tests import factories
from tests.factories import make_affiliation, make_user

pytestmark = pytest.mark.django_db


def test_everything_of_the_person_moves_and_both_addresses_sign_in(accounts, staff, company):
    kept, gone = accounts
    make_affiliation(gone, company, "owner")
    factories.make_registration(factories.make_activity(), gone)
    factories.make_registration(factories.make_activity(), email="anna@hem.example", guest_name=kept.name)
    Authenticator.objects.create(user=gone, type="totp", data={})

    merge_people(by=staff, kept=kept, gone=gone, take=["email"])

    kept.refresh_from_db()
    addresses = EmailAddress.objects.filter(user=kept).order_by("email").values_list("email", "primary", "verified")
    assert list(addresses) == [("anna@bolag.example", False, True), ("anna@hem.example", True, True)]
    assert (kept.email, kept.name, User.objects.filter(pk=gone.pk).exists()) == ("anna@hem.example", "Anna Ek", False)
    assert (kept.affiliations.count(), kept.registrations.count(), Authenticator.objects.count()) == (1, 2, 0)
    assert sorted(Mail.objects.values_list("to", flat=True)) == ["anna@bolag.example", "anna@hem.example"]


def test_of_two_seats_in_one_activity_the_better_stays_and_the_other_goes_on(accounts, staff):
    kept, gone = accounts
    activity = factories.make_activity(capacity=1)
    factories.make_registration(activity, kept, state="waiting")
    factories.make_registration(activity, gone, state="confirmed")
    other = factories.make_activity(capacity=2)
    for person in accounts:
        factories.make_registration(other, person)
    next_one = factories.make_registration(other, state="waiting")

    merge_people(by=staff, kept=kept, gone=gone)

    rows = Registration.objects.filter(user=kept, activity=activity).order_by("state").values_list("state", "cause")
    next_one.refresh_from_db()
    assert list(rows) == [("cancelled", "merged"), ("confirmed", "signed_up")]
    assert Registration.objects.active().filter(user=kept, activity=other).count() == 1
    assert next_one.state == "offered"


def test_who_was_at_a_session_with_both_was_there_once(accounts, staff):
    kept, gone = accounts
    activity = factories.make_activity(starts_in=-timedelta(hours=1))
    for person, minutes in ((kept, 30), (gone, 60)):
        factories.make_attendance(activity, person, minutes=minutes)

    merge_people(by=staff, kept=kept, gone=gone)

    assert list(Attendance.objects.values_list("registration__user", "minutes")) == [(kept.pk, 60)]


def test_an_account_is_as_much_in_use_as_either_was(accounts, staff):
    """Else the one that stays would count as idle, and be closed."""
    kept, gone = accounts
    now = timezone.now()
    User.objects.filter(pk=gone.pk).update(last_login=now, joined_at=now - timedelta(days=900))

    merge_people(by=staff, kept=kept, gone=gone)

    kept.refresh_from_db()
    assert (kept.last_login, kept.joined_at) == (now, now - timedelta(days=900))


def test_the_one_that_goes_is_signed_out_everywhere(accounts, staff, client):
    kept, gone = accounts
    client.post("/konto/logga-in/", {"login": gone.email, "password": factories.PASSWORD})

    merge_people(by=staff, kept=kept, gone=gone)

    assert client.get("/min-sida/").url.startswith("/konto/logga-in/")
    assert UserSession.objects.count() == 0


def test_rights_are_never_merged(accounts, staff):
    kept, gone = accounts
    gone.is_staff = True
    gone.save()
    coordinator = make_user(is_staff=True, groups=["coordinator"])

    for by, keep, go in ((coordinator, kept, gone), (coordinator, gone, kept), (staff, kept, staff)):
        with pytest.raises(PermissionDenied):
            merge_people(by=by, kept=keep, gone=go)
    merge_people(by=staff, kept=kept, gone=gone)

    kept.refresh_from_db()
    assert (kept.is_staff, kept.groups.count()) == (False, 0)


def test_history_names_who_somebody_is_now(accounts, staff, duplicates):
    kept, gone = accounts
    with pghistory.context(user=gone.pk):
        Company.objects.filter(pk=duplicates[0].pk).update(name="Kalix")

    merge_people(by=staff, kept=kept, gone=gone)

    assert entries(duplicates[0])[0].who == "Anna Ek"


def test_whoever_erases_the_account_erases_the_former_one_too(accounts, staff):
    kept, gone = accounts
    merge_people(by=staff, kept=kept, gone=gone)
    Mail.objects.update(state="sent", sent_at=timezone.now())
    kept.refresh_from_db()

    erase_person(by=kept)
    Mail.objects.update(state="sent", sent_at=timezone.now())
    erase_due()

    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ~* %s', ["anna@|Anna E"])
            assert (table, cursor.fetchone()[0]) == (table, 0)


def test_a_person_in_use_is_not_merged_into_a_closed_account(accounts, staff):
    kept, gone = accounts
    User.objects.filter(pk=kept.pk).update(is_active=False)
    kept.refresh_from_db()

    with pytest.raises(PermissionDenied):
        merge_people(by=staff, kept=kept, gone=gone)
