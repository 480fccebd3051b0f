"""The queue of mail: bounded sessions, and a mail server that hangs holds up nothing else."""

import os
import signal
import threading
import time
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection, connections
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from creativenorth.mail import delivery, smtp_backend
from creativenorth.mail.models import Mail
from creativenorth.management.commands import work
from tests.creativenorth.smtp import smtp_server
from tests.creativenorth.test_mail import write

pytestmark = pytest.mark.django_db


@contextmanager
def stopped_when(is_true):
    """Ends the process' queue worker as soon as `is_true`; gives the seconds that it took."""
    waited, began = [], time.monotonic()

    def watch():
        while not is_true() and time.monotonic() - began < 5:
            time.sleep(0.05)
        waited.append(time.monotonic() - began)
        connection.close()
        os.kill(os.getpid(), signal.SIGTERM)

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield waited
    watcher.join()


def test_a_server_that_never_comes_to_an_end_is_cut_off(attempt, monkeypatch):
    monkeypatch.setattr(smtp_backend, "LONGEST_SESSION", 0.4)
    written, began = write(), time.monotonic()

    attempt(written, dripping=b"220-go on\r\n" * 9)

    assert (written.state, time.monotonic() - began < 2) == ("retry", True)


def test_a_claim_of_a_killed_worker_lasts_longer_than_any_session_and_less_than_two_minutes():
    between_rescues = timedelta(seconds=20)

    assert (
        timedelta(seconds=smtp_backend.LONGEST_SESSION)
        < delivery.CLAIM_TIMEOUT
        < timedelta(minutes=2) - between_rescues
    )


def test_mail_alone_waits_in_the_queue_of_mail():
    queues = {name: task.queue for name, task in app.tasks.items() if task.queue != "builtin"}

    assert [name for name, queue in queues.items() if queue == "mail"] == ["creativenorth.send_mail"]
    assert set(queues.values()) == set(work.QUEUES)


@pytest.mark.django_db(transaction=True)
def test_a_mail_server_that_hangs_holds_up_no_other_job(sent_to, monkeypatch):
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)  # the worker's threads leave none open
    for number in range(work.QUEUES["mail"] + 1):
        write(f"brev {number}")
    app.tasks["creativenorth.publish_due"].defer(timestamp=0)
    other = ProcrastinateJob.objects.filter(task_name="creativenorth.publish_due")

    with smtp_server(silent=3) as server, stopped_when(lambda: not other.filter(status="todo").exists()) as waited:
        sent_to(server.server_address[1])
        call_command("work")

    assert (waited[0] < 1, {mail.state for mail in Mail.objects.all()}) == (True, {"retry", "queued"})
