"""Simulated people for the benchmarks, and the whole portal: web server with several processes, queue worker, mail server."""

import os
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from threading import Semaphore
from urllib.parse import urlencode
from uuid import uuid4

import pgtrigger
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.db import OperationalError, connection, connections

from creativenorth.run import webserver
from creativenorth.web import secret_links
from events.actions.participants import change_seats
from events.actions.seats import settle_activity
from events.models import Registration
from tests.factories import make_user

PROCESSES = 3
CSRF = "a" * 32
TRIGGER = "events.Registration:never_a_seat_too_many"
_own_connections = Semaphore(15)


@dataclass
class Answer:
    """How a request ended; 0 where the connection broke, so that nobody was promised anything."""

    status: int
    what: str
    registration: int | None = None
    user: int | None = None


@dataclass
class Act:
    path: str = ""
    data: dict | None = None
    cookie: str = ""
    what: str = "join"
    registration: int | None = None
    user: int | None = None
    call: object = None


def make_people(number):
    """So many people who are signed in: pairs of a person and the key of their session."""
    found = []
    for _ in range(number):
        user, session = make_user(), SessionStore()
        session["_auth_user_id"] = str(user.pk)
        session["_auth_user_backend"] = settings.AUTHENTICATION_BACKENDS[0]
        session["_auth_user_hash"] = user.get_session_auth_hash()
        session.save()
        found.append((user, session.session_key))
    return found


class Crowd:
    """`with Crowd() as crowd: crowd.send(crowd.join(course, person))`. `guarded` False: without lock and trigger."""

    def __init__(self, *, guarded=True):
        self.guarded = guarded

    def __enter__(self):
        ((self.model, self.trigger),) = pgtrigger.registered(TRIGGER)
        if not self.guarded:
            self.trigger.disable(self.model)
        self.staff = make_user(is_staff=True, is_superuser=True)
        connections.close_all()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = webserver.command(host="127.0.0.1", port=self.port, workers=PROCESSES)
        environment = os.environ | {"UNGUARDED": "" if self.guarded else "1"}
        self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
        self._wait()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)
        if not self.guarded:
            self.trigger.enable(self.model)

    def join(self, course, person):
        user, key = person
        data = {"idempotency_key": uuid4(), "who": "me"}
        return Act(f"/aktiviteter/{course.slug}/anmalan/", data, f"sessionid={key}; ", user=user.pk)

    def act(self, what, row, chance):
        """Something that a person or the staff may do: "cancel", "yes", "no", "expire", "seats"."""
        page = f"/plats/{secret_links.token(row.uuid, 'registration')}/"
        if what in ("yes", "no"):
            return Act(f"{page}svar/", {"answer": what}, what=what, registration=row.pk)
        if what == "cancel":
            return Act(f"{page}avboka/", {}, what=what, registration=row.pk)
        number = chance.randint(18, 30)
        call = (
            (lambda: _expire(row))
            if what == "expire"
            else lambda: change_seats(row.activity, by=self.staff, capacity=number)
        )
        return Act(what=what, registration=row.pk, call=call)

    def send(self, act, tries=1):
        """The answer; where there was none, or an error, the same form again a little later, as people do."""
        for _ in range(tries):
            status = _called(act.call) if act.call else self._post(act)
            if status not in (0, 500, 503):
                break
            time.sleep(1)
        return Answer(status, act.what, act.registration, act.user)

    def insist(self, act):
        return self.send(act, tries=60)

    def _post(self, act):
        browser = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {
            "Host": "localhost",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"{act.cookie}csrftoken={CSRF}",
        }
        try:
            browser.request("POST", act.path, urlencode(act.data | {"csrfmiddlewaretoken": CSRF}), headers)
            return browser.getresponse().status
        except (OSError, HTTPException):
            return 0
        finally:
            browser.close()

    def _wait(self):
        for _ in range(300):
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1):
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("The server does not come up.")


def _called(call):
    """An act in this process; 200 where it was done, 409 where the engine refused it, 0 where the database was gone."""
    with _own_connections:
        try:
            call()
            return 200
        except OperationalError:
            return 0
        except Exception:
            return 409
        finally:
            connection.close()


def _expire(row):
    late = Registration.objects.filter(pk=row.pk, state="offered")
    late.update(held_until=row.created_at)
    settle_activity(row.activity)


def start_worker():
    """A queue worker like the production's."""
    command = [sys.executable, "manage.py", "work"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, stderr=subprocess.DEVNULL, env=os.environ.copy())
