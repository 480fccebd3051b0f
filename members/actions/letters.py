"""Letters to many: sent to oneself as a test, sent now or later, withdrawn before that. All raise `PermissionDenied`."""

from contextlib import suppress

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from creativenorth import mail
from creativenorth.text.placeholders import fill
from members.hooks.notification_kinds import LETTER
from members.hooks.notifications import unsubscribe_url
from members.models import Letter
from members.permissions import may_send_letters
from members.recipient_lists import Recipient


class AlreadySent(Exception):
    pass


def _locked(letter, by):
    if not may_send_letters(by):
        raise PermissionDenied
    letter = Letter.objects.select_for_update(of=("self",), no_key=True).get(pk=letter.pk)
    if letter.sent_at:
        raise AlreadySent
    return letter


@transaction.atomic
def send_letter(*, by, letter, at=None):
    """Send the letter now or `at`; asked again before that, the last time counts. Raises `AlreadySent`."""
    letter = _locked(letter, by)
    letter.send_at = at or timezone.now()
    letter.written_by = letter.written_by or by
    letter.save(update_fields=["send_at", "written_by"])
    job = app.configure_task(
        "members.send_letters",
        queueing_lock=f"letter:{letter.pk}:{letter.send_at.timestamp():.0f}",
        schedule_at=letter.send_at,
    )
    with suppress(AlreadyEnqueued), transaction.atomic():
        job.defer()
    return letter


@transaction.atomic
def withdraw_letter(*, by, letter):
    """Make a scheduled letter a draft again. Raises `AlreadySent`."""
    letter = _locked(letter, by)
    letter.send_at = None
    letter.save(update_fields=["send_at"])
    return letter


@transaction.atomic
def send_test_letter(*, by, letter, idempotency_key):
    """Mail the letter to oneself as its first recipient would get it, once for each idempotency_key; returns the mail."""
    if not may_send_letters(by):
        raise PermissionDenied
    recipient = next(iter(letter.find_recipients()), None)
    recipient = recipient or Recipient("", by.email, by.name, "–", by.language)
    subject, text = subject_and_text(letter, recipient, by.language)
    subject = _("[Test] %s") % subject
    return mail.queue_text(
        to=by.email,
        subject=subject,
        text=text,
        language=by.language,
        cause=f"letter-test:{letter.pk}:{idempotency_key}",
        is_markdown=True,
    )


def subject_and_text(letter, recipient, language):
    """As that person gets them, in Markdown, with why they do under it."""
    values = letter.placeholder_values(recipient)
    with override(language):
        text = fill(letter.text, values)
        return fill(letter.subject, values), f"{text}\n\n{recipient.because}" if recipient.because else text


def deliver_due_letters():
    """Queue a mail to each recipient of each letter that is due; once, also when two workers run this."""
    for pk in list(Letter.objects.due().values_list("pk", flat=True)):
        _deliver(pk)


@transaction.atomic
def _deliver(pk):
    """All mails of the letter in one transaction."""
    if not Letter.objects.due().filter(pk=pk).update(sent_at=timezone.now()):
        return
    letter = Letter.objects.select_related("written_by").get(pk=pk)
    for recipient in letter.find_recipients():
        subject, text = subject_and_text(letter, recipient, recipient.language)
        mail.queue_text(
            to=recipient.email,
            subject=subject,
            text=text,
            language=recipient.language,
            cause=f"{letter.cause_prefix}{recipient.key}",
            reply_to=letter.written_by.email if letter.written_by else "",
            unsubscribe_url=unsubscribe_url(recipient.member, LETTER) if recipient.member else "",
            is_markdown=True,
        )
