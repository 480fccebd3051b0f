"""Letters to many: to whom, in which language, when, once; and what became of each."""

import re
import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from creativenorth.mail.models import Mail
from members.actions import letters
from members.hooks.notification_kinds import LETTER
from members.hooks.notifications import switch_notification
from members.models import Letter, User
from tests import html_validator
from tests.factories import make_affiliation, make_company, make_sector, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
TEXTS = {"subject_sv": "Hej {company}", "text_sv": "Hej {name}!\n/{sender}", "recipients": "everybody"}


@pytest.fixture
def coordinator(groups):
    return make_user("sam@kluster.example", name="Sam Ordnare", is_staff=True, groups=["coordinator"])


@pytest.fixture
def reader(groups):
    return make_user("lasare@kluster.example", is_staff=True, groups=["reader"])


def make_letter(coordinator, **fields):
    return Letter.objects.create(**(TEXTS | {"written_by": coordinator} | fields))


def make_people():
    """An owner who reads English, a creator, one who has left, one of a company outside, one whose account rests."""
    inside, outside = make_company("Inne AB"), make_company("Ute AB", member=False)
    owner = make_user("agare@inne.example", name="Åke Ägare", language="en")
    make_affiliation(owner, inside, "owner", target_group="manager")
    make_affiliation(make_user("kreatör@inne.example".replace("ö", "o"), name="Kim Kreatör"), inside)
    past = make_affiliation(make_user("forr@inne.example"), inside)
    past.ended_on = timezone.localdate()
    past.save()
    make_affiliation(make_user("ute@ute.example"), outside, "owner")
    make_affiliation(make_user("vilar@inne.example", is_active=False), inside)


def told():
    return sorted(Mail.objects.values_list("to", "subject"))


@pytest.mark.parametrize(
    ("recipients", "addresses"),
    [
        ("everybody", ["agare@inne.example", "kreator@inne.example"]),
        ("owners", ["agare@inne.example"]),
        ("creators", ["kreator@inne.example"]),
        ("project_leaders", []),
    ],
)
def test_a_letter_goes_to_those_who_are_in_today(coordinator, recipients, addresses):
    make_people()

    letter = make_letter(coordinator, recipients=recipients)

    assert sorted(reader.email for reader in letter.find_recipients()) == addresses


def test_a_person_in_two_companies_gets_one_letter(coordinator):
    person = make_user()
    for name in ("Ett AB", "Två AB"):
        make_affiliation(person, make_company(name))

    assert len(make_letter(coordinator).find_recipients()) == 1


def test_a_letter_leaves_once_in_the_language_of_each(coordinator):
    make_people()
    letter = make_letter(coordinator, subject_en="Hello {company}", text_en="Hello {name}!")
    for _ in range(2):
        signed_in(coordinator).post(f"/admin/members/letter/{letter.pk}/sending/", {"at": ""})

    letters.deliver_due_letters()
    letters.deliver_due_letters()

    assert told() == [("agare@inne.example", "Hello Inne AB"), ("kreator@inne.example", "Hej Inne AB")]
    mail = Mail.objects.get(to="kreator@inne.example")
    assert mail.text.startswith("Hej Kim Kreatör!\n/Sam Ordnare\n\n-- \n")
    assert mail.reply_to == "sam@kluster.example"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_letter_once():
    make_people()
    make_letter(make_user(is_staff=True), send_at=timezone.now())

    def work():
        letters.deliver_due_letters()
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Mail.objects.count() == 2


def test_a_letter_for_later_waits_and_can_be_called_back(coordinator):
    make_people()
    letter = make_letter(coordinator)
    later = timezone.localtime() + timedelta(days=1)
    client = signed_in(coordinator)
    client.post(f"/admin/members/letter/{letter.pk}/sending/", {"at": later.strftime("%Y-%m-%dT%H:%M")})
    jobs = ProcrastinateJob.objects.filter(task_name="members.send_letters").count()

    letters.deliver_due_letters()
    client.post(f"/admin/members/letter/{letter.pk}/withdrawal/")

    letter.refresh_from_db()
    assert (jobs, Mail.objects.count(), letter.send_at) == (1, 0, None)


def test_what_has_left_is_neither_changed_nor_called_back_nor_sent_again(coordinator):
    letter = make_letter(coordinator, send_at=timezone.now(), sent_at=timezone.now())
    client = signed_in(coordinator)

    client.post(f"/admin/members/letter/{letter.pk}/change/", TEXTS | {"subject_sv": "Ändrad"})
    client.post(f"/admin/members/letter/{letter.pk}/withdrawal/")
    page = client.post(f"/admin/members/letter/{letter.pk}/sending/", {"at": ""}, follow=True)

    letter.refresh_from_db()
    assert (letter.subject_sv, letter.sent_at is None) == ("Hej {company}", False)
    assert "Brevet har redan gått." in page.content.decode()


def test_the_preview_is_the_mail_that_a_real_reader_gets(coordinator):
    make_people()
    letter, client = make_letter(coordinator, text_sv="**Hej** {first_name}!", text_en=""), signed_in(coordinator)

    page = client.get(f"/admin/members/letter/{letter.pk}/change/")
    arrives = client.get(page.context["preview_url"]).content.decode()
    letters.send_letter(by=coordinator, letter=letter)
    letters.deliver_due_letters()

    assert page.context["preview_subject"] == "Hej <mark>Inne AB</mark>"
    assert "<strong>Hej</strong> Åke!" in arrives
    body = re.compile(r"<h1.*?</td>", re.DOTALL)
    assert body.search(arrives)[0] == body.search(Mail.objects.get(to="agare@inne.example").html)[0]


@pytest.mark.parametrize(
    ("narrowed", "addresses"),
    [
        ("company", ["ett@a.example"]),
        ("sector", ["ett@a.example"]),
        ("municipality", ["två@b.example".replace("å", "a")]),
    ],
)
def test_a_letter_is_narrowed_to_a_company_a_sector_or_a_town(coordinator, narrowed, addresses):
    one, two = make_company("Ett AB", municipality="2581"), make_company("Två AB", municipality="2580")
    make_affiliation(make_user("ett@a.example"), one), make_affiliation(make_user("tva@b.example"), two)
    one.public_version.sectors.add(sector := make_sector())
    chosen = {"company": one, "sector": sector, "municipality": "2580"}[narrowed]

    letter = make_letter(coordinator, **{narrowed: chosen})

    assert [reader.email for reader in letter.find_recipients()] == addresses


def test_a_letter_to_nobody_is_previewed_with_an_invented_name(coordinator):
    letter = make_letter(coordinator)

    client = signed_in(coordinator)
    page = client.get(f"/admin/members/letter/{letter.pk}/change/")

    assert "Hej Kim Exempel!" in client.get(page.context["preview_url"]).content.decode()
    assert (page.context["chosen"], page.context["recipient_count"]) == (None, 0)


def test_a_test_goes_to_oneself_alone_once_for_each_click(coordinator):
    make_people()
    letter = make_letter(coordinator)

    for _ in range(2):
        signed_in(coordinator).post(
            f"/admin/members/letter/{letter.pk}/test/", {"idempotency_key": "6c8d4d1e-6f0b-4b0e-9c0f-1d6a2f8c7b11"}
        )

    assert told() == [("sam@kluster.example", "[Prov] Hej Inne AB")]


def test_a_placeholder_that_does_not_exist_is_refused(coordinator):
    page = signed_in(coordinator).post("/admin/members/letter/add/", TEXTS | {"text_sv": "Hej {nme}"})

    assert Letter.objects.count() == 0
    assert "Platshållaren {nme} finns inte." in page.content.decode()


def test_deliveries_tell_why_and_let_one_be_sent_again(coordinator):
    make_people()
    letter = make_letter(coordinator, send_at=timezone.now())
    letters.deliver_due_letters()
    failed = Mail.objects.get(to="agare@inne.example")
    Mail.objects.filter(pk=failed.pk).update(state="failed", error="550 okänd", attempts=1)
    client = signed_in(coordinator)

    page = client.get(f"/admin/members/letter/{letter.pk}/deliveries/")
    client.post(f"/admin/creativenorth/mail/{failed.pk}/again/")

    failed.refresh_from_db()
    assert page.context["deliveries"] == [("i kö", 1), ("misslyckat", 1)]
    assert "550 okänd" in page.content.decode()
    assert failed.state == "queued"


def test_a_reader_reads_and_sends_nothing(coordinator, reader):
    make_people()
    letter = make_letter(coordinator)
    client = signed_in(reader)

    page = client.get(f"/admin/members/letter/{letter.pk}/change/")
    answers = [
        client.post(f"/admin/members/letter/{letter.pk}/{name}/").status_code
        for name in ("test", "sending", "withdrawal")
    ]

    assert (page.status_code, answers, Mail.objects.count()) == (200, [403] * 3, 0)
    assert "Du får läsa brev, inte skicka dem." in page.content.decode()
    with pytest.raises(PermissionDenied):
        letters.send_letter(by=reader, letter=letter)


@pytest.mark.parametrize("state", ["draft", "waiting", "left"])
def test_the_pages_of_a_letter_are_valid_html(coordinator, state):
    make_people()
    times = {
        "draft": {},
        "waiting": {"send_at": timezone.now() + timedelta(days=1)},
        "left": {"send_at": timezone.now()},
    }
    letter = make_letter(coordinator, **times[state])
    letters.deliver_due_letters()
    client = signed_in(coordinator)

    for page in ("change", "deliveries"):
        html = client.get(f"/admin/members/letter/{letter.pk}/{page}/").content.decode()
        assert (page, html_validator.errors(html)) == (page, [])


def test_letter_goes_to_those_who_want_letters_with_a_way_out(coordinator):
    make_people()
    switch_notification(User.objects.get(email="kreator@inne.example"), LETTER, on=False)
    letter = make_letter(coordinator)

    letters.send_letter(by=coordinator, letter=letter)
    letters.deliver_due_letters()

    mail = Mail.objects.get(cause__startswith=letter.cause_prefix)
    assert (mail.to, len(letter.find_recipients())) == ("agare@inne.example", 1)
    assert mail.unsubscribe_url.startswith("http://localhost:8000/en/no-more-mail/")
    assert mail.unsubscribe_url in mail.text
