"""An enquiry on its way in: stages, notes, reminders, answers by mail, and the company it becomes."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from creativenorth.history.entries import entries
from creativenorth.mail.models import Mail, MailTemplate
from creativenorth.staff.todos import todos_for
from members.actions import pipeline
from members.admin.enquiries import pipeline as stages
from members.models import Enquiry, EnquiryNote, EnquiryStep
from tests import html_validator
from tests.factories import make_enquiry, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/members/enquiry/"


def address(enquiry, page="change"):
    return f"{LIST}{enquiry.pk}/{page}/"


@pytest.fixture
def reader(groups):
    return make_user("lasare@kluster.example", is_staff=True, groups=["reader"])


@pytest.fixture
def coordinator(groups):
    return make_user("sam@kluster.example", name="Sam Ordnare", is_staff=True, groups=["coordinator"])


def test_a_stage_is_moved_to_and_remembered(coordinator):
    enquiry = make_enquiry()

    signed_in(coordinator).post(address(enquiry, "stage"), {"to": "visited"})

    enquiry.refresh_from_db()
    assert enquiry.stage == "visited"
    assert [(step.stage, step.by) for step in enquiry.steps.all()] == [("new", coordinator)]


def test_moving_twice_to_the_same_stage_is_one_step(coordinator):
    enquiry = make_enquiry()
    for _ in range(2):
        pipeline.move_enquiry(by=coordinator, enquiry=enquiry, to="contacted")

    assert EnquiryStep.objects.count() == 1


def test_link_to_an_enquiry_that_is_gone_leads_to_the_start_page(coordinator):
    enquiry = make_enquiry()
    page = address(enquiry)
    enquiry.delete()

    response = signed_in(coordinator).get(page)

    assert (response.status_code, response.url) == (302, "/admin/")


def test_no_other_address_lets_staff_write_in_an_enquiry(coordinator):
    enquiry = make_enquiry()
    quoted = "".join(f"_{ord(digit):02X}" for digit in str(enquiry.pk))  # as the admin writes keys in addresses

    response = signed_in(coordinator).post(f"{LIST}{quoted}/change/", {"message": "Något annat"})

    assert (response.status_code, Enquiry.objects.get().message) == (403, enquiry.message)


@pytest.mark.parametrize("to", ["joined", "nonsense", ""])
def test_no_stage_is_made_up_and_joined_has_its_own_way(coordinator, to):
    enquiry = make_enquiry()

    response = signed_in(coordinator).post(address(enquiry, "stage"), {"to": to})

    enquiry.refresh_from_db()
    assert (response.status_code, enquiry.stage) == (400, "new")


def test_a_step_stands_in_the_history_with_who_and_what(coordinator):
    enquiry = make_enquiry()

    signed_in(coordinator).post(address(enquiry, "stage"), {"to": "visited"})

    entry = entries(enquiry)[0]
    changes = {change.label: (change.before, change.after) for change in entry.changes}
    assert (entry.who, changes["Steg"]) == ("Sam Ordnare", ("ny", "besökt"))


def test_the_median_counts_the_days_at_each_stage(coordinator):
    now = timezone.now()
    for days in (1, 2, 9):
        EnquiryStep.objects.create(
            enquiry=make_enquiry(), stage="new", reached_at=now - timedelta(days=days), left_at=now
        )

    found = {line["stage"]: (line["count"], line["days"]) for line in stages()}

    assert (found["new"], found["contacted"], found["spam"]) == ((3, 2.0), (0, None), (0, None))


def test_a_note_is_kept_once_under_a_double_click(coordinator):
    enquiry = make_enquiry()
    form = {"text": "Ring efter lunch.", "idempotency_key": str(uuid.uuid4())}

    answers = [signed_in(coordinator).post(address(enquiry, "notes"), form).status_code for _ in range(2)]

    assert answers == [302, 302]
    assert [(note.text, note.by) for note in EnquiryNote.objects.all()] == [("Ring efter lunch.", coordinator)]


def test_an_empty_note_comes_back_with_the_reason_beside_it(coordinator):
    page = signed_in(coordinator).post(
        address(make_enquiry(), "notes"), {"text": " ", "idempotency_key": str(uuid.uuid4())}
    )

    assert page.status_code == 422
    assert "Skriv något först." in page.content.decode()
    assert html_validator.errors(page.content.decode()) == []


def test_a_reminder_stands_on_the_start_page_from_its_day(coordinator):
    due, later = make_enquiry(company_name="Nu AB"), make_enquiry(company_name="Sen AB")
    today = timezone.localdate()
    for enquiry, day in ((due, today), (later, today + timedelta(days=1))):
        Enquiry.objects.filter(pk=enquiry.pk).update(stage="visited")
        signed_in(coordinator).post(address(enquiry, "follow-up"), {"remind_on": day.isoformat()})

    assert [line.text for line in todos_for(coordinator)] == ["Nu AB (besökt)"]


def test_a_reminder_goes_when_the_enquiry_is_over(coordinator):
    enquiry = make_enquiry(remind_on=timezone.localdate())

    pipeline.move_enquiry(by=coordinator, enquiry=enquiry, to="declined")

    enquiry.refresh_from_db()
    assert enquiry.remind_on is None


def make_template(**fields):
    values = {"subject_sv": "Hej {company}", "text_sv": "Hej {name}!\n\n{sender}", "name": "Tack", "purpose": "enquiry"}
    return MailTemplate.objects.create(**(values | fields))


def test_an_answer_begins_with_a_template_in_the_writers_language(coordinator):
    template = make_template(subject_en="Hello {company}", text_en="Dear {name}")
    enquiry = make_enquiry(language="en")

    page = signed_in(coordinator).get(address(enquiry, "answer"), {"template": template.pk})

    assert page.context["form"].initial["subject"] == "Hello {company}"
    assert page.context["preview_text"] == "Dear <mark>Nora Ny</mark>"
    assert html_validator.errors(page.content.decode()) == []


def test_an_answer_is_mailed_once_noted_and_moves_the_enquiry_on(coordinator):
    enquiry = make_enquiry()
    form = {"subject": "Hej {company}", "text": "Hej {name}!\n/{sender}", "idempotency_key": str(uuid.uuid4())}

    for _ in range(2):
        signed_in(coordinator).post(address(enquiry, "answer"), form)

    enquiry.refresh_from_db()
    mail = Mail.objects.get()
    assert (mail.to, mail.subject, mail.reply_to) == ("nora@ny.example", "Hej Ny & Co", "sam@kluster.example")
    assert mail.text.startswith("Hej Nora Ny!\n/Sam Ordnare\n\n-- \nCreative North")
    assert (enquiry.stage, enquiry.notes.count(), enquiry.steps.count()) == ("contacted", 1, 1)


def test_the_preview_marks_and_escapes_and_sends_nothing(coordinator):
    enquiry = make_enquiry(name="<b>Nora</b> https://ond.example")
    form = {"subject": "Hej", "text": "Hej {name} & co", "idempotency_key": str(uuid.uuid4()), "preview": "1"}

    page = signed_in(coordinator).post(address(enquiry, "answer"), form)

    assert page.context["preview_text"] == "Hej <mark>&lt;b&gt;Nora&lt;/b&gt; ond.example</mark> &amp; co"
    assert (page.status_code, Mail.objects.count()) == (200, 0)


def test_a_placeholder_that_does_not_exist_is_refused(coordinator):
    form = {"subject": "Hej", "text": "Hej {nme}", "idempotency_key": str(uuid.uuid4())}

    page = signed_in(coordinator).post(address(make_enquiry(), "answer"), form)

    assert (page.status_code, Mail.objects.count()) == (422, 0)
    assert page.context["form"].errors["text"] == [
        "Platshållaren {nme} finns inte. De här finns: {name}, {company}, {sender}."
    ]


def test_spam_is_marked_and_removed_in_bulk(coordinator):
    spam, kept = [make_enquiry() for _ in range(3)], make_enquiry()
    client = signed_in(coordinator)
    chosen = {"_selected_action": [enquiry.pk for enquiry in spam]}

    client.post(LIST, chosen | {"action": "mark_as_spam"})
    client.post(LIST, {"action": "delete_spam", "_selected_action": [it.pk for it in Enquiry.objects.all()]})

    assert list(Enquiry.objects.all()) == [kept]


def test_a_reader_sees_everything_and_changes_nothing(reader):
    enquiry = make_enquiry()
    client = signed_in(reader)
    page = client.get(address(enquiry))

    answers = [
        client.post(address(enquiry, name)).status_code for name in ("stage", "notes", "follow-up", "answer", "company")
    ]

    assert (page.status_code, answers) == (200, [403] * 5)
    assert "Du får läsa förfrågningar, inte svara på dem." in page.content.decode()
    with pytest.raises(PermissionDenied):
        pipeline.move_enquiry(by=reader, enquiry=enquiry, to="visited")


@pytest.mark.parametrize("stage", ["new", "visited", "spam"])
def test_the_pages_of_an_enquiry_are_valid_html(coordinator, stage):
    enquiry = make_enquiry(stage=stage, phone="070", address="/om/", message="Rad ett\nRad <två>")
    pipeline.note_enquiry(by=coordinator, enquiry=enquiry, text="Hej", idempotency_key=uuid.uuid4())
    client = signed_in(coordinator)

    for path in (address(enquiry), address(enquiry, "answer"), address(enquiry, "company"), LIST):
        assert (path, html_validator.errors(client.get(path).content.decode())) == (path, [])
