"""Under which project an activity runs: chosen in its form, prefilled from the last, kept by copies, told at the door."""

from datetime import date, timedelta

import pytest

from events.actions.activity_copies import copy_activity
from events.actions.attendance import confirm_all
from events.actions.door.scans import check_in
from events.models import Activity, Attendance
from events.retention import kept_until
from programmes.models import ActivityFunding, Project
from tests.events.activity_form import LIST, form_data
from tests.events.seats import make_course
from tests.factories import make_activity, make_attendance, make_registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def project():
    return Project.objects.create(name_sv="Kreativ kraft", summary_sv="Ett projekt.")


def fund(activity, project, **fields):
    return ActivityFunding.objects.create(activity=activity, project=project, **fields)


def of(activity):
    found = ActivityFunding.objects.filter(activity=activity)
    return list(found.values_list("project", "is_selective", "default_role"))


def prefilled(page):
    formset = next(each for each in page.context["inline_admin_formsets"] if each.opts.model is ActivityFunding).formset
    form = formset.forms[0]
    return {name: form[name].value() for name in ("project", "is_selective", "default_role")}


def test_the_form_is_filled_in_as_at_the_last_activity_and_saved_as_it_stands(staff_client, project):
    fund(make_activity(), project, is_selective=True, default_role="contributor")
    page = staff_client.get(f"{LIST}add/")
    shown, summary = prefilled(page), page.context["form_sections"][-1].summary
    sent = {"funding-TOTAL_FORMS": "1", "funding-0-project": project.pk, "funding-0-is_selective": "on"}

    staff_client.post(f"{LIST}add/", form_data(**sent, **{"funding-0-default_role": "contributor"}))

    assert summary == "Kreativ kraft"
    assert shown == {"project": project.pk, "is_selective": True, "default_role": "contributor"}
    assert of(Activity.objects.get(title_sv="Ljud för film")) == [(project.pk, True, "contributor")]


def test_an_activity_of_no_project_is_saved_without(staff_client, project):
    fund(make_activity(), project)
    sent = {"funding-TOTAL_FORMS": "1", "funding-0-project": "", "funding-0-default_role": "recipient"}

    answer = staff_client.post(f"{LIST}add/", form_data(**sent))

    assert (answer.status_code, of(Activity.objects.get(title_sv="Ljud för film"))) == (302, [])


def test_a_copy_runs_under_the_same_project(staff, project):
    activity = make_activity()
    fund(activity, project, default_role="guest")

    copy = copy_activity(activity, by=staff)

    assert of(copy) == of(activity) == [(project.pk, False, "guest")]


def test_who_comes_has_the_role_that_the_funding_names(staff, project):
    course = make_course(5, starts_in=-timedelta(hours=1))
    fund(course, project, default_role="contributor")
    one, _other = (make_registration(course) for _ in range(2))

    check_in(one, session=course.sessions.get(), by=staff)
    confirm_all(course.sessions.get(), by=staff)

    assert list(Attendance.objects.values_list("role", flat=True)) == ["contributor", "contributor"]


def test_papers_of_a_funded_activity_are_kept_although_it_was_outside_the_projects_time(project):
    Project.objects.update(
        starts_on=date(2020, 1, 1), ends_on=date(2020, 12, 31), documents_kept_until=date(2099, 1, 1)
    )
    row = make_attendance(make_activity(starts_in=-timedelta(hours=5))).registration
    before = kept_until(row.activity.registrations.all())

    fund(row.activity, project)

    assert (before, kept_until(row.activity.registrations.all())) == (None, date(2099, 1, 1))
