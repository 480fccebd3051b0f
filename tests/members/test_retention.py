"""What goes by itself, and when; the privacy notice says the same."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from creativenorth import mail, retention
from creativenorth.mail import delivery
from creativenorth.mail.models import Mail
from creativenorth.text.orgnr import parse
from members.models import Affiliation, Company, CompanyNumber, Invitation, User
from members.retention import (
    ACCOUNT_DAYS,
    ACCOUNT_WARNING_DAYS,
    INVITATION_DAYS,
    NUMBER_DAYS,
    close_idle_accounts,
    forget_numbers_of_former_members,
    forget_unanswered_invitations,
)
from tests.factories import (
    make_activity,
    make_affiliation,
    make_company,
    make_invitation,
    make_mail,
    make_membership,
    make_registration,
    make_user,
)
from tests.members.test_my_data import traces
from tests.members.test_profile import save

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def aged(thing, days, **columns):
    names = columns or {"created_at": None}
    type(thing).objects.filter(pk=thing.pk).update(**dict.fromkeys(names, NOW - timedelta(days=days)))
    thing.refresh_from_db()
    return thing


def quiet(days, **fields):
    return make_user(joined_at=NOW - timedelta(days=days), **fields)


def test_old_mail_is_emptied_and_never_sent_again():
    old = {"to": "anna@bolag.example", "subject": "Anna Ek har gått med", "text": "Anna Ek"}
    sent = aged(make_mail(state="sent", sent_at=NOW, **old), retention.MAIL_DAYS + 1)
    failed = aged(make_mail(state="failed", error="550 anna@bolag.example", **old), retention.MAIL_DAYS + 1)
    waiting = aged(make_mail(**old), retention.MAIL_DAYS + 1)
    young = aged(make_mail(state="sent", sent_at=NOW, **old), retention.MAIL_DAYS - 1)

    retention.empty_old_mail()

    kept = Mail.objects.filter(to="anna@bolag.example").values_list("pk", flat=True)
    assert set(kept) == {waiting.pk, young.pk}
    assert Mail.objects.filter(pk__in=[sent.pk, failed.pk], subject="", text="").count() == 2
    assert delivery.send_again(failed) is False
    assert mail.queue_text(to="x@y.example", subject="S", text="T", language="sv", cause=sent.cause) == sent


def test_limits_that_are_over_leave_no_network_address():
    cache.set("ended:192.0.2.1", 1, -5)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO creativenorth_cache VALUES ('ended:192.0.2.2', '', now() - interval '1 day')")
    cache.set("runs:192.0.2.3", 1, 300)

    retention.forget_ended_limits()

    assert (traces("192.0.2.2"), traces("192.0.2.3")) == ([], [("creativenorth_cache", "192.0.2.3")])


def test_address_of_who_never_answered_goes_in_history_too(company):
    old = make_invitation(company, "gammal@bolag.example", expires_at=NOW - timedelta(days=INVITATION_DAYS + 1))
    young = make_invitation(company, "ny@bolag.example", expires_at=NOW - timedelta(days=INVITATION_DAYS - 1))

    forget_unanswered_invitations()

    assert (traces("gammal@bolag.example"), Invitation.objects.filter(pk=old.pk).count()) == ([], 1)
    assert Invitation.objects.get(pk=young.pk).email == "ny@bolag.example"


def test_sole_traders_number_goes_a_year_after_the_membership(owner):
    left = {"joined_on": timezone.localdate() - timedelta(days=999)}
    companies = {name: make_company(name, member=False) for name in ("Gått", "Nyss", "Med", "Nytt", "Juridisk")}
    for name, days in (
        ("Gått", NUMBER_DAYS),
        ("Nyss", NUMBER_DAYS - 1),
        ("Nytt", NUMBER_DAYS),
        ("Juridisk", NUMBER_DAYS),
    ):
        make_membership(companies[name], left_on=timezone.localdate() - timedelta(days=days), **left)
    make_membership(companies["Med"])
    numbers = ("900101-0017", "850709-9805", "880320-0016", "640823-3234", "556016-0680")
    for company, text in zip(companies.values(), numbers, strict=True):
        kept = CompanyNumber(company=company, changed_by=owner, changed_at=NOW - timedelta(days=NUMBER_DAYS + 1))
        kept.assign(parse(text))
        kept.save()
    CompanyNumber.objects.filter(company=companies["Nytt"]).update(changed_at=NOW)

    forget_numbers_of_former_members()

    assert set(CompanyNumber.objects.values_list("company__name", flat=True)) == {"Nyss", "Med", "Nytt", "Juridisk"}


def test_idle_account_is_told_and_closed_a_month_later():
    person = quiet(ACCOUNT_DAYS - ACCOUNT_WARNING_DAYS + 1, email="anna@bolag.example", name="Anna Ek")

    close_idle_accounts()
    close_idle_accounts()
    told = Mail.objects.get()
    aged(told, ACCOUNT_WARNING_DAYS + 1)
    close_idle_accounts()

    person.refresh_from_db()
    assert (told.to, told.cause.split(":")[0]) == ("anna@bolag.example", "account_closing")
    assert (person.is_active, bool(person.erased_at), traces("Anna Ek")) == (False, True, [])


def test_account_that_was_used_after_the_notice_stays():
    person = quiet(ACCOUNT_DAYS)
    close_idle_accounts()
    aged(Mail.objects.get(), ACCOUNT_WARNING_DAYS + 1)
    User.objects.filter(pk=person.pk).update(last_login=NOW)

    close_idle_accounts()

    assert (User.objects.get(pk=person.pk).is_active, Mail.objects.count()) == (True, 1)


def test_account_that_somebody_needs_is_not_told_to_close(company):
    quiet(ACCOUNT_DAYS, is_staff=True)
    make_affiliation(quiet(ACCOUNT_DAYS), company)
    make_affiliation(quiet(ACCOUNT_DAYS), company, ended_on=timezone.localdate() - timedelta(days=9))
    make_registration(make_activity(), quiet(ACCOUNT_DAYS), state="waiting")
    quiet(ACCOUNT_DAYS - ACCOUNT_WARNING_DAYS - 1)

    close_idle_accounts()

    assert Mail.objects.count() == 0


@pytest.mark.parametrize("path", ["/integritet/", "/en/privacy/"])
def test_privacy_notice_prints_the_same_numbers(client, path):
    page = client.get(path).content.decode()

    for days in (ACCOUNT_DAYS, ACCOUNT_WARNING_DAYS, INVITATION_DAYS, NUMBER_DAYS, retention.MAIL_DAYS):
        assert f" {days} da" in page


def test_staff_erase_the_only_owner_and_hear_which_company_is_left(staff_client, owner, company):
    page = reverse("admin:members_user_erasure", args=[owner.pk])

    before = staff_client.get(page).content.decode()
    answer = staff_client.post(page, follow=True)

    owner.refresh_from_db()
    assert "Oh hej AB har ingen annan ägare" in before
    assert [str(message) for message in answer.context["messages"]] == [
        "Kontot är raderat.",
        "Oh hej AB har ingen ägare nu: bjud in en.",
    ]
    assert (bool(owner.erased_at), Affiliation.objects.current().count()) == (True, 0)


def test_account_of_staff_is_not_erased(staff_client, staff, host):
    answer = staff_client.post(reverse("admin:members_user_erasure", args=[host.pk]))

    host.refresh_from_db()
    assert (answer.status_code, host.is_active) == (409, True)


def test_page_that_staff_take_down_is_not_brought_back_by_publishing(staff_client, owner_client, owner, company):
    url, page = reverse("admin:members_company_changelist"), "/mitt-foretag/publicering/"
    staff_client.post(url, {"action": "unpublish", "_selected_action": [company.pk]})
    save(owner_client, "summary", tagline_sv="Nytt")

    answer = owner_client.post(page, {"version": owner_client.get(page).context["version"]})
    hidden = Company.objects.get().published_at
    staff_client.post(url, {"action": "publish", "_selected_action": [company.pk]})

    assert (answer.status_code, hidden) == (409, None)
    assert "Klustret har tagit ner er sida." in answer.content.decode()
    assert Mail.objects.values_list("to", "subject").get() == (owner.email, "Sidan för Oh hej AB är nedtagen")
    assert (bool(Company.objects.get().published_at), Company.objects.get().taken_down_at) == (True, None)
