"""The pages that are measured: who reads what, and whether somebody has edited something before."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import admin
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from members.models import User
from tests import factories, pages
from tests.benchmarks.portal import edit
from tests.roles import signed_in

ACTIVITY = "/aktiviteter/berattarkvall/"
PUBLIC = {
    "cluster page": "/",
    "directory": "/foretag/",
    "activities": "/aktiviteter/",
    "company": "/foretag/full-fin-ab/",
    "activity": ACTIVITY,
}
OWN = {
    "my page": "/min-sida/",
    "activity": ACTIVITY,
    "sign-up form": f"{ACTIVITY}anmalan/",
    "my company": "/mitt-foretag/",
    "people of my company": "/en/my-company/people/",
    "directory": "/foretag/",
}


@dataclass(frozen=True)
class Page:
    name: str
    path: str
    cookie: str = ""
    is_edited: bool = False

    @property
    def is_kept(self):
        """Whether a finished page answers."""
        return not (self.cookie or self.is_edited) and self.path in PUBLIC.values()

    def queries(self):
        """How many queries the page takes: finished where it is kept, else made anew."""
        client, headers = Client(), {"cookie": self.cookie} if self.cookie else {}
        caches["pages"].clear()
        for _ in range(2):
            if self.is_edited:
                edit()
            with CaptureQueriesContext(connection) as found:
                answer = client.get(self.path, headers=headers)
            assert answer.status_code == 200, f"{self.path} answers {answer.status_code}"
        return len(found)


def everyday():
    """What visitors and members read most."""
    yield from (Page(f"{name}, finished", path) for name, path in PUBLIC.items())
    yield from (Page(f"{name}, after an edit", path, is_edited=True) for name, path in PUBLIC.items())
    cookie = _cookie(User.objects.get(email=pages.OWNER))
    yield from (Page(f"{name}, signed in", path, cookie) for name, path in OWN.items())
    yield Page("the frame alone", "/bare/")


def lists(size):
    for name in ("cluster page", "directory", "activities"):
        yield Page(f"{name}, {size}", PUBLIC[name], is_edited=True)


def of_staff():
    """The start page, the calendar of lists, and a form of each model that has rows."""
    staff = User.objects.filter(email="staff@bench.example").first() or factories.make_user(
        "staff@bench.example", is_staff=True, is_superuser=True
    )
    cookie = _cookie(staff)
    yield Page("staff: start page", "/admin/", cookie)
    for model in admin.site._registry:
        label, name = model._meta.label_lower, f"admin:{model._meta.app_label}_{model._meta.model_name}"
        if model._meta.app_label not in ("creativenorth", "members", "events", "programmes"):
            continue
        row = model._default_manager.order_by("pk").first()
        candidates = [(f"staff: {label}, list", reverse(f"{name}_changelist"))]
        candidates += [(f"staff: {label}, form", reverse(f"{name}_change", args=[row.pk]))] if row else []
        client = Client(headers={"cookie": cookie})
        yield from (Page(title, path, cookie) for title, path in candidates if client.get(path).status_code == 200)


def _cookie(user):
    return f"{settings.SESSION_COOKIE_NAME}={signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value}"
