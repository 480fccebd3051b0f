"""Closing a session on one screen: who is inside left at the end, flags are settled or stay, later changes need a reason."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from events.actions.attendance import confirm_all, save_attendance
from events.actions.door.closing import close_session
from events.actions.door.scans import check_in
from events.models import Attendance, Correction
from tests.events.seats import make_course
from tests.factories import make_registration

pytestmark = pytest.mark.django_db


def screen(session):
    return f"/admin/events/registration/attendance/{session.pk}/closing/"


def test_one_screen_says_who_came_and_closes(staff_client, staff, session, course):
    rows = [make_registration(course, state=state) for state in ("confirmed", "confirmed", "cancelled")]
    for row in rows[1:]:
        check_in(row, session=session, by=staff)

    page = staff_client.get(screen(session))
    answers = [staff_client.post(screen(session)).status_code for _ in range(2)]
    session.refresh_from_db()

    assert page.context["sums"] == "2 kom, 1 kom inte, 1 stämmer inte"
    assert (answers, session.closed_by) == ([302, 302], staff)
    assert set(Attendance.objects.values_list("left_at", flat=True)) == {session.ends_at}


def test_a_flag_is_settled_with_what_was_found_or_stays(staff_client, staff, session, course):
    settled, open_one = (
        check_in(make_registration(course, state="cancelled"), session=session, by=staff) for _ in range(2)
    )

    staff_client.post(screen(session), {f"settled-{settled.pk}": "Hade ändrat sig", f"settled-{open_one.pk}": " "})

    flags = dict(Attendance.objects.values_list("pk", "flags"))
    assert flags == {settled.pk: [], open_one.pk: ["cancelled"]}
    assert list(Correction.objects.values_list("reason", "by")) == [("Hade ändrat sig", staff.pk)]
    assert [each.key for each in staff_client.get(screen(session)).context["flagged"]] == [open_one.pk]


def test_after_closing_a_tick_is_a_correction_with_its_reason(staff, session, course):
    row = make_registration(course)
    close_session(session, by=staff)
    with pytest.raises(ValidationError, match="Berätta varför"):
        save_attendance(session, by=staff, shown={}, here={row.pk: None})
    with pytest.raises(ValidationError, match="stängd"):
        confirm_all(session, by=staff)

    save_attendance(session, by=staff, shown={}, here={row.pk: 45}, reason="Stod på listan")

    correction = Correction.objects.get()
    assert (correction.before, correction.after["minutes"], correction.reason) == (None, 45, "Stod på listan")


def test_what_is_told_of_after_closing_is_kept_and_flagged(staff, session, course):
    close_session(session, by=staff)

    late = check_in(make_registration(course), session=session, by=staff)

    assert (late.flags, late.left_at) == (["closed"], session.ends_at)


def test_what_has_not_begun_is_not_closed_and_hosts_close_their_own_alone(staff_client, host, host_client, session):
    ahead = make_course(2, starts_in=timedelta(hours=1)).sessions.get()

    refused = [staff_client.post(screen(ahead)).status_code, host_client.post(screen(session)).status_code]
    session.activity.hosts.add(host)

    assert refused == [422, 403]
    ahead.refresh_from_db()
    assert (host_client.post(screen(session)).status_code, ahead.closed_at) == (302, None)
