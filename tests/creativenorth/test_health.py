from datetime import timedelta

import pytest
from allauth.account.adapter import get_adapter
from django.db import connection
from django.urls import reverse
from django.utils import timezone

pytestmark = pytest.mark.filterwarnings("ignore:No directory at")


def execute(sql, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchone()[0] if cursor.description else None


@pytest.fixture
def worker(db):
    execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now())")


def queue_a_job(*, minutes_ago, scheduled_at=None):
    job = execute(
        "INSERT INTO procrastinate_jobs (task_name, queue_name, scheduled_at) VALUES ('mail', 'default', %s) RETURNING id",
        scheduled_at,
    )
    written_at = timezone.now() - timedelta(minutes=minutes_ago)
    execute("UPDATE procrastinate_events SET at = %s WHERE job_id = %s", written_at, job)


def readiness(client):
    response = client.get(reverse("readyz"))
    return response.status_code, response.json()


def test_healthz_answers_without_a_database(client):
    response = client.get(reverse("healthz"))

    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response.headers["Cache-Control"]


@pytest.mark.parametrize("name", ["healthz", "readyz"])
def test_health_refuses_post(client, name):
    assert client.post(reverse(name)).status_code == 405


def test_readyz_is_200_when_all_is_in_order(client, worker):
    queue_a_job(minutes_ago=1)
    queue_a_job(minutes_ago=600, scheduled_at=timezone.now() + timedelta(hours=1))

    assert readiness(client) == (200, {"database": "ok", "migrations": "ok", "queue": "ok"})


def test_readyz_tells_that_no_worker_lives(client, worker):
    execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '2 minutes'")

    assert readiness(client) == (503, {"database": "ok", "migrations": "ok", "queue": "no worker"})


@pytest.mark.parametrize("scheduled", [None, timedelta(minutes=-20)])
def test_readyz_tells_that_jobs_wait_too_long(client, worker, scheduled):
    queue_a_job(minutes_ago=20, scheduled_at=scheduled and timezone.now() + scheduled)

    assert readiness(client) == (503, {"database": "ok", "migrations": "ok", "queue": "jobs wait too long"})


def test_readyz_tells_how_many_migrations_are_not_applied(client, worker):
    execute("DELETE FROM django_migrations WHERE app = 'creativenorth' AND name = '0001_initial'")

    assert readiness(client) == (503, {"database": "ok", "migrations": "1 not applied", "queue": "unknown"})


@pytest.mark.django_db(transaction=True)
def test_readyz_tells_that_the_database_does_not_answer(client, monkeypatch, tmp_path):
    with monkeypatch.context() as patch:
        patch.setitem(connection.settings_dict, "HOST", str(tmp_path))
        connection.close()

        answer = readiness(client)

    assert answer == (503, {"database": "no answer", "migrations": "unknown", "queue": "unknown"})


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
def test_health_answers_whoever_asks_by_whichever_name(client, worker, settings, caplog, path):
    settings.ALLOWED_HOSTS = ["portal.example"]

    assert (client.get(path, headers={"Host": "10.0.0.7"}).status_code, caplog.records) == (200, [])


@pytest.mark.parametrize(("named", "status"), [("192.0.2.1, 10.0.0.1", 200), ("192.0.2.1", 503), ("a, b, c", 503)])
def test_readyz_tells_when_other_proxies_stand_in_front_than_is_set(client, worker, settings, named, status):
    settings.TRUSTED_PROXIES = 2

    answer = client.get("/readyz", headers={"X-Forwarded-For": named})

    told = answer.json()["proxies"]
    assert (answer.status_code, told == "ok", told.startswith("TRUSTED_PROXIES is 2")) == (
        status,
        status == 200,
        status != 200,
    )


@pytest.mark.parametrize(
    ("trusted", "named", "visitor"),
    [
        (2, "192.0.2.1, 10.0.0.1", "192.0.2.1"),
        (2, "192.0.2.1", "192.0.2.1"),
        (1, "6.6.6.6, 192.0.2.1", "192.0.2.1"),
        (0, "6.6.6.6", "127.0.0.1"),
    ],
)
def test_a_form_is_taken_whatever_the_count_of_proxies_and_counts_for_the_visitor(
    db, client, settings, trusted, named, visitor
):
    settings.TRUSTED_PROXIES = settings.ALLAUTH_TRUSTED_PROXY_COUNT = trusted

    response = client.post("/kontakt/", {"name": "Nora"}, headers={"X-Forwarded-For": named})

    assert (response.status_code, get_adapter().get_client_ip(response.wsgi_request)) == (422, visitor)
