"""Staff's start page: to-dos, the most urgent first, and the cluster in figures."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from creativenorth.dates import date_text
from creativenorth.drawing.charts import Share, bars
from creativenorth.mail.models import Mail
from creativenorth.staff.todos import todos_for
from events.actions.signup import sign_up
from members.models import ProfileVersion
from tests import html_validator
from tests.events.seats import guest, make_course
from tests.factories import (
    make_activity,
    make_affiliation,
    make_cluster,
    make_company,
    make_enquiry,
    make_programme,
    make_user,
)
from tests.roles import signed_in

pytestmark = pytest.mark.django_db


def todos(user):
    return [(line.urgency.name, line.figure, line.text) for line in todos_for(user)]


def make_mail(cause, state="failed", age=timedelta(hours=1), **fields):
    values = {"to": "a@demo.example", "subject": "Hej", "text": "Hej", "error": "550 okänd", "state": state}
    mail = Mail.objects.create(cause=cause, **(values | fields))
    Mail.objects.filter(pk=mail.pk).update(created_at=timezone.now() - age)
    return mail


def make_waiting_draft(company):
    person = make_user()
    return ProfileVersion.objects.create(
        company=company, town="Piteå", submitted_at=timezone.now(), submitted_by=person
    )


def test_nothing_waits_in_an_empty_portal(staff, staff_client):
    page = staff_client.get("/admin/")

    assert todos(staff) == []
    assert "Inget väntar" in page.content.decode()


def test_what_waits_stands_in_order_of_urgency(staff):
    make_company("Tysta AB")
    make_activity("Snart", starts_in=timedelta(days=2))
    make_activity("Glömd", starts_in=timedelta(days=3), published=False)
    make_enquiry()
    make_waiting_draft(make_company("Nya texter AB", member=False))

    assert todos(staff)[:2] == [("NOW", "1", "ändrad profil att granska"), ("NOW", "1", "förfrågan utan svar")]
    assert [(urgency, text) for urgency, _, text in todos(staff)[2:]] == [
        ("NOW", "Glömd"),
        ("SOON", "Snart"),
        ("LATER", "företag har varit tyst i ett halvår"),
    ]


def test_every_line_leads_to_where_it_is_done(staff, staff_client):
    make_company("Tysta AB")
    make_activity("Snart", starts_in=timedelta(days=2))
    make_enquiry()
    make_waiting_draft(make_company("Nya texter AB", member=False))
    make_mail("ett")

    assert {staff_client.get(line.url).status_code for line in todos_for(staff)} == {200}


def test_one_sees_only_what_one_may_see_to(host):
    make_enquiry()
    make_mail("ett")
    make_activity("Snart", starts_in=timedelta(days=2))

    assert [text for _, _, text in todos(host)] == ["Snart"]


def test_a_company_is_silent_until_one_of_its_people_signs_in(staff):
    company = make_company("Tysta AB")
    person = make_user(last_login=timezone.now() - timedelta(days=200))
    make_affiliation(person, company)
    before = todos(staff)

    person.last_login = timezone.now()
    person.save()

    assert (len(before), todos(staff)) == (1, [])


def test_a_new_member_is_not_called_silent(staff):
    make_company("Nykomling", member=False).memberships.create(joined_on=timezone.localdate())

    assert todos(staff) == []


@pytest.mark.parametrize("state", ["retry", "queued"])
def test_a_red_line_stands_there_while_mail_waits_and_none_goes_out(staff, state):
    make_mail("fast", state, attempts=2, error="Servern svarade inte.")

    line = todos_for(staff)[0]

    assert (line.urgency.name, line.text) == ("BROKEN", "Mejlen går inte ut.")
    assert line.detail == "Inget har gått ut än. Servern svarade inte. Köarbetaren är inte igång."


def test_no_red_line_where_others_get_their_mail(staff):
    make_mail("fast", "retry", attempts=2)
    make_mail("gick", "sent", age=timedelta(minutes=1), sent_at=timezone.now())

    assert todos(staff) == []


def test_a_red_line_stands_there_when_one_after_the_other_fails(staff):
    make_mail("gick", "sent", age=timedelta(days=1), sent_at=timezone.now() - timedelta(days=1))
    for number in range(3):
        make_mail(str(number))

    assert todos(staff) == [("BROKEN", "", "Mejlen går inte ut."), ("NOW", "3", "mejl kom inte fram")]


@pytest.mark.parametrize("many", [1, 12])
def test_the_start_page_asks_the_same_number_of_questions(staff, many):
    make_cluster()
    for number in range(many):
        make_activity(starts_in=timedelta(days=2), capacity=20)
        make_enquiry()
        make_waiting_draft(make_company(f"Bolag {number}"))
        make_mail(str(number))
    client = signed_in(staff)

    with CaptureQueriesContext(connection) as asked:
        page = client.get("/admin/")

    assert (page.status_code, len(asked)) == (200, 24)


def test_the_start_page_is_valid_html(staff_client):
    make_cluster()
    make_company("Tysta AB")
    make_activity(starts_in=timedelta(days=2))
    make_mail("fast", "retry", attempts=2)

    assert html_validator.errors(staff_client.get("/admin/").content.decode()) == []


def test_months_count_each_activity_once_and_tell_what_is_ahead(staff_client):
    make_activity(sessions=40, starts_in=timedelta(0))
    make_activity("Inställd", starts_in=timedelta(0), cancelled_at=timezone.now(), cancel_reason_sv="Sjuk")

    page = staff_client.get("/admin/")

    columns = page.context["months"].bars
    assert [(bar.value, bar.is_ahead) for bar in columns] == [(0, False)] * 9 + [(1, False)] + [(0, True)] * 2
    assert "Varje aktivitet räknas en gång, i den månad då den börjar." in page.content.decode()


def test_bars_share_the_height_after_their_values():
    high, low = bars([("a", "a", 4, False), ("b", "b", 1, True)]).bars

    assert (high.height, low.height) == (94, 23.5)
    assert high.y + high.height == low.y + low.height


def test_a_share_of_nothing_is_nothing():
    assert (Share(0, 0).filled, Share(9, 12).filled, Share(9, 12).rest) == (0, 270, 3)


def reader_of(*names):
    reader = make_user(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename__in=names))
    return signed_in(reader)


def found(client, question, **headers):
    groups = client.get("/admin/search/", {"q": question}, headers=headers).context["groups"]
    return {group["title"]: [hit["title"] for hit in group["hits"]] for group in groups}


def test_the_finder_finds_everything_by_its_name(staff_client):
    make_company("Norrsken Ljud")
    make_user(name="Nora Norrsken")
    make_activity("Norrsken i bild", published=False)
    make_programme("Norrsken för chefer")
    make_enquiry(company_name="Norrsken & Co")

    assert found(staff_client, "norrsken") == {
        "Företag": ["Norrsken Ljud"],
        "Personer": ["Nora Norrsken"],
        "Aktiviteter": ["Norrsken i bild"],
        "Program": ["Norrsken för chefer"],
        "Förfrågningar": ["Norrsken & Co"],
    }


def test_the_finder_finds_pages_and_reads_a_for_a_with_a_ring(staff_client):
    make_company("Åkesson Överljud")

    assert found(staff_client, "overljud akesson") == {"Företag": ["Åkesson Överljud"]}
    assert found(staff_client, "medlemskap") == {"Sidor": ["Medlemskap", "Ny: medlemskap"]}


def test_the_finder_tells_the_activities_of_a_series_apart(staff_client):
    for days in (10, 17):
        make_activity("Fika", starts_in=timedelta(days=days), place="")

    [group] = staff_client.get("/admin/search/", {"q": "fika"}).context["groups"]

    days = {date_text(timezone.localdate() + timedelta(days=number)) for number in (10, 17)}
    assert {hit["detail"] for hit in group["hits"]} == {f"{day} · Piteå" for day in days}


def test_the_finder_finds_the_guest_who_phones(staff_client):
    sign_up(make_course(2), attendees=[guest("Gun Norrsken")], mode="on_site", idempotency_key=uuid4())

    assert list(found(staff_client, "norrsken")) == ["Gäster"]


def test_a_host_is_led_to_where_one_ticks_off(host):
    course = make_course(2, starts_in=timedelta(days=2))
    course.hosts.add(host)

    assert [line.url for line in todos_for(host)] == [f"/admin/events/registration/of/{course.pk}/attendance/"]


def test_a_nul_in_what_a_list_is_asked_is_left_out(staff_client):
    assert staff_client.get("/admin/members/enquiry/?stage__exact=%00").status_code == 200


def test_words_say_how_many_companies_have_them(staff_client):
    assert "members.Company.None" not in staff_client.get("/admin/members/sector/").content.decode()


def test_the_finder_shows_only_what_one_may_open():
    make_company("Norrsken Ljud")
    make_user(name="Nora Norrsken")

    assert found(reader_of("view_company"), "norrsken") == {"Företag": ["Norrsken Ljud"]}


def test_the_finder_without_words_shows_the_form(staff_client):
    page = staff_client.get("/admin/search/", {"q": " \x00 "})

    assert (page.status_code, page.context["groups"]) == (200, [])


def test_the_fragment_is_the_same_part_of_the_whole_page(staff_client):
    make_company("Norrsken Ljud")

    whole = staff_client.get("/admin/search/?q=norrsken").content.decode()
    part = staff_client.get("/admin/search/?q=norrsken", headers={"HX-Request": "true"}).content.decode()

    assert part.strip() in whole
    assert html_validator.errors(whole) == []


def test_the_finder_asks_the_same_number_of_questions_for_many_hits(staff_client, django_assert_num_queries):
    for number in range(9):
        make_company(f"Norrsken {number}")
        make_affiliation(make_user(name=f"Norrsken {number}"), make_company())

    with django_assert_num_queries(11):
        staff_client.get("/admin/search/?q=norrsken")
