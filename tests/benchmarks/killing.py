"""Kills web processes, the queue worker and Postgres at random while people sign up, answer and cancel."""

import os
import random
import signal
import time
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread

import psutil
from django.db import OperationalError, connections

from creativenorth.mail.models import Mail
from creativenorth.run import postgres
from events.models import Registration
from tests.benchmarks.crowd import start_worker

PAUSE = 3


class Worker(Thread):
    """A queue worker that is started anew whenever it ends, killed or without its database, as systemd does."""

    def __init__(self):
        super().__init__()
        self.done, self.process, self.starts = Event(), start_worker(), 1

    def run(self):
        while not self.done.wait(0.5):
            if self.process.poll() is not None:
                self.process, self.starts = start_worker(), self.starts + 1

    def end(self):
        self.done.set()
        self.join()
        self.process.terminate()
        self.process.wait(30)


class Killer(Thread):
    """Kills one of the three every PAUSE seconds; the worker starts again by itself, Postgres by the killer."""

    def __init__(self, crowd, worker):
        super().__init__()
        self.crowd, self.worker, self.done = crowd, worker, Event()
        self.killed = {"web": 0, "worker": 0, "postgres": 0}

    def run(self):
        chance = random.Random(7)
        while not self.done.wait(PAUSE):
            target = chance.choice(["web", "web", "worker", "postgres"])
            getattr(self, f"_kill_{target}")(chance)
            self.killed[target] += 1

    def _kill_web(self, chance):
        with suppress(psutil.NoSuchProcess, IndexError):
            chance.choice(psutil.Process(self.crowd.process.pid).children()).kill()

    def _kill_worker(self, chance):
        self.worker.process.kill()

    def _kill_postgres(self, chance):
        folder = Path(os.environ["TESTS_FOLDER"]) / "durable"
        os.kill(int((folder / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
        time.sleep(0.3)
        postgres.start(folder)

    def end(self):
        """Stop killing, and leave everything running."""
        self.done.set()
        self.join()
        for _ in range(60):
            connections.close_all()
            with suppress(OperationalError):
                return Registration.objects.count()
            time.sleep(0.5)
        raise TimeoutError("Postgres does not come back.")


def broken_promises(answers):
    """Answered successes that the database does not know of."""
    active = set(Registration.objects.active().values_list("user", flat=True))
    ever = set(Registration.objects.values_list("user", flat=True))
    ended = set(Registration.objects.filter(ended_at__isnull=False).values_list("pk", flat=True))
    found = []
    for answer in answers:
        if answer.status == 302 and answer.what == "join" and answer.user not in ever | active:
            found.append(answer)
        if answer.status == 302 and answer.what == "cancel" and answer.registration not in ended:
            found.append(answer)
    return found


def lost_mail(course, taken):
    """Steps of the course's registrations, as the history has them, of which no mail was written; mails called sent that nobody got."""
    events = Registration.pgh_event_model.objects.filter(activity=course)
    steps = events.values_list("uuid", "state", "changed_at")
    causes = {f"registration:{uuid}:{state}:{changed_at.isoformat()}" for uuid, state, changed_at in steps}
    unwritten = causes - set(Mail.objects.values_list("cause", flat=True))
    sent = {mail.message_id for mail in Mail.objects.filter(state=Mail.State.SENT)}
    return sorted(unwritten), sorted(sent - set(taken))


def wait_for_mail(timeout=1200):
    """Until the outbox holds nothing that is on its way; the states in which the mails then are."""
    for _ in range(timeout):
        connections.close_all()
        waiting = Mail.objects.exclude(state__in=["sent", "failed"])
        if not waiting.exists():
            break
        # What would be tried again in minutes is tried again now: the clock is no part of what is measured.
        Mail.objects.filter(state="retry").update(next_attempt_at="2020-01-01T00:00Z")
        time.sleep(1)
    return {state: Mail.objects.filter(state=state).count() for state in Mail.State.values}
