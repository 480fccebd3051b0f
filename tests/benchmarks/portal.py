"""The portal for benchmarks: a database of a given size, and the production web server."""

from datetime import timedelta

from django.core.management import call_command
from django.db import connection, connections
from django.utils import timezone

from creativenorth.run import webserver
from events.models import Activity, Session
from members.models import Company, Membership, ProfileVersion
from tests import factories, pages
from tests.benchmarks.server import Server
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


class Portal(Server):
    """The production server with one process, so that what is warm is warm."""

    settings = "tests.benchmarks.settings"

    def command(self, port):
        return webserver.command(host="127.0.0.1", port=port, workers=1)

    def __enter__(self):
        connections.close_all()
        return super().__enter__()
