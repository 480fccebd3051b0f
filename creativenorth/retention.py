"""What the house forgets by itself, and after how long. The privacy notice prints these numbers."""

from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from creativenorth.mail.models import Mail

MAIL_DAYS = 90
EMPTY = {"to": "", "subject": "", "text": "", "html": "", "calendar": "", "reply_to": "", "unsubscribe_url": ""}


def empty_old_mail():
    """Of a mail that was sent or given up, that it was so stays; to whom and what goes.

    The row stays for its cause: what was mailed once is not mailed again.
    """
    ended = Mail.objects.filter(state__in=[Mail.State.SENT, Mail.State.FAILED]).exclude(to="")
    old = ended.filter(created_at__lt=timezone.now() - timedelta(days=MAIL_DAYS))
    old.filter(state=Mail.State.FAILED).update(error="–", **EMPTY)
    old.update(error="", **EMPTY)


def forget_ended_limits():
    """Rate limits that are over, and the network addresses that they were kept for."""
    table = connection.ops.quote_name(settings.CACHES["default"]["LOCATION"])
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [timezone.now()])
