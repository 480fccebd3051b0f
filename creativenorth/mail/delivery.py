"""Sends the mail of the outbox, with further attempts after temporary errors, and never twice as far as SMTP allows.

An attempt claims its mail by compare-and-set before it talks to the mail server. The claim of a killed worker times out; the
next attempt then has the same Message-ID, so that a mailbox shows one mail.
"""

import logging
import smtplib
from contextlib import suppress
from datetime import timedelta

from django.core.mail import get_connection
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from creativenorth.dates import calendars
from creativenorth.mail import pictures
from creativenorth.mail.models import Mail
from creativenorth.mail.smtp_backend import LONGEST_SESSION

logger = logging.getLogger(__name__)
State = Mail.State

RETRY_DELAYS = [
    timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720)
]  # eight attempts in about a day
CLAIM_TIMEOUT = timedelta(seconds=LONGEST_SESSION + 15)  # after that no attempt still goes on
LOST_AFTER = timedelta(minutes=10)


class Refused(Exception):
    """The mail server refused for good; another attempt would end the same way."""


def defer(mail, at=None):
    """Queue an attempt, now or `at`; a mail has one waiting job at most."""
    job = app.configure_task("creativenorth.send_mail", queue="mail", queueing_lock=f"mail:{mail.pk}", schedule_at=at)
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer(mail=mail.pk)


def attempt(pk):
    """Send the mail if it is due and no other worker has claimed it, and save the outcome."""
    mail = _claim(pk)
    if mail is None:
        return
    try:
        _send(mail)
    except Refused as refusal:
        _fail(mail, str(refusal))
    except Exception as error:
        logger.warning("mail %s was not sent", mail.uuid, exc_info=not isinstance(error, OSError))
        _try_later(mail, _in_words(error))
    else:
        _end(mail, state=State.SENT, sent_at=timezone.now(), error="")


def rescue():
    """Queue mail again whose worker died, or whose job was lost."""
    now = timezone.now()
    for mail in Mail.objects.filter(state=State.SENDING, claimed_at__lt=now - CLAIM_TIMEOUT):
        _try_later(mail, _("The queue worker was interrupted while sending."), wait=timedelta(0))
    lost = Q(state=State.QUEUED, created_at__lt=now - LOST_AFTER)
    lost |= Q(state=State.RETRY, next_attempt_at__lt=now - LOST_AFTER)
    for mail in Mail.objects.filter(lost).order_by("created_at")[:500]:
        defer(mail)


@transaction.atomic
def send_again(mail):
    """Queue a failed mail anew. False where it has not failed, or its secret text is erased."""
    again = Mail.objects.filter(pk=mail.pk, state=State.FAILED, is_secret=False).exclude(to="")
    if not again.update(state=State.QUEUED, attempts=0, claimed_at=None, next_attempt_at=None, error=""):
        return False
    defer(mail)
    return True


def _claim(pk):
    now = timezone.now()
    # Five seconds' tolerance: the database, which starts the job, may have another clock.
    due = Q(state=State.QUEUED) | Q(state=State.RETRY, next_attempt_at__lte=now + timedelta(seconds=5))
    claimed = Mail.objects.filter(due, pk=pk).update(state=State.SENDING, claimed_at=now, attempts=F("attempts") + 1)
    return Mail.objects.get(pk=pk) if claimed else None


def _send(mail):
    message = pictures.Message(
        mail.subject,
        mail.text,
        to=[mail.to],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=_headers(mail),
    )
    message.pictures = pictures.of_html(mail.html, mail.ticket_url)
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    _attach_calendar(message, calendars.parts(mail.calendar))
    connection = get_connection()
    try:
        connection.open()
        connection.send_messages([message])
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException) as error:
        if _is_permanent(error):
            raise Refused(_in_words(error)) from error
        raise
    except ValueError as error:
        raise Refused(_("The mail could not be written: %s") % error) from error
    finally:
        # The mail is already accepted; an error on closing must not cause another attempt.
        with suppress(Exception):
            connection.close()


def _attach_calendar(message, parts):
    """The first date as the mail's own, which programs take up at once; each further one as a file that they offer."""
    for number, (method, name, text) in enumerate(parts):
        kind = f'text/calendar; method={method}; name="{name}"'
        if number == 0:
            message.attach_alternative(text, kind)
        else:
            message.attach(name, text, kind)


def _headers(mail):
    headers = {"Message-ID": mail.message_id, "Auto-Submitted": "auto-generated", "Content-Language": mail.language}
    if mail.unsubscribe_url:  # RFC 8058
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _is_permanent(error):
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return False  # a fault of our settings, so the mail is tried again
    return all(code >= 500 for code, answer in _answers(error))


def _answers(error):
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return list(error.recipients.values())
    return [(error.smtp_code, error.smtp_error)]


def _in_words(error):
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return _("The mail server does not accept the portal's sign-in.")
    if isinstance(error, (smtplib.SMTPRecipientsRefused, smtplib.SMTPResponseException)):
        code, answer = _answers(error)[0]
        answer = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else str(answer)
        words = (
            _("The mail server refuses the mail: %s")
            if code >= 500
            else _("The mail server cannot take the mail now: %s")
        )
        return words % f"{code} {answer}"[:1000]
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return _("The mail server did not answer in time.")
    if isinstance(error, OSError):
        return _("The mail server could not be reached: %s") % str(error)[:1000]
    return _("The mail could not be sent: %s") % type(error).__name__


@transaction.atomic
def _try_later(mail, reason, wait=None):
    if mail.attempts > len(RETRY_DELAYS):
        _fail(mail, _("%(reason)s Given up after %(count)d attempts.") % {"reason": reason, "count": mail.attempts})
        return
    at = timezone.now() + (RETRY_DELAYS[max(mail.attempts, 1) - 1] if wait is None else wait)
    if _end(mail, state=State.RETRY, next_attempt_at=at, error=reason):
        defer(mail, at=at)


def _fail(mail, reason):
    logger.error("mail %s failed; the outbox says why", mail.uuid)  # without the reason, which names the receiver
    _end(mail, state=State.FAILED, next_attempt_at=None, error=reason)


def _end(mail, **columns):
    """Save the outcome of our own claim; one that has timed out meanwhile belongs to another worker."""
    if mail.is_secret and columns["state"] in (State.SENT, State.FAILED):
        columns |= {"subject": "", "text": "", "html": ""}
    return Mail.objects.filter(pk=mail.pk, state=State.SENDING, claimed_at=mail.claimed_at).update(**columns)
