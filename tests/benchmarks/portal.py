"""The portal for benchmarks: a database of a given size, and the production web server."""

import os
import socket
import subprocess
import time
from datetime import timedelta
from http.client import HTTPConnection

import psutil
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from creativenorth.run import webserver
from events.models import Activity, Session
from members.models import Company, Membership, ProfileVersion
from tests import factories, pages
from tests.conftest import collect_static_files


def make_database():
    """An empty database with today's tables; what stood in one of this name is gone. Static files lie ready."""
    collect_static_files()
    with connection._nodb_cursor() as cursor:
        cursor.execute("DROP DATABASE IF EXISTS benchmark WITH (FORCE)")
        cursor.execute("CREATE DATABASE benchmark")
    call_command("migrate", verbosity=0)
    pages.make_full_portal()


def fill(size):
    """As many companies, all of them members, and as many activities ahead as `size` says."""
    sector, skill = factories.make_sector(), factories.make_skill()
    known = {"description_sv": "Vi gör **spel** och film.\n\n- spel\n- film", "municipality": "2581", "town": "Piteå"}
    fields = known | {
        "tagline_sv": "Vi gör det synligt",
        "website": "https://full.example/",
        "looking_for": ["partners"],
    }
    now = timezone.now()
    companies = Company.objects.bulk_create(
        Company(name=f"Bolag {n:05}", slug=f"bolag-{n:05}", published_at=now)
        for n in range(Company.objects.count(), size)
    )
    versions = ProfileVersion.objects.bulk_create(
        ProfileVersion(company=company, published_at=now, **fields) for company in companies
    )
    for company, version in zip(companies, versions, strict=True):
        company.public_version = version
    Company.objects.bulk_update(companies, ["public_version"], batch_size=500)
    for links, name, row in ((ProfileVersion.sectors, "sector", sector), (ProfileVersion.skills, "skill", skill)):
        links.through.objects.bulk_create(links.through(profileversion=each, **{name: row}) for each in versions)
    Membership.objects.bulk_create(Membership(company=company, joined_on=now.date()) for company in companies)
    activities = Activity.objects.bulk_create(
        Activity(
            title_sv=f"Träff {n:05}",
            slug=f"traff-{n:05}",
            summary_sv="Om ljud.",
            published_at=now,
            municipality="2581",
            place="Acusticum",
        )
        for n in range(Activity.objects.count(), size)
    )
    Session.objects.bulk_create(
        Session(
            activity=activity, starts_at=now + timedelta(days=2, hours=n), ends_at=now + timedelta(days=2, hours=n + 2)
        )
        for n, activity in enumerate(activities)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def edit():
    """What every edit of something public does: no finished page is true any more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE creativenorth_contentversion SET version = gen_random_uuid()")


class Server:
    """The production server with one process, so that what is warm is warm: `with Server() as server: server.cost(…)`."""

    def __enter__(self):
        connections.close_all()
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        command = webserver.command(host="127.0.0.1", port=self.port, workers=1)
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings"}
        self.process = subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment)
        self._wait()
        self.workers = psutil.Process(self.process.pid).children()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    def cost(self, path, times, *, before=None):
        """Milliseconds of processor time that the server spends on one request, on average; `before` runs ahead of each."""
        visitor = HTTPConnection("127.0.0.1", self.port)
        start = self._cpu()
        for _ in range(times):
            if before:
                before()
            visitor.request("GET", path, headers={"Host": "localhost", "Accept-Encoding": "br"})
            answer = visitor.getresponse()
            answer.read()
            assert answer.status == 200, f"{path} answers {answer.status}"
        spent = self._cpu() - start
        visitor.close()
        return 1000 * spent / times

    def _cpu(self):
        return sum(sum(worker.cpu_times()[:2]) for worker in self.workers)

    def _wait(self):
        for _ in range(300):
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1):
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("The server does not come up.")
