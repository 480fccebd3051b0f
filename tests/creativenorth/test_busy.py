"""Who waits too long for somebody else's lock is asked to try again, and loses nothing that was typed."""

import pytest
from django.db import connection, connections

from members.models import ProfileVersion
from tests.roles import signed_in

SECTION = "/mitt-foretag/del/place/"
FIELDS = {"town": "Piteå <b>", "municipality": "2581", "visibility:location": "public"}


@pytest.fixture
def held(transactional_db, owner, company):
    """The company's row, held by another connection; ours waits for a moment only."""
    other = connections.create_connection("default")
    other.ensure_connection()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT 1 FROM members_company FOR UPDATE")
    with connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '100ms'")
    yield other
    other.close()
    connection.close()


def test_plain_form_can_be_sent_again_as_it_was(held, owner, company):
    response = signed_in(owner).post(SECTION, FIELDS)

    page = response.content.decode()
    assert (response.status_code, response.headers["Retry-After"]) == (503, "5")
    assert f'action="{SECTION}"' in page
    assert '<input type="hidden" name="town" value="Piteå &lt;b&gt;">' in page
    assert not ProfileVersion.objects.drafts().exists()


def test_htmx_gets_a_message_and_keeps_its_form(held, owner):
    response = signed_in(owner).post(SECTION, FIELDS, headers={"HX-Request": "true"})

    assert (response.status_code, response.headers["HX-Retarget"]) == (503, "#messages")
    assert "skicka igen" in response.content.decode()


def test_after_the_wait_the_same_is_saved(held, owner, company):
    client = signed_in(owner)
    client.post(SECTION, FIELDS)
    held.rollback()

    response = client.post(SECTION, FIELDS | {"town": "Piteå"})

    assert response.status_code == 302
    assert ProfileVersion.objects.drafts().values_list("town", "municipality").get() == ("Piteå", "2581")
