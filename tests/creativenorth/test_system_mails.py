"""Staff's wording of the portal's mails: checked, filled in, set back; unedited ones follow the code."""

from itertools import product
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import translation

from creativenorth import mail
from creativenorth.mail import templates
from creativenorth.mail.models import Mail, SystemMail
from creativenorth.mail.table import TABLE, row_for
from events.models import Cause
from tests import html_validator

pytestmark = pytest.mark.django_db
CONTEXT = {"inviter": "Åsa", "company": "Oh hej AB", "link": "https://portal.example/x/", "until": "fre 27 november"}
# Frames, pieces, and what is a text of its own each time.
NOT_WORDED = {"account_change", "test"}


def write(**context):
    return mail.queue(
        to="a@b.example",
        event="invitation",
        context=CONTEXT | context,
        language="sv",
        cause=f"x{Mail.objects.count()}",
    )


@pytest.fixture
def row():
    return SystemMail.objects.get_or_create(key="invitation")[0]


def post(client, row, **data):
    known = templates.mail_type("invitation")
    texts = {
        f"{name}_{code}": text
        for code in ("sv", "en")
        for name, text in zip(("subject", "text"), known.built_in(code), strict=True)
    }
    return client.post(reverse("admin:creativenorth_systemmail_change", args=[row.pk]), texts | data)


def test_every_mail_of_the_portal_can_be_worded():
    files = {path.stem for path in Path(settings.BASE_DIR, "templates/mail").glob("[!_]*.txt")}

    assert files - NOT_WORDED == {row.template for row in TABLE if row.template}
    assert {row.key for row in TABLE if row.key} == {each.key for each in templates.mail_types}


def test_of_each_event_one_row_holds_whatever_the_facts():
    """The table has no order: no two rows hold of one event with the same facts."""
    for event in {row.event for row in TABLE}:
        rows, values = [row for row in TABLE if row.event == event], {}
        for name, wanted in [pair for row in rows for pair in row.facts.items()]:
            values.setdefault(name, set()).update(wanted if isinstance(wanted, tuple) else [wanted])
        for chosen in product(*values.values()):
            facts = dict(zip(values, chosen, strict=True))
            assert sum(row.holds(facts) for row in rows) <= 1, (event, facts)


def test_every_step_of_a_registration_has_a_row():
    ended = {"by_person", "by_link", "by_colleague", "by_staff", "activity_off", "person_left", "declined", "no_answer"}
    ended |= {"not_approved", "merged"}
    steps = [
        ("cancelled" if cause in ended else state, cause)
        for cause in Cause.values
        for state in ("confirmed", "waiting")
    ]

    assert [
        step for step in steps if row_for("registration", dict(zip(("state", "cause"), step, strict=True))) is None
    ] == []


@pytest.mark.parametrize("code", ["sv", "en"])
@pytest.mark.parametrize("key", [each.key for each in templates.mail_types])
def test_the_built_in_text_passes_its_own_check(key, code):
    known = templates.mail_type(key)

    subject, text = known.built_in(code)

    known.check(subject, text)
    assert (bool(subject), bool(text)) == (True, True)


def test_own_words_are_filled_in_and_the_other_language_stays(staff_client, row):
    post(staff_client, row, subject_sv="Kom till {company}!", text_sv="{inviter} väntar: {link}")
    own, english = write(), None
    with translation.override("en"):
        english = mail.queue(to="a@b.example", event="invitation", context=CONTEXT, language="en", cause="en")

    assert (own.subject, own.text.partition("\n\n-- ")[0]) == (
        "Kom till Oh hej AB!",
        "Åsa väntar: https://portal.example/x/",
    )
    assert english.subject == "Invitation: Oh hej AB at Creative North"
    row.refresh_from_db()
    assert (row.subject_en, row.text_en) == ("", "")


def test_what_somebody_typed_carries_no_link(staff_client, row):
    post(staff_client, row, text_sv="{inviter}: {link}")

    written = write(inviter="Gå till https://ond.example/\n{link}")

    assert written.text.partition("\n\n-- ")[0] == "Gå till ond.example/ {link}: https://portal.example/x/"


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("Hej {namn}: {link}", "Platshållaren {namn} finns inte. De här finns: {inviter}, {company}, {link}, {until}."),
        ("Hej utan länk.", "Utan {link} är mejlet inte till någon nytta: sätt tillbaka den."),
    ],
)
def test_a_wrong_placeholder_is_told_beside_the_field_and_nothing_is_lost(staff_client, row, text, error):
    page = post(staff_client, row, text_sv=text)

    form = page.context["adminform"].form
    assert (form.errors, form["text_sv"].value()) == ({"text_sv": [error]}, text)
    row.refresh_from_db()
    assert not row.is_edited


def test_the_built_in_text_saved_unchanged_is_not_kept(staff_client, row):
    post(staff_client, row)

    row.refresh_from_db()
    assert not row.is_edited


def test_back_to_the_original_text(staff_client, row):
    post(staff_client, row, text_sv="Annat: {link}")

    staff_client.post(reverse("admin:creativenorth_systemmail_original", args=[row.pk]))

    row.refresh_from_db()
    assert (row.is_edited, write().text.partition("\n")[0]) == (False, "Hej!")


def test_a_test_mail_goes_to_oneself_once_for_a_form(staff_client, staff, row):
    form = {"idempotency_key": uuid4()}
    for _twice in range(2):
        staff_client.post(reverse("admin:creativenorth_systemmail_test", args=[row.pk]), form)

    assert list(Mail.objects.values_list("to", "subject")) == [
        (staff.email, "[Prov] Inbjudan: företaget i Creative North")
    ]


def test_the_page_and_its_reading_are_valid_html(staff_client, row):
    pages = [
        staff_client.get(reverse("admin:creativenorth_systemmail_change", args=[row.pk])),
        staff_client.post(reverse("admin:creativenorth_systemmail_reading", args=[row.pk]), {"text_sv": "<i>{link}"}),
    ]

    assert [html_validator.errors(page.content.decode()) for page in pages] == [[], []]


def test_the_footer_leads_to_the_front_page_in_the_mails_language():
    for language, page in (("sv", "/"), ("en", "/en/")):
        mail.queue_text(to="a@b.example", subject="Hej", text="Hej", language=language, cause=f"footer:{language}")

        assert f"\n{settings.SITE_URL}{page}\n" in Mail.objects.get(cause=f"footer:{language}").text


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("q=finnsinte", []),
        ("q=reservkoder", ["recovery_codes_generated"]),
        ("q=förfrågningar+ansvarig", ["enquiry_responsible"]),
        ("group=4", ["staff_invitation", "staff_role", "staff_withdrawn"]),
    ],
)
def test_the_portals_mails_are_found_and_grouped(staff_client, query, keys):
    page = staff_client.get(f"{reverse('admin:creativenorth_systemmail_changelist')}?{query}")

    assert [row.key for row in page.context["cl"].result_list] == keys


def test_the_portals_mails_stand_in_the_order_of_the_table(staff_client):
    page = staff_client.get(reverse("admin:creativenorth_systemmail_changelist"))

    assert [row.key for row in page.context["cl"].result_list] == [row.key for row in TABLE if row.key]
