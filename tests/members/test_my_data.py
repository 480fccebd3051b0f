"""My data: see, correct, take away, erase; what a rule locks goes later, and no model is forgotten."""

import json
import re
import time
from datetime import date, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from creativenorth.mail.models import Mail
from members.actions.erasure import erase_due, erase_person
from members.actions.invitations import invite
from members.hooks import personal_data
from members.hooks.personal_data import ErasureLock
from members.models import Affiliation, Invitation, User
from tests.factories import (
    PASSWORD,
    make_activity,
    make_affiliation,
    make_enquiry,
    make_invitation,
    make_mail,
    make_registration,
    make_user,
)
from tests.roles import signed_in

PAGE = "/min-sida/uppgifter/"
FILE = f"{PAGE}mina-uppgifter.json"
ERASE = f"{PAGE}radera/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def person(company):
    user = make_user("anna@bolag.example", name="Anna Ek", phone="070-302 82 22")
    make_affiliation(user, company, "editor", title="Producent", is_shown=True)
    return user


@pytest.fixture
def locked_until(monkeypatch):
    """A function that locks everybody's name and address until a day."""
    locks = []
    monkeypatch.setattr(personal_data.erasure_locks, "registered", [lambda user: locks[-1] if locks else None])
    return lambda day: locks.append(ErasureLock(day, "Närvaron redovisas för EU."))


def just_signed_in(person):
    client = signed_in(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "code", "at": time.time()}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()
    return client


def test_page_and_file_tell_the_same_and_nothing_of_others(person, company):
    make_enquiry(email="Anna@bolag.example", message="Kan jag komma med?")
    make_enquiry(email="annan@bolag.example", message="Hemligt")
    make_invitation(company, "hemlig@bolag.example", invited_by=person)
    client = signed_in(person)

    page, answer = client.get(PAGE).content.decode(), client.get(FILE)

    text = answer.content.decode()
    for secret, shown in (("Kan jag komma med?", True), ("Producent", True), ("Hemligt", False), ("hemlig@", False)):
        assert (secret, secret in page, secret in text) == (secret, shown, shown)
    assert answer["Content-Disposition"] == 'attachment; filename="creative-north-my-data.json"'


def test_file_has_keys_for_machines_and_times_with_their_zone(person):
    data = json.loads(signed_in(person).get(FILE).content)

    assert list(data) == [
        "written_at", "account", "affiliations", "invitations", "addresses", "sign_in", "sessions", "mail", "notifications_off",
        "enquiries",
        "number_readings", "merges", "imports", "registrations", "sign_ups_as_guest", "invited_to", "feeds",
    ]  # fmt: skip
    assert data["account"][0]["name"] == "Anna Ek"
    assert data["account"][0]["joined_at"].endswith("Z")


def test_page_says_in_one_sentence_what_is_not_known(person):
    context = signed_in(person).get(PAGE).context

    words = [text for part in context["parts"] for row in part["rows"] for _label, text in row]
    assert [part["key"] for part in context["parts"]] == ["account", "affiliations", "addresses", "sessions"]
    assert [word for word in words if word in ("", "–", None)] == []
    assert "Nycklar och andra steg" in [str(title) for title in context["unknown"]]


def test_person_corrects_name_phone_and_language(person):
    client = signed_in(person)

    good = client.post(PAGE, {"name": "Anna Lind", "phone": "0911-123 45", "language": "en"})
    bad = client.post(PAGE, {"name": "", "phone": "0911-999 99", "language": "en"})

    person.refresh_from_db()
    assert (good.status_code, bad.status_code) == (302, 422)
    assert (person.name, person.phone, person.language) == ("Anna Lind", "0911-123 45", "en")
    assert bad.context["form"]["phone"].value() == "0911-999 99"


def test_new_address_counts_once_its_link_is_followed(client, person):
    client = just_signed_in(person)
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": time.time(), "reauthenticated": True}]
    session.save()

    client.post("/konto/e-post/", {"email": "anna@nytt.example", "action_add": "1"})
    link = re.search(r"http://[^/]+(/\S+)", Mail.objects.get(to="anna@nytt.example").text)[1]
    before = User.objects.get(pk=person.pk).email
    answer = client.post(link)

    assert (before, User.objects.get(pk=person.pk).email) == ("anna@bolag.example", "anna@nytt.example")
    assert (answer.status_code, answer.url) == (302, "/min-sida/uppgifter/")
    assert Mail.objects.filter(to="anna@bolag.example", subject="Din adress är bytt").count() == 1


def erase(client, email="anna@bolag.example"):
    return client.post(ERASE, {"email": email})


def test_erased_person_is_nameless_everywhere(person, company):
    make_enquiry(email="anna@bolag.example", name="Anna Ek")
    make_invitation(company, "anna@bolag.example")
    answer = erase(just_signed_in(person))
    Mail.objects.update(state="sent", sent_at=timezone.now())

    erase_due()

    found = traces("anna@bolag.example", "Anna Ek", "070-302 82 22", "Producent")
    person.refresh_from_db()
    assert (answer.status_code, found) == (302, [])
    assert (person.is_active, str(person), person.has_usable_password()) == (False, "borttagen person", False)
    assert Affiliation.objects.get(user=person).ended_on == timezone.localdate()


def test_erasing_finds_what_was_written_to_an_earlier_address(person, company):
    accepted = make_invitation(company, "anna@bolag.example", accepted_at=timezone.now(), accepted_by=person)
    make_mail(to="Anna@bolag.example", state="sent", sent_at=timezone.now())
    make_enquiry(email="anna@bolag.example", name="Anna Ek")
    make_registration(make_activity(), email="anna@bolag.example", guest_name="Anna Ek")
    for address in ("annan@nytt.example", "anna@nytt.example"):  # the first was a mistake: it is somebody else's
        User.objects.filter(pk=person.pk).update(email=address)
    other = make_mail(to=make_user("annan@nytt.example").email)
    person.refresh_from_db()

    erase_person(by=person)
    Mail.objects.filter(cause__startswith="account_erased").delete()

    accepted.refresh_from_db()
    assert traces("anna@bolag", "anna@nytt", "Anna Ek") == []
    assert (accepted.accepted_by, list(Mail.objects.all())) == (person, [other])


def test_mail_that_waits_is_not_sent_to_who_is_gone(person, company, owner):
    invite(by=owner, company=company, email=person.email, role="owner")
    make_mail(to=person.email, state="failed", error="550")

    erase_person(by=person)

    assert list(Mail.objects.filter(to=person.email).values_list("subject", flat=True)) == ["Ditt konto är stängt"]


def test_admin_keeps_no_log_beside_the_history(person, company, staff_client):
    staff_client.post(
        reverse("admin:members_invitation_add"),
        {
            "company": company.pk,
            "email": "ny@bolag.example",
            "role": "editor",
            "language": "sv",
        },
    )
    staff_client.post(
        reverse("admin:members_invitation_changelist"),
        {"action": "withdraw", "_selected_action": Invitation.objects.get().pk},
    )

    assert (Invitation.objects.open().exists(), LogEntry.objects.exists()) == (False, False)


def traces(*words):
    """Where in the whole database any of the words still stands, in history too."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            for word in words:
                cursor.execute(f'SELECT count(*) FROM "{table}" AS row WHERE row::text ILIKE %s', [f"%{word}%"])
                found += [(table, word)] if cursor.fetchone()[0] else []
    return found


def test_erasing_signs_out_everywhere_and_for_good(client, person):
    client.post("/konto/logga-in/", {"login": person.email, "password": PASSWORD})

    erase(just_signed_in(person))

    assert client.get("/min-sida/").url.startswith("/konto/logga-in/")
    client.post("/konto/logga-in/", {"login": "anna@bolag.example", "password": PASSWORD})
    assert (UserSession.objects.count(), "_auth_user_id" in client.session) == (0, False)


def test_what_a_rule_locks_stays_until_its_day_and_says_so(person, locked_until):
    locked_until(date(2033, 12, 31))
    client = just_signed_in(person)

    page = client.get(ERASE).content.decode()
    answer = client.post(ERASE, {"email": person.email}, follow=True).content.decode()

    person.refresh_from_db()
    assert [text in page for text in ("<dt>lör 31 december 2033</dt>", "Närvaron redovisas för EU.")] == [True, True]
    assert "raderas lör 31 december 2033" in answer
    assert (person.name, person.phone, person.is_active, person.erase_on) == ("Anna Ek", "", False, date(2033, 12, 31))
    assert "31 december 2033" in Mail.objects.get(subject="Ditt konto är stängt").text


def test_locked_person_becomes_nameless_when_the_day_has_come(person, locked_until):
    today = timezone.localdate()
    locked_until(today + timedelta(days=1))
    erase_person(by=person)
    User.objects.update(erase_on=today)

    locked_until(today + timedelta(days=9))  # the rule was prolonged meanwhile
    erase_due()
    person.refresh_from_db()
    assert (person.name, person.erase_on) == ("Anna Ek", today + timedelta(days=9))

    locked_until(today)
    User.objects.update(erase_on=today)
    erase_due()
    person.refresh_from_db()
    assert (person.name, bool(person.erased_at), person.erase_on) == ("", True, None)


def test_last_owner_is_told_how_to_hand_over(owner, company):
    client = just_signed_in(owner)

    page = client.get(ERASE).content.decode()
    answer = client.post(ERASE, {"email": owner.email})

    assert f"/mitt-foretag/personer/?foretag={company.slug}" in page
    assert (answer.status_code, User.objects.get(pk=owner.pk).is_active) == (409, True)


def test_staff_are_not_erased_here(staff):
    assert just_signed_in(staff).post(ERASE, {"email": staff.email}).status_code == 409


def test_erasing_needs_a_sign_in_just_now_and_the_right_address(person):
    stale, fresh = signed_in(person), just_signed_in(person)

    answers = [erase(stale).status_code, erase(fresh, "fel@bolag.example").status_code]

    person.refresh_from_db()
    assert (answers, person.is_active) == ([200, 422], True)
    assert "Logga in igen" in stale.get(ERASE).content.decode()


def test_history_is_append_only_again_after_an_erasure(person):
    erase_person(by=person)

    with pytest.raises(Exception, match="append_only"):
        User.pgh_event_model.objects.update(name="x")


def test_invitation_of_an_erased_inviter_is_closed(company, person):
    invitation = make_invitation(company, invited_by=person)

    erase_person(by=person)

    assert not Invitation.objects.get(pk=invitation.pk).is_open


def test_two_tabs_overwrite_nothing_unseen(person):
    client = signed_in(person)
    form = client.get(PAGE).context["form"]
    shown = {form[name].html_initial_name: form[name].value() for name in form.fields}
    typed = {"name": "Anna Ek", "phone": "070-302 82 22", "language": "sv"}
    client.post(PAGE, shown | typed | {"phone": "070-111 11 11", "language": "en"})

    kept = client.post(PAGE, shown | typed | {"name": "Anna Lund"}).status_code
    refused = client.post(PAGE, shown | typed | {"phone": "070-222 22 22"})
    again = client.post(PAGE, refused.context["form"].data)

    assert (kept, refused.status_code, again.status_code) == (302, 409, 302)
    assert refused.context["form"].errors == {
        "phone": ["Någon har ändrat det här under tiden, till: 070-111 11 11. Spara igen för att behålla ditt."]
    }
    person.refresh_from_db()
    assert (person.name, person.phone, person.language) == ("Anna Lund", "070-222 22 22", "en")
