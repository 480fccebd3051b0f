"""Whether mail goes out, for the start page and the outbox."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from creativenorth.mail.models import Mail
from creativenorth.run.health import WORKER_TIMEOUT

State = Mail.State
ALLOWED_DELAY = timedelta(minutes=15)
LOOKED_BACK = timedelta(days=30)
FAILURES_IN_A_ROW = 3


@dataclass(frozen=True)
class MailState:
    last_sent_at: datetime | None
    last_failed: Mail | None
    stuck: Mail | None
    failed_in_a_row: int
    has_worker: bool

    @property
    def is_broken(self):
        """Nothing was sent since the oldest waiting mail was due, or the last ones all failed."""
        return self.stuck is not None or self.failed_in_a_row >= FAILURES_IN_A_ROW

    @property
    def reason(self):
        """The mail server's last reason."""
        mail = self.stuck or self.last_failed
        return mail.error if mail else ""


def mail_state():
    """Four queries, each answered by an index."""
    now = timezone.now()
    mails = Mail.objects.only("state", "error", "to", "created_at", "sent_at", "is_secret", "subject")
    sent = mails.filter(state=State.SENT).order_by("-created_at").first()
    last_failed = mails.filter(state=State.FAILED).order_by("-created_at").first()
    waiting = mails.filter(state__in=[State.QUEUED, State.RETRY, State.SENDING], created_at__lt=now - ALLOWED_DELAY)
    stuck = waiting.filter(Q(next_attempt_at=None) | Q(attempts__gt=0)).order_by("created_at").first()
    if stuck and sent and sent.sent_at > stuck.created_at + ALLOWED_DELAY:
        stuck = None
    since = sent.created_at if sent else now - LOOKED_BACK
    return MailState(
        last_sent_at=sent.sent_at if sent else None,
        last_failed=last_failed,
        stuck=stuck,
        failed_in_a_row=mails.filter(state=State.FAILED, created_at__gt=since).count() if last_failed else 0,
        has_worker=ProcrastinateWorker.objects.filter(last_heartbeat__gt=now - WORKER_TIMEOUT).exists(),
    )


def failed_lately():
    """Mail of the last thirty days that was given up."""
    return Mail.objects.filter(state=State.FAILED, created_at__gt=timezone.now() - LOOKED_BACK)
