"""Letters to the people of an activity: those with a seat, those who wait, all; guests too, each once."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from creativenorth.mail.models import Mail
from events.models import Attendance
from members.actions import letters
from members.models import Letter
from tests.factories import make_activity, make_registration, make_user

pytestmark = pytest.mark.django_db
TEXTS = {"subject_sv": "Hej {name}", "text_sv": "Vi ses.", "subject_en": "", "text_en": ""}


@pytest.fixture
def activity():
    """One with a seat, a guest who waits, one who has left; and somebody in another activity."""
    activity = make_activity()
    make_registration(activity, make_user("plats@bolag.example", name="Pia"))
    make_registration(activity, state="waiting", guest_name="Gun", email="gast@utanfor.example", language="en")
    make_registration(activity, make_user("borta@bolag.example"), state="cancelled")
    make_registration(make_activity("Annan"), make_user("annan@bolag.example"))
    return activity


@pytest.mark.parametrize(
    ("name", "addresses"),
    [
        ("activity_all", ["gast@utanfor.example", "plats@bolag.example"]),
        ("activity_confirmed", ["plats@bolag.example"]),
        ("activity_waiting", ["gast@utanfor.example"]),
        ("activity_present", ["dar@bolag.example"]),
        ("activity_absent", ["plats@bolag.example"]),
        ("activity_chosen", ["gast@utanfor.example"]),
    ],
)
def test_a_letter_reaches_the_list(activity, name, addresses):
    if name in ("activity_present", "activity_absent"):
        activity.sessions.update(
            starts_at=timezone.now() - timedelta(days=1), ends_at=timezone.now() - timedelta(hours=20)
        )
        there = make_registration(activity, make_user("dar@bolag.example"))
        Attendance.objects.create(registration=there, session=activity.sessions.get(), minutes=60)
    chosen = list(activity.registrations.filter(state="waiting").values_list("pk", flat=True))

    letter = Letter(recipients=name, of_object=activity.pk, chosen=chosen)

    assert sorted(recipient.email for recipient in letter.find_recipients()) == addresses


def post(client, **data):
    return client.post(reverse("admin:members_letter_add"), TEXTS | data)


def test_staff_choose_list_and_activity_and_each_gets_one(staff_client, staff, activity):
    post(staff_client, recipients="activity_all", of_object=activity.pk)
    letter = Letter.objects.get()

    letters.send_letter(by=staff, letter=letter)
    for _twice in range(2):
        letters.deliver_due_letters()

    assert (letter.recipients, letter.of_object) == ("activity_all", activity.pk)
    assert sorted(Mail.objects.values_list("to", "subject", "language")) == [
        ("gast@utanfor.example", "Hej Gun", "en"),
        ("plats@bolag.example", "Hej Pia", "sv"),
    ]


def test_a_list_needs_its_activity_and_others_keep_none(staff_client, activity):
    missing = post(staff_client, recipients="activity_waiting", of_object="")
    post(staff_client, recipients="everybody", of_object=activity.pk)

    assert missing.context["adminform"].form.errors == {
        "of_object": ["Välj aktiviteten vars folk ska få brevet."],
    }
    assert Letter.objects.get().of_object is None


def test_a_kept_letter_opens_with_its_activity_and_its_readers(staff_client, activity):
    letter = Letter.objects.create(recipients="activity_all", of_object=activity.pk, subject_sv="Hej", text_sv="Hej")

    page = staff_client.get(reverse("admin:members_letter_change", args=[letter.pk]))

    assert (page.context["recipient_count"], page.context["adminform"].form["of_object"].value()) == (2, activity.pk)


def test_a_list_that_nobody_registered_is_refused():
    with pytest.raises(ValidationError, match="activity_nobody"):
        Letter(recipients="activity_nobody", of_object=1, subject_sv="Hej", text_sv="Hej").full_clean()


def test_activities_of_a_series_are_told_apart_in_every_choice(staff_client):
    with time_machine.travel("2026-12-01 12:00:00+01:00", tick=False):
        first, second = (make_activity("Fika", starts_in=timedelta(days=days)) for days in (7, 14))
        row = make_registration(first)
        letter = staff_client.get("/admin/members/letter/add/").context["adminform"].form["of_object"]
        move = staff_client.get(f"/admin/events/registration/{row.pk}/move/").context["form"]["activity"]
        listed = staff_client.get("/admin/events/registration/").content.decode()

    labels = [[label for value, label in field.field.choices if value] for field in (letter, move)]
    assert labels == [
        ["Fika · tis 15 december", "Fika · tis 8 december"],
        ["Fika · tis 8 december", "Fika · tis 15 december"],
    ]
    assert ("Fika · tis 8 december" in listed, second.registrations.count()) == (True, 0)
