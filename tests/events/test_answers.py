"""Answers to an activity's own questions: with the participant, summed up on staff's page, a column each in the export."""

from io import BytesIO

import pytest
from django.contrib.auth.models import Permission
from python_calamine import CalamineWorkbook

from events.models import Answer, Registration
from members.actions.company_numbers import set_number
from tests import html_validator
from tests.events.seats import make_course
from tests.factories import make_activity, make_company, make_registration, make_session, make_user
from tests.roles import signed_in

pytestmark = pytest.mark.django_db
LIST = "/admin/events/registration/"


@pytest.fixture
def course():
    course = make_course(5)
    course.questions.create(text_sv="Kommer du till lunchen?", kind="yes_no", order=1)
    course.questions.create(text_sv="Vilket spår?", kind="choice", choices="Ljud\nBild", order=2)
    course.questions.create(text_sv="Något mer?", kind="text", order=3)
    return course


def answer(course, name, *answers, **fields):
    row = make_registration(course, guest_name=name, **fields)
    for question, text in zip(course.questions.all(), answers, strict=True):
        if text:
            Answer.objects.create(registration=row, question=question, text=text)
    return row


def export(client, course, form="xlsx"):
    response = client.post(f"{LIST}export/{form}/?activity__id__exact={course.pk}")
    content = b"".join(response.streaming_content)
    return content if form == "csv" else CalamineWorkbook.from_filelike(BytesIO(content))


def test_answers_are_summed_up_for_those_with_a_seat_and_those_without(staff_client, course):
    answer(course, "Åsa", "yes", "Ljud", "Vegan")
    answer(course, "Örjan", "yes", "Bild", "")
    answer(course, "Vera", "no", "", "", state="waiting")
    answer(course, "Borta", "no", "Ljud", "", state="cancelled")

    page = staff_client.get(f"{LIST}of/{course.pk}/answers/")

    found = {each.text: [(c.answer, c.seats, c.others) for c in each.counts] for each in page.context["questions"]}
    assert found == {
        "Kommer du till lunchen?": [("Ja", 2, 0), ("Nej", 0, 1), ("", 0, 0)],
        "Vilket spår?": [("Ljud", 1, 0), ("Bild", 1, 0), ("", 0, 1)],
        "Något mer?": [("har svarat", 1, 0), ("", 1, 1)],
    }
    assert page.context["totals"] == [2, 1]
    assert [row.name for row, _answers in page.context["rows"]] == ["Vera", "Åsa", "Örjan"]
    assert html_validator.errors(page.content.decode()) == []


def test_an_answer_stands_with_its_participant_and_the_list_leads_to_the_sums(staff_client, course):
    row = answer(course, "Åsa", "yes", "Ljud", "Vegan")

    of_person = staff_client.get(f"{LIST}{row.pk}/change/").content.decode()
    of_list = staff_client.get(f"{LIST}?activity__id__exact={course.pk}").content.decode()

    assert "Kommer du till lunchen?: <strong>Ja</strong>" in of_person
    assert f"/of/{course.pk}/answers/" in of_list


def test_a_yes_is_the_same_in_both_languages(client, course):
    question = course.questions.first()
    for path, label in ((f"{course.url}anmalan/", "Ja"), (f"/en/activities/{course.slug}/sign-up/", "Yes")):
        choices = client.get(path).context["form"].fields[f"question_{question.pk}"].choices
        assert ("yes", label) in [(value, str(text)) for value, text in choices]


def test_the_export_has_a_column_for_each_question_the_date_and_reconciles(staff_client, course):
    answer(course, "Åsa", "yes", "Ljud", "Vegan")
    answer(course, "Örjan", "no", "", "")

    head, *rows = export(staff_client, course).get_sheet_by_index(0).to_python()

    columns = {name: [row[head.index(name)] for row in rows] for name in head}
    assert head[:3] == ["Aktivitet", "Börjar", "Slutar"]
    assert columns["Kommer du till lunchen?"] == ["Ja", "Nej"]
    assert (columns["Vilket spår?"], columns["Något mer?"]) == (["Ljud", ""], ["Vegan", ""])
    assert {moment.date() for moment in columns["Börjar"]} == {course.sessions.get().starts_at.date()}
    assert len(rows) == Registration.objects.filter(activity=course).count()


def test_a_question_of_a_series_has_one_column(staff_client, course):
    other = make_activity(sessions=0)
    make_session(other)
    other.questions.create(text_sv="Kommer du till lunchen?", kind="yes_no")
    rows = [answer(course, "Åsa", "yes", "", ""), answer(other, "Örjan", "no")]

    chosen = {"action": "export_xlsx", "_selected_action": [row.pk for row in rows]}
    book = CalamineWorkbook.from_filelike(BytesIO(staff_client.post(LIST, chosen).getvalue()))

    head = book.get_sheet_by_index(0).to_python()[0]
    assert head.count("Kommer du till lunchen?") == 1


def test_the_export_has_the_registers_number_of_a_member_and_else_the_guests_own(staff_client, staff, course, company):
    set_number(by=staff, company=company, text="556016-0680")
    answer(course, "Medlem", "", "", "", company=company)
    guests = make_company("Gästens AB", member=False)
    answer(course, "Gäst", "", "", "", company=guests, organisation_number="556529-8790")

    book = export(staff_client, course)
    head, *rows = book.get_sheet_by_index(0).to_python()

    assert {row[head.index("Namn")]: row[head.index("Organisationsnummer")] for row in rows} == {
        "Medlem": "556016-0680", "Gäst": "556529-8790",
    }  # fmt: skip
    assert book.sheet_names == ["Anmälningar"]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "\t=", "\r=", "\n=", " =", "\xa0="])
def test_no_text_of_a_guest_starts_a_formula(staff_client, course, start):
    answer(course, f"{start}1+1", "", "", f"{start}cmd")

    text = export(staff_client, course, "csv").decode("utf-8-sig")

    assert (f"'{start}1+1" in text, f"'{start}cmd" in text) == (True, True)


def test_the_sums_are_for_those_who_may_see_the_list(host_client, course):
    reader = make_user(is_staff=True)
    reader.user_permissions.set(Permission.objects.filter(codename="view_registration"))

    path = f"{LIST}of/{course.pk}/answers/"

    assert (signed_in(reader).get(path).status_code, host_client.get(path).status_code) == (200, 403)
