"""What is erased by itself, and after how long. The privacy notice prints these numbers."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from creativenorth.mail.models import Mail

MAIL_DAYS = 90
EMPTY = {
    "to": "",
    "subject": "",
    "text": "",
    "html": "",
    "calendar": "",
    "reply_to": "",
    "unsubscribe_url": "",
    "ticket_url": "",
}


def empty_old_mail():
    """Erase receiver and content of mail that was sent or given up.

    The row and its cause stay: what was mailed once is not mailed again.
    """
    ended = Mail.objects.filter(state__in=[Mail.State.SENT, Mail.State.FAILED]).exclude(to="")
    old = ended.filter(created_at__lt=timezone.now() - timedelta(days=MAIL_DAYS))
    old.filter(state=Mail.State.FAILED).update(error="–", **EMPTY)
    old.update(error="", **EMPTY)


def forget_ended_limits():
    """Delete rate limits that are over, with the network addresses they were kept for."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [timezone.now()])
