"""Whether mail goes out, as the start page and the outbox tell it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateWorker

from creativenorth.mail.models import Mail
from creativenorth.run.health import WORKER_TIMEOUT

State = Mail.State
PATIENCE = timedelta(minutes=15)
REMEMBERED = timedelta(days=30)
IN_A_ROW = 3


@dataclass(frozen=True)
class MailState:
    """What is known of the outbox now."""

    last_sent_at: datetime | None
    last_failed: Mail | None
    stuck: Mail | None
    failed_in_a_row: int
    has_worker: bool

    @property
    def is_broken(self):
        """Nothing has gone out since the oldest mail began to wait, or one after the other has failed."""
        return self.stuck is not None or self.failed_in_a_row >= IN_A_ROW

    @property
    def reason(self):
        """The last reason that the mail server gave."""
        blamed = self.stuck or self.last_failed
        return blamed.error if blamed else ""


def mail_state():
    """Four queries, each answered by an index."""
    now = timezone.now()
    mails = Mail.objects.only("state", "error", "to", "created_at", "sent_at", "is_secret", "subject")
    sent = mails.filter(state=State.SENT).order_by("-created_at").first()
    last_failed = mails.filter(state=State.FAILED).order_by("-created_at").first()
    waiting = mails.filter(state__in=[State.QUEUED, State.RETRY, State.SENDING], created_at__lt=now - PATIENCE)
    stuck = waiting.filter(Q(next_attempt_at=None) | Q(attempts__gt=0)).order_by("created_at").first()
    if stuck and sent and sent.sent_at > stuck.created_at + PATIENCE:
        stuck = None
    since = sent.created_at if sent else now - REMEMBERED
    return MailState(
        last_sent_at=sent.sent_at if sent else None,
        last_failed=last_failed,
        stuck=stuck,
        failed_in_a_row=mails.filter(state=State.FAILED, created_at__gt=since).count() if last_failed else 0,
        has_worker=ProcrastinateWorker.objects.filter(last_heartbeat__gt=now - WORKER_TIMEOUT).exists(),
    )


def failed_lately():
    """Mail of the last thirty days that has been given up."""
    return Mail.objects.filter(state=State.FAILED, created_at__gt=timezone.now() - REMEMBERED)
