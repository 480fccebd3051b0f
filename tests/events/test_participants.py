"""Staff's list of participants: seen, corrected, moved, reordered, added to, exported, printed, written to."""

import re
from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone
from python_calamine import CalamineWorkbook

from creativenorth.mail.models import Mail
from events.models import Registration, Requirements
from members.actions.letters import deliver_due_letters, send_letter
from members.models import Letter
from tests.events.seats import join, join_together, make_course, states
from tests.factories import make_company, make_registration, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/events/registration/"


def of(activity):
    return f"{LIST}?activity__id__exact={activity.pk}"


def page_of(registration, name):
    return f"{LIST}{registration.pk}/{name}/"


def choose(client, action, rows, **data):
    chosen = [row.pk for row in rows]
    return client.post(LIST, {"action": action, "_selected_action": chosen} | data)


def sheet(response):
    return CalamineWorkbook.from_filelike(BytesIO(response.getvalue())).get_sheet_by_index(0).to_python()


@pytest.mark.parametrize(
    ("fields", "size", "text"),
    [
        ({}, 1, "Ingen plats är ledig; nästa går till Gun Gäst."),
        ({"needs_approval": True}, 1, "Det finns lediga platser, och Gun Gäst väntar på att ni godkänner."),
        ({"cutoff_hours": 24 * 30}, 1, "Inga fler erbjudanden går ut"),
        ({"capacity": 2}, 2, "1 lediga, men Gun Gäst, först i kön, väntar på 2 platser tillsammans."),
    ],
)
def test_the_list_says_in_a_sentence_why_the_next_offer_is_not_going_out(staff_client, fields, size, text):
    course = make_course(**{"seats": fields.pop("capacity", 1)} | fields)
    make_registration(course)
    rows = join_together(course, size)
    Registration.objects.filter(pk__in=[row.pk for row in rows]).update(state="waiting")

    page = staff_client.get(of(course))

    if fields.get("needs_approval"):
        Registration.objects.filter(state="confirmed").delete()
        page = staff_client.get(of(course))
    assert text in page.context["offers"][0]["text"]


@pytest.mark.parametrize("number", [10, 1000])
def test_the_list_asks_as_much_of_the_database_for_few_as_for_many(staff_client, number, django_assert_num_queries):
    course = make_course(5)
    company = make_company()
    Registration.objects.bulk_create(
        Registration(
            activity=course, guest_name=f"Gäst {index}", state="confirmed" if index < 5 else "waiting", company=company
        )
        for index in range(number)
    )
    staff_client.get(of(course))

    with django_assert_num_queries(11):
        staff_client.get(of(course))


def test_staff_correct_what_a_guest_wrote_and_the_history_knows(staff_client):
    row = join_together(make_course(2), 1)[0]
    company = make_company("Rätt AB")

    staff_client.post(
        f"{LIST}{row.pk}/change/",
        {"guest_name": "Gunilla", "email": row.email, "company": company.pk, "shown_to": "nobody", "language": "sv"},
    )

    row.refresh_from_db()
    assert (row.guest_name, row.company) == ("Gunilla", company)
    assert "Rätt AB" in staff_client.get(f"{LIST}{row.pk}/history/").content.decode()


def test_staff_move_reorder_turn_down_and_take_off_with_a_reason(staff_client):
    course, other = make_course(1), make_course(3)
    first, second, third, fourth = (join(course) for _ in range(4))

    staff_client.post(page_of(fourth, "queue"), {"queue_position": 1, "reason": "Föreläser"})
    staff_client.post(page_of(second, "refusal"), {"reason": "Fel dag"})
    staff_client.post(page_of(third, "move"), {"activity": other.pk, "mode": "on_site"})
    staff_client.post(page_of(first, "cancellation"), {"reason": ""})

    assert (states(course), states(other)) == (["cancelled", "declined", "offered"], ["confirmed"])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("queue", {"queue_position": 1}),
        ("refusal", {}),
        ("move", {"activity": "9999"}),
        ("queue", {"queue_position": 0}),
    ],
)
def test_an_action_without_what_it_needs_comes_back_with_the_reason(staff_client, name, data):
    course = make_course(1)
    join(course)
    waiting = join(course)

    assert staff_client.post(page_of(waiting, name), data).status_code == 422
    assert states(course) == ["confirmed", "waiting"]


def test_somebody_at_the_door_is_added_once_and_only_if_there_is_a_seat(staff_client):
    course, form = (
        make_course(1),
        {"idempotency_key": uuid4(), "name": "Dörr", "email": "", "company": "", "mode": "on_site"},
    )
    url = f"{LIST}of/{course.pk}/walk-in/"

    for idempotency_key in (form["idempotency_key"], form["idempotency_key"], uuid4()):
        assert staff_client.post(url, form | {"idempotency_key": idempotency_key}).status_code == 302

    assert states(course) == ["confirmed", "waiting"]


def test_a_name_added_or_corrected_by_staff_is_a_name(staff_client):
    course, wrong = make_course(2), "Gratis spel på casino1.example"
    row = make_registration(course)
    form = {"idempotency_key": uuid4(), "name": wrong, "email": "", "company": "", "mode": "on_site"}
    fields = {"guest_name": wrong, "email": row.email, "shown_to": "nobody", "language": "sv"}

    added = staff_client.post(f"{LIST}of/{course.pk}/walk-in/", form)
    corrected = staff_client.post(f"{LIST}{row.pk}/change/", fields)

    assert list(added.context["form"].errors) == ["name"]
    assert list(corrected.context["adminform"].form.errors) == ["guest_name"]


def test_the_export_has_real_times_and_no_formula(staff_client):
    course = make_course(2, asks_diet=True)
    row = make_registration(course, guest_name='=HYPERLINK("http://x")', company=make_company("+46 AB"))
    Requirements.objects.create(registration=row, diet=["vegan"])

    table = sheet(choose(staff_client, "export_xlsx", [row]))
    text = choose(staff_client, "export_csv", [row]).getvalue().decode("utf-8-sig")

    found = dict(zip(*table, strict=True))
    assert (found["Namn"], found["Företag"], found["Mat"]) == ('=HYPERLINK("http://x")', "+46 AB", "veganskt")
    assert found["Anmäld den"].date() == timezone.localdate(row.created_at)
    assert "'=HYPERLINK" in text
    assert ";'+46 AB;" in text


def test_food_and_access_are_exported_only_for_those_who_may_see_them(groups):
    reader = make_user(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=["view_registration", "add_export"]))
    row = make_registration(make_course(2))
    Requirements.objects.create(registration=row, diet=["vegan"])

    table = sheet(choose(signed_in(reader), "export_xlsx", [row]))

    assert "Mat" not in table[0]
    assert not [cell for cell in table[1] if cell == "veganskt"]


def test_the_printed_list_has_who_comes_a_column_to_sign_and_the_emblem(staff_client):
    course = make_course(2)
    names = [join(course, make_user(name=name)).name for name in ("Örjan", "Åsa")]
    join(course, make_user(name="Väntar"))

    page = staff_client.get(f"{LIST}of/{course.pk}/print/").content.decode()

    assert page.index(names[1]) < page.index(names[0])
    assert ["Underskrift" in page, "eu-emblem" in page, "Väntar" in page] == [True, True, False]


def test_a_letter_to_the_ticked_reaches_each_once_and_leads_to_their_seat(client, staff_client, staff):
    course, coming = make_course(1), make_course(1, starts_in=timedelta(days=40))
    rows = [join(course), *join_together(course, 2)]
    address = choose(staff_client, "write_to_chosen", rows).url
    page = staff_client.get(address)
    words = {"subject_sv": "Mer i vår", "text_sv": "## Titta!", "subject_en": "", "text_en": ""}
    staff_client.post(address, page.context["adminform"].form.initial | words)

    send_letter(by=staff, letter=Letter.objects.get())
    deliver_due_letters()

    told = Mail.objects.filter(subject="Mer i vår").order_by("pk")
    assert [mail.to for mail in told] == [row.address for row in rows[:2]]
    seat = re.search(r"http://[^/]+(/plats/[^\s)]+)", told[0].text)[1]
    idempotency_key = client.get(seat).context["idempotency_key"]
    client.post(f"{seat}anmalan/{coming.slug}/", {"idempotency_key": idempotency_key})
    assert Registration.objects.get(activity=coming).user_id == rows[0].user_id


def test_approving_the_chosen_gives_seats_while_there_are_any(staff_client):
    course = make_course(1, needs_approval=True)
    rows = [join(course) for _ in range(2)]

    choose(staff_client, "approve_chosen", rows)

    assert states(course) == ["confirmed", "waiting"]


@pytest.mark.parametrize("page", ["move", "queue", "refusal", "cancellation"])
def test_actions_are_for_those_who_keep_the_list(host_client, page):
    row = join(make_course(1))

    assert host_client.post(page_of(row, page), {"reason": "x"}).status_code == 403
    assert host_client.get(f"{LIST}of/{row.activity_id}/print/").status_code == 403
