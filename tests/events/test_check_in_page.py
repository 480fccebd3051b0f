"""Check-in without JavaScript: find by name, let in, let out, undo; a hand scanner types the ticket's address."""

from uuid import uuid4

import pytest

from events.models import Attendance, Scan
from events.tickets import ticket_url
from tests.factories import make_registration

pytestmark = pytest.mark.django_db


def page(course):
    return f"/incheckning/{course.slug}/"


def send(client, session, **data):
    return client.post(f"{page(session.activity)}passage/", {"session": session.pk} | data)


def rows(client, course, q=""):
    return [(row.name, row.can) for row in client.get(page(course), {"q": q}).context["door"].rows]


def test_a_host_lets_in_and_out_and_takes_back(host, host_client, session, course):
    row = make_registration(course, guest_name="Anna Berg")
    course.hosts.add(host)
    found = [rows(host_client, course, "anna")]
    for kind in ("in", "out"):
        send(host_client, session, registration=row.uuid, kind=kind, idempotency_key=uuid4())
        found.append(rows(host_client, course))

    send(host_client, session, registration=row.uuid, kind="undo", undoes=Scan.objects.last().idempotency_key)

    assert found == [[("Anna Berg", "in")], [("Anna Berg", "out")], [("Anna Berg", "in")]]
    assert (rows(host_client, course), Attendance.objects.get().left_at) == ([("Anna Berg", "out")], None)


@pytest.mark.parametrize("by_ticket", [True, False])
def test_enter_lets_in_the_only_one_found(staff_client, session, course, by_ticket):
    row, _other = (make_registration(course, guest_name=name) for name in ("Anna Berg", "Bo Ek"))

    send(staff_client, session, q="finns inte")
    send(staff_client, session, q=ticket_url(row) if by_ticket else "berg")

    there = Attendance.objects.values_list("registration", "method")
    assert list(there) == [(row.pk, "ticket" if by_ticket else "tick")]


def test_a_key_sent_twice_is_one_scan(staff_client, session, course):
    row, key = make_registration(course), uuid4()

    for _ in range(2):
        send(staff_client, session, registration=row.uuid, idempotency_key=key)

    assert Scan.objects.count() == 1


def test_the_door_is_for_hosts_of_that_activity_alone(host_client, participant_client, session, course):
    row = make_registration(course)

    answers = [send(client, session, registration=row.uuid).status_code for client in (host_client, participant_client)]

    assert (answers, Scan.objects.count()) == ([403, 403], 0)


def test_who_was_ticked_off_a_list_is_offered_nothing_at_the_door(staff_client, session, course):
    row = make_registration(course, guest_name="Anna Berg")
    Attendance.objects.create(session=session, registration=row, minutes=120)

    assert rows(staff_client, course) == [("Anna Berg", "")]
