import fcntl
import os
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections

from creativenorth.content import demo as content
from creativenorth.run import postgres, processes
from creativenorth.run.outdated_demo_data import move_older_data_aside

START_TIMEOUT = 60
CLOSING_TIMEOUT = 60
END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class Command(BaseCommand):
    help = "Loads demo content and runs web server and queue worker until Ctrl-C."

    def handle(self, *args, **options):
        if not settings.DEMO:
            raise CommandError("The demo has known passwords and invented content: it runs with DEMO=1 only.")
        with only_one() as lock, _stopped_by_signals(lock):
            try:
                self._run()
            except KeyboardInterrupt:
                self.stdout.write("Stopping …")
            except processes.ProcessFailed as failure:
                raise CommandError(str(failure)) from failure
            finally:
                _ignore_signals()
                connections.close_all()
                postgres.stop(settings.DATA_DIR / "postgres", unless_used=True)

    def _run(self):
        _refuse_taken_port()
        if not os.environ.get("DATABASE_URL"):
            self._begin_with_data_of_this_portal()
        self._step("Database", "migrate", verbosity=0, interactive=False)
        self._step("Content", "load_demo")
        connections.close_all()
        with processes.Family(self._children()) as family:
            self._wait_until_it_answers(family)
            self._welcome()
            family.watch(until=lambda: False, tell=self.stderr.write)

    def _begin_with_data_of_this_portal(self):
        """The server that answered while the settings were read may have belonged to a demo that closed."""
        if aside := move_older_data_aside(settings.DATA_DIR):
            self.stdout.write(
                f"The data in {settings.DATA_DIR} is of an older portal: it lies in {aside} now, and the demo begins anew."
            )
        postgres.start(settings.DATA_DIR / "postgres")

    def _wait_until_it_answers(self, family):
        deadline = time.monotonic() + START_TIMEOUT
        family.watch(until=lambda: _answers() or time.monotonic() > deadline, tell=self.stderr.write)
        if not _answers():
            raise processes.ProcessFailed(f"The portal does not answer; its logs are in {settings.DATA_DIR / 'log'}.")

    def _step(self, title, command, **options):
        self.stdout.write(f"── {title}")
        call_command(command, stdout=self.stdout, stderr=self.stderr, **options)

    def _children(self):
        manage = [sys.executable, str(settings.BASE_DIR / "manage.py")]
        logs = settings.DATA_DIR / "log"
        environment = {"DEMO": "1"}
        return [
            processes.Child("The web server", [*manage, "serve"], log=logs / "web.log", environment=environment),
            processes.Child(
                "The queue worker",
                [*manage, "work"],
                log=logs / "queue.log",
                environment=environment,
            ),
        ]

    def _welcome(self):
        lines = ["", f"  Creative North: {_address()}", f"  Mail it sends:  {_address()}/demo/mail/", ""]
        lines += [f"  {email:<26} {_part(*account)}" for email, *account in content.ACCOUNTS]
        lines += ["", f"  Password for all: {content.PASSWORD}"]
        lines += ["  Ctrl-C stops everything; what you enter is kept in .data/.", ""]
        self.stdout.write("\n".join(lines))


def _part(name, company, role, target_group, groups):
    return f"staff: {', '.join(groups)}, signs in at /admin/" if groups else f"{role} of {company}"


def _address():
    return f"http://localhost:{settings.PORT}"


def _answers():
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings.PORT}/readyz", timeout=5):
            return True
    except (urllib.error.URLError, OSError):
        return False


def _refuse_taken_port():
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((settings.HOST, settings.PORT))
        except OSError as error:
            raise CommandError(
                f"Port {settings.PORT} cannot be used ({error.strerror}). Choose another: make demo PORT=8001"
            ) from error


@contextmanager
def only_one():
    """Hold the lock of the folder's one demo, with its address in it; empty while it stops, for which the next one waits."""
    path = settings.DATA_DIR / "demo.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        deadline = time.monotonic() + CLOSING_TIMEOUT
        while not _is_ours(lock):
            lock.seek(0)
            if address := lock.read():
                raise CommandError(f"The demo already runs in this folder, at {address}; end that one first.")
            if time.monotonic() > deadline:
                raise CommandError("The demo that ran in this folder does not come to its end.")
            time.sleep(0.1)
        lock.truncate(0)
        lock.write(_address())
        lock.flush()
        yield lock


def _is_ours(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _stopped_by_signals(lock):
    """SIGTERM and a closed terminal end the demo as Ctrl-C does; Ctrl-C works also where the shell ignores it."""

    def stop(number, frame):
        lock.truncate(0)
        raise KeyboardInterrupt

    for number in END:
        signal.signal(number, stop)
    yield


def _ignore_signals():
    for number in END:
        signal.signal(number, signal.SIG_IGN)
