"""Limits: by address and source first, so that an office meets none, a stranger locks nobody out, and no mailbox is flooded."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from creativenorth.mail.models import Mail
from creativenorth.web.limits import LIMITS, LimitReached, give_back, use
from events.models import GuestSignUp, Invitee
from members.actions.invitations import TooManyInvitations, invite
from tests.events.seats import make_course
from tests.events.test_signup import form, link_in_mail, path
from tests.factories import PASSWORD, make_user

LOGIN, CODE, RESET = "/konto/logga-in/", "/konto/logga-in/kod/", "/konto/losenord/nytt/"
pytestmark = pytest.mark.django_db


def sign_in(client, email, password, **source):
    return client.post(LOGIN, {"login": email, "password": password}, **source)


def test_one_persons_wrong_guesses_lock_no_colleague_out_at_the_same_address():
    wrong, *others = [make_user() for _ in range(30)]
    for _ in range(20):
        sign_in(Client(), wrong.email, "gissning")

    answers = [sign_in(Client(), each.email, PASSWORD).status_code for each in others]

    assert answers == [302] * 29


def test_guesses_from_elsewhere_lock_neither_the_known_device_nor_the_code_by_mail(client):
    person, stranger = make_user(), {"REMOTE_ADDR": "203.0.113.7"}
    sign_in(client, person.email, PASSWORD)
    client.post("/konto/logga-ut/")
    for number in range(70):
        sign_in(Client(), person.email, "gissning", REMOTE_ADDR=f"203.0.113.{number}")

    elsewhere = sign_in(Client(), person.email, PASSWORD, **stranger)
    own = sign_in(client, person.email, PASSWORD, **stranger)
    code = Client().post(CODE, {"email": person.email})

    text = elsewhere.context["form"].non_field_errors()[0]
    assert (elsewhere.status_code, own.status_code, code.status_code) == (422, 302, 302)
    assert re.fullmatch(r"Många fel lösenord .* Försök igen \d\d\.\d\d.*, eller logga in med en kod via e-post\.", text)


def test_the_known_device_has_five_guesses_of_its_own(client):
    person = make_user()
    sign_in(client, person.email, PASSWORD)
    client.post("/konto/logga-ut/")

    codes = [
        sign_in(client, person.email, "gissning").context["form"].non_field_errors().as_data()[0].code for _ in range(7)
    ]

    assert codes == ["email_password_mismatch"] * 5 + ["too_many_login_attempts"] * 2


def test_a_device_is_known_for_who_has_signed_in_on_it_alone(client):
    person, other = make_user(), make_user()
    sign_in(client, person.email, PASSWORD)
    client.post("/konto/logga-ut/")
    for number in range(70):
        sign_in(Client(), other.email, "gissning", REMOTE_ADDR=f"203.0.113.{number}")

    assert sign_in(client, other.email, PASSWORD).status_code == 422


@pytest.mark.parametrize(("page", "most"), [(CODE, 20), (RESET, 9)])
def test_mails_that_a_stranger_asks_for_are_few_a_day_from_wherever(page, most):
    person = make_user()
    for number in range(40):
        Client().post(page, {"email": person.email}, REMOTE_ADDR=f"203.0.113.{number}")

    assert Mail.objects.filter(to=person.email).count() == most


def test_one_stranger_leaves_the_owner_of_an_address_codes(client):
    person = make_user()
    for hour in range(12):
        with time_machine.travel(timezone.now() + timedelta(hours=hour)):
            Client().post(CODE, {"email": person.email}, REMOTE_ADDR="203.0.113.9")

    client.post(CODE, {"email": person.email}, REMOTE_ADDR="198.51.100.7")

    assert Mail.objects.filter(to=person.email).count() == 9


def test_invitations_to_one_address_are_few_a_day_and_say_why(staff, company):
    for _ in range(4):
        invite(by=staff, company=company, email="gun@utanfor.example")

    with pytest.raises(TooManyInvitations, match="Adressen har fått så många mejl"):
        invite(by=staff, company=company, email="gun@utanfor.example")


def test_a_class_signs_up_from_one_network_and_one_guest_to_many_activities(client):
    course = make_course(40)
    whole_class = [
        client.post(path(course), form(name=f"Elev {n}", email=f"{n}@skola.example")).status_code for n in range(30)
    ]
    answers = []
    for _ in range(8):
        answers.append(client.post(path(make_course(2)), form(name="Gun", email="gun@ute.example")).status_code)
        client.post(link_in_mail("gun@ute.example"))

    assert (whole_class, answers) == ([302] * 30, [302] * 8)


def test_forms_that_nobody_confirms_count_against_the_stranger_not_against_the_owner_of_the_address(client):
    course, stranger = make_course(9), {"REMOTE_ADDR": "203.0.113.7"}
    sent = [client.post(path(course), form(name="Gun", email="gun@ute.example"), **stranger) for _ in range(6)]

    own = client.post(path(course), form(name="Gun Gäst", email="gun@ute.example"))

    assert [each.status_code for each in (*sent, own)] == [302] * 5 + [429, 302]
    text = sent[-1].context["form"].non_field_errors()[0]
    assert text.startswith("5 länkar till den här adressen väntar på att öppnas.")


def test_an_invited_only_activity_answers_and_counts_alike_for_all(client):
    course = make_course(9, audience="invited")
    Invitee.objects.create(activity=course, email="gun@ute.example")

    answers = [
        [client.post(path(course), form(name="Gun", email=email)).status_code for _ in range(6)]
        for email in ("gun@ute.example", "okand@ute.example")
    ]

    assert answers[0] == answers[1] == [302] * 5 + [429]
    assert GuestSignUp.objects.count() == 10
    assert set(Mail.objects.values_list("to", flat=True)) == {"gun@ute.example"}


def test_a_limit_ends_when_it_says_and_what_is_given_back_does_not_count():
    used = [use("invitation", address="a@ute.example") for _ in range(4)]
    with pytest.raises(LimitReached) as reached:
        use("invitation", address="a@ute.example")

    with time_machine.travel(reached.value.until + timedelta(seconds=1)):
        use("invitation", address="a@ute.example")
    give_back(used[0])
    use("invitation", address="a@ute.example")

    assert reached.value.until - timezone.now() > timedelta(hours=23)


def test_every_limit_says_how_long_it_lasts_and_narrow_ones_come_before_wide_ones():
    order = ["pair", "account", "address", "network"]
    for limits in LIMITS.values():
        assert ["%(until)s" in str(limit.text) for limit in limits] == [True] * len(limits)
        assert [limit.per for limit in limits] == sorted((limit.per for limit in limits), key=order.index)


def test_a_new_password_by_the_link_ends_the_lock_of_wrong_ones(client):
    person = make_user()
    for _ in range(6):
        sign_in(client, person.email, "gissning")
    client.post(RESET, {"email": person.email})
    link = re.search(r"http://\S+?(/konto/losenord/nytt/\S+)", Mail.objects.get(to=person.email).text)[1]
    page = client.get(link, follow=True)

    client.post(page.redirect_chain[-1][0], {"password1": "ett-nytt-langt-losen", "password2": "ett-nytt-langt-losen"})

    assert sign_in(client, person.email, "ett-nytt-langt-losen").status_code == 302


def test_a_code_that_is_too_old_says_so_and_a_new_one_is_one_click_away(client):
    person = make_user()
    client.post(CODE, {"email": person.email})
    code = Mail.objects.get().subject.split(" ")[0]
    page = client.get(f"{CODE}skriv/")

    with time_machine.travel(timezone.now() + timedelta(minutes=29)):
        alive = page.context["form"]["email"].value()
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        answers = [each.post(f"{CODE}skriv/", {"code": code, "email": alive}) for each in (client, Client())]

    assert [(each.status_code, each.context["email"]) for each in answers] == [(410, person.email)] * 2
    assert client.post(CODE, {"email": answers[0].context["email"]}).url == f"{CODE}skriv/"


def test_a_code_works_half_an_hour_and_an_earlier_one_is_said_to_be_that(client):
    person = make_user()
    client.post(CODE, {"email": person.email})
    client.post(CODE, {"email": person.email})
    first, latest = [mail.subject.split(" ")[0] for mail in Mail.objects.order_by("pk")]

    earlier = client.post(f"{CODE}skriv/", {"code": first})
    with time_machine.travel(timezone.now() + timedelta(minutes=29)):
        client.post(f"{CODE}skriv/", {"code": latest})

    assert earlier.context["form"].errors["code"][0].startswith("Det är inte den senaste koden.")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert "code_sent_to" not in client.session


def test_three_wrong_codes_end_at_the_offer_of_a_new_one(client):
    person = make_user()
    client.post(CODE, {"email": person.email})

    answers = [client.post(f"{CODE}skriv/", {"code": "FEL123", "email": person.email}) for _ in range(3)]

    assert [each.status_code for each in answers] == [422, 422, 410]
    assert answers[2].context["text"] == "Tre koder var fel, så den fungerar inte längre."
    assert list(answers[2].context["messages"]) == []


def test_a_code_still_works_when_no_further_one_is_sent(client):
    person = make_user()
    for _ in range(5):
        answer = client.post(CODE, {"email": person.email}, follow=True)
    code = Mail.objects.latest("pk").subject.split(" ")[0]

    client.post(f"{CODE}skriv/", {"code": code})

    assert str(next(iter(answer.context["messages"]))).startswith("Vi har skickat 4 koder till den här adressen.")
    assert client.session["_auth_user_id"] == str(person.pk)
