"""Mail that people switch off: on their page, or by one click in the mail (RFC 8058)."""

import re
from email import message_from_bytes

import pytest
from django.test import Client

from creativenorth.mail import delivery
from creativenorth.mail.models import Mail
from members.actions.invitations import accept_invitation
from members.hooks.notification_kinds import COLLEAGUE
from members.hooks.notifications import kinds_for, notify, unsubscribe_url
from members.models import NotificationChoice
from tests.factories import make_invitation, make_user
from tests.roles import signed_in

PAGE = "/min-sida/mejl/"
pytestmark = pytest.mark.django_db


def tell(user, cause="x"):
    context = {"name": "Ny", "company": "Oh hej AB", "link": "http://localhost/"}
    return notify(user, COLLEAGUE, event="colleague_joined", context=context, cause=cause)


def path_of(user, key=COLLEAGUE):
    return re.sub(r"^http://[^/]+", "", unsubscribe_url(user, key))


def test_inviter_hears_of_a_colleague_who_accepts(owner, company):
    accept_invitation(invitation=make_invitation(company, invited_by=owner), name="Ny Person")

    mail = Mail.objects.get()
    assert (mail.to, mail.subject) == (owner.email, "Ny Person är med i Oh hej AB")


def test_page_switches_kinds_off_and_on(owner):
    client = signed_in(owner)

    client.post(PAGE, {"kind": ["profile_answer"]})
    off = tell(owner)
    client.post(PAGE, {"kind": ["profile_answer", COLLEAGUE]})

    assert off is None
    assert tell(owner).to == owner.email


def test_kinds_for_staff_are_shown_to_staff_alone(owner, staff):
    keys = [[kind.key for kind, _is_on in kinds_for(user)] for user in (owner, staff)]

    assert ("profile_review" in keys[0], "profile_review" in keys[1]) == (False, True)


def test_mail_leaves_with_the_headers_of_one_click(owner, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "django.core.mail.backends.filebased.EmailBackend", str(tmp_path)
    mail = tell(owner)

    delivery.attempt(mail.pk)

    (file,) = tmp_path.iterdir()
    sent = message_from_bytes(file.read_bytes())
    assert sent["List-Unsubscribe"].replace("\n ", "") == f"<{mail.unsubscribe_url}>"
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail.unsubscribe_url in mail.text


def test_other_mail_has_no_such_header(owner, company):
    from members.actions.invitations import invite

    invite(by=owner, company=company, email="ny@bolag.example")

    assert [name for name in delivery._headers(Mail.objects.get()) if name.startswith("List-")] == []


def test_one_click_needs_neither_cookie_nor_sign_in_and_works_again(owner):
    program = Client(enforce_csrf_checks=True)

    answers = [program.post(path_of(owner), {"List-Unsubscribe": "One-Click"}) for _ in range(2)]

    assert [(answer.status_code, answer.cookies) for answer in answers] == [(200, {})] * 2
    assert list(NotificationChoice.objects.values_list("user", "kind")) == [(owner.pk, COLLEAGUE)]
    assert tell(owner) is None


def test_looking_at_the_link_changes_nothing(client, owner):
    page = client.get(path_of(owner))

    assert (page.status_code, NotificationChoice.objects.count()) == (200, 0)
    assert [text in page.content.decode() for text in ("En kollega har kommit med", owner.email)] == [True, False]


def test_link_is_good_for_that_person_and_kind_alone(client, owner):
    path = path_of(owner)

    for broken in (path[:-5] + "AAAA/", path.replace("gAAAA", "gAAAB"), "/inga-fler-mejl/x/"):
        assert client.post(broken).status_code == 404
    assert str(owner.pk) not in path.split("/")
    assert not NotificationChoice.objects.exists()


def test_link_of_a_closed_account_is_gone(client):
    person = make_user(is_active=False)

    assert client.post(path_of(person)).status_code == 404


def test_nobody_is_mailed_whose_account_is_closed(owner):
    owner.is_active = False

    assert tell(owner) is None


def test_unknown_kind_is_a_mistake_of_ours(owner):
    with pytest.raises(LookupError):
        notify(owner, "okänd", event="x", context={}, cause="x")
