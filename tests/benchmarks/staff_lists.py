"""What the staff's lists cost: `python -m tests.benchmarks.staff_lists`, a minute, on a database server of its own.

Prints for each list, a search in it, and the start page the queries and the milliseconds with ten and with ten thousand rows.
"""

import os
import time
import tracemalloc
import uuid
from datetime import timedelta
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"

import django

django.setup()

from django.conf import settings
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from creativenorth.mail.models import Mail, MailTemplate
from members.models import (
    Affiliation,
    Company,
    Enquiry,
    EnquiryStep,
    Invitation,
    Letter,
    ProfileVersion,
    Skill,
    User,
)
from programmes.models import Programme
from tests import factories
from tests.benchmarks import portal

SIZES = [10, 10_000]
ROUNDS = 5
WORD = "00042"


def fill(size):
    """So many rows of every model that staff have a long list of; there is a handful of sectors and projects."""
    portal.fill(size)
    companies = list(Company.objects.order_by("pk"))
    _fill_people(size, companies)
    _fill_enquiries(size)
    _fill_the_rest(size, companies)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _missing(model, size):
    return range(model.objects.count(), size)


def _fill_people(size, companies):
    now, today = timezone.now(), timezone.localdate()
    people = User.objects.bulk_create(
        User(email=f"person{n:05}@bolag.example", name=f"Person {n:05}", last_login=now - timedelta(days=n % 400))
        for n in _missing(User, size)
    )
    affiliations = zip(people, companies, strict=False)
    Affiliation.objects.bulk_create(
        Affiliation(user=person, company=company, started_on=today) for person, company in affiliations
    )


def _fill_enquiries(size):
    now = timezone.now()
    enquiries = Enquiry.objects.bulk_create(
        Enquiry(
            kind="join",
            name=f"Nora {n:05}",
            email="n@ny.example",
            company_name=f"Ny {n:05}",
            message="Hej",
            idempotency_key=uuid.uuid4(),
            stage=["new", "contacted", "visited", "declined"][n % 4],
        )
        for n in _missing(Enquiry, size)
    )
    EnquiryStep.objects.bulk_create(
        EnquiryStep(enquiry=enquiry, stage="new", reached_at=now - timedelta(days=n % 9), left_at=now)
        for n, enquiry in enumerate(enquiries)
    )


def _fill_the_rest(size, companies):
    now, texts = timezone.now(), {"subject_sv": "Hej", "text_sv": "Hej"}
    rows = {
        Mail: lambda n: Mail(cause=f"x:{n}", to=f"m{n:05}@bolag.example", subject="Hej", text="Hej" * 500,
                             state=["sent", "failed"][n % 2], sent_at=now, error="550"),
        MailTemplate: lambda n: MailTemplate(name=f"Mall {n:05}", **texts),
        Letter: lambda n: Letter(**texts),
        Skill: lambda n: Skill(slug=f"k{n}", name_sv=f"Kunskap {n:05}", name_en=f"Skill {n:05}"),
        Programme: lambda n: Programme(slug=f"p{n}", title_sv=f"Program {n:05}", summary_sv="x", target_group="manager"),
        Invitation: lambda n: Invitation(company=companies[n % len(companies)], email=f"i{n:05}@ny.example",
                                         token_digest=f"{n:064}"),
        ProfileVersion: lambda n: ProfileVersion(company=companies[n], town="x", submitted_at=now),
    }  # fmt: skip
    for model, row in rows.items():
        model.objects.bulk_create([row(n) for n in _missing(model, size)])


def addresses():
    yield "the start page", "/admin/"
    yield "the search", f"/admin/search/?q={WORD}"
    for model in ("company", "user"):
        yield f"duplicates, {model}", reverse(f"admin:members_{model}_duplicates")
    for model, model_admin in admin.site._registry.items():
        if (
            model._meta.app_label in ("members", "events", "programmes", "creativenorth")
            and model._meta.model_name != "cluster"
        ):
            path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            yield model._meta.label_lower, path
            if model_admin.search_fields:
                yield f"{model._meta.label_lower}?q=", f"{path}?q={WORD}"


def cost(client, path):
    """Queries, and the median of the milliseconds."""
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(path).status_code == 200
    count, times = len(asked), []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - start) * 1000)
    return count, median(times)


def exports(client):
    """Each list of ten thousand rows as a file: queries, seconds, and the most that was in memory at once."""
    print(f"{'export':32} {'queries':>9} {'s':>6} {'MB':>5} {'file MB':>8}")
    for name in ("members_company", "members_user", "members_membership", "members_enquiry", "events_registration"):
        for form in ("xlsx", "csv"):
            path, start = reverse(f"admin:{name}_export", args=[form]), time.perf_counter()
            with CaptureQueriesContext(connection) as asked:
                size = sum(len(part) for part in client.post(path).streaming_content)
            seconds, count = time.perf_counter() - start, len(asked)
            tracemalloc.start()  # which slows everything down: once more, for the memory alone
            sum(len(part) for part in client.post(path).streaming_content)
            most = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
            print(f"{name + '.' + form:32} {count:9} {seconds:6.1f} {most / 1e6:5.0f} {size / 1e6:8.2f}")


def main():
    portal.make_database()
    settings.DEBUG = False
    coordinator = factories.make_user("sam@kluster.example", is_staff=True, is_superuser=True)
    found = {}
    for size in SIZES:
        fill(size)
        client = Client()
        client.force_login(coordinator, backend="allauth.account.auth_backends.AuthenticationBackend")
        for name, path in addresses():
            found.setdefault(name, []).append(cost(client, path))
    exports(client)
    print(f"{'page':32} {'queries':>9} {'ms':>13}")
    for name, ((few, fast), (many, slow)) in found.items():
        print(f"{name:32} {few:4} {many:4} {fast:6.0f} {slow:6.0f}")


if __name__ == "__main__":
    main()
