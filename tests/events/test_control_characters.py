"""Control characters are left out where texts come in, and where a calendar is written from rows that have them."""

import pytest

from events.models import Activity
from tests.events.activity_form import LIST, form_data
from tests.events.calendar_readers import by_ical_js, by_icalendar, by_ics, by_vobject
from tests.factories import make_activity

pytestmark = pytest.mark.django_db
CONTROLS = [chr(number) for number in [*range(9), *range(11, 13), *range(14, 32), *range(127, 160), 0x2028, 0x2029]]


def test_a_form_leaves_them_out(staff_client):
    staff_client.post(
        f"{LIST}add/", form_data(title_sv=f"Ljud{''.join(CONTROLS)}bild", description_sv="Ett\r\n\ttvå\x0b")
    )

    activity = Activity.objects.get()
    assert (activity.title_sv.split(), activity.description_sv) == (["Ljud", "bild"], "Ett\r\n\ttvå")
    assert [sign for sign in activity.title_sv if not sign.isprintable()] == []


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_ics, by_ical_js])
def test_every_reader_reads_a_row_that_has_them(client, read):
    controls = "".join(CONTROLS[1:])  # Postgres keeps no NUL
    make_activity(f"Ljud{controls}bild", summary_sv=f"Rad ett\rrad{controls}två", place=f"Sal{controls}1")

    [entry] = read(client.get("/aktiviteter/kalender.ics").content.decode())

    assert (entry.summary.split(), entry.location.split()) == (["Ljud", "bild"], ["Sal", "1,", "Piteå"])
    assert entry.description.splitlines()[0] == "Rad ett"
