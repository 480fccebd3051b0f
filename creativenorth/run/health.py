"""Addresses for monitoring: /healthz and /readyz."""

import functools
from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Q
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateWorker

from creativenorth.run.proxies import wrong_count

# A worker writes a heartbeat every ten seconds; one without for so long is dead.
WORKER_TIMEOUT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=15)


class HealthMiddleware:
    """Answers before anything asks for the host: a balancer may ask by the machine's address, which is none of ALLOWED_HOSTS."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        view = {"/healthz": healthz, "/readyz": readyz}.get(request.path_info)
        return view(request) if view else self.get_response(request)


@require_safe
@never_cache
@login_not_required
def healthz(request):
    """GET: 200 as long as this process answers, for a load balancer."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
@login_not_required
def readyz(request):
    """GET: 200 when database, migrations and queue are in order, else 503 and what is not, for monitoring."""
    state = _state() | _proxies(request)
    return JsonResponse(state, status=200 if set(state.values()) == {"ok"} else 503)


def _proxies(request):
    """Nothing where none has forwarded the request, as when the machine asks itself."""
    named = request.proxies_named
    return {"proxies": "ok" if named == settings.TRUSTED_PROXIES else wrong_count(named)} if named else {}


def _state():
    try:
        if unapplied := _migrations() - set(MigrationRecorder(connection).applied_migrations()):
            return {"database": "ok", "migrations": f"{len(unapplied)} not applied", "queue": "unknown"}
        return {"database": "ok", "migrations": "ok", "queue": _queue()}
    except DatabaseError:
        return {"database": "no answer", "migrations": "unknown", "queue": "unknown"}


def _queue():
    now = timezone.now()
    if not ProcrastinateWorker.objects.filter(last_heartbeat__gt=now - WORKER_TIMEOUT).exists():
        return "no worker"
    due = Q(job__scheduled_at=None) | Q(job__scheduled_at__lt=now - LONGEST_WAIT)
    waiting = ProcrastinateEvent.objects.filter(due, job__status="todo", type="deferred", at__lt=now - LONGEST_WAIT)
    return "jobs wait too long" if waiting.exists() else "ok"


@functools.cache
def _migrations():
    return set(MigrationLoader(None).graph.nodes)
