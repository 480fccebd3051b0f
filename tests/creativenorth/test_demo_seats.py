"""The demo shows every state of a seat, marked as invented, and keeps what was entered when it is loaded again."""

import pytest
from django.core.management import call_command

from events.models import Activity, Attendance, Registration
from tests.events.seats import faults

pytestmark = pytest.mark.django_db


def test_the_demo_shows_seats_in_every_state_and_is_loaded_once(settings):
    settings.DEMO = True
    call_command("load_demo", verbosity=0)
    Registration.objects.filter(guest_name="Gäst 12 Demo").update(guest_name="Rättad")

    call_command("load_demo", verbosity=0)

    assert set(Registration.objects.values_list("state", flat=True)) == {"confirmed", "offered", "waiting", "cancelled"}
    assert Registration.objects.filter(guest_name="Rättad").count() == 1
    assert {each.slug: faults(each) for each in Activity.objects.all() if faults(each)} == {}
    assert (Attendance.objects.count(), Activity.objects.filter(is_demo=False).count()) == (11, 0)
    addresses = Registration.objects.filter(user=None).values_list("email", flat=True)
    assert {address.rpartition("@")[2] for address in addresses} == {"demo.example"}
