"""Mail in staff's own words to participants: one text, a mail of their own to each."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from creativenorth import mail
from creativenorth.text.swedish import name_key
from events.actions.mails.links import cause_of, registration_url
from events.permissions import may_manage_registrations


@transaction.atomic
def mail_participants(registrations, *, by, idempotency_key, subject, text):
    """Queue the mail to each person with an address among the registrations, and return how many get it.

    The same form sent twice mails once. Raises `PermissionDenied`.
    """
    if not may_manage_registrations(by):
        raise PermissionDenied
    found = registrations.select_related("user", "activity")
    rows = {(row.address, name_key(row.name)): row for row in found if row.address}
    for row in rows.values():
        context = {
            "subject": subject,
            "text": text,
            "name": row.name,
            "link": registration_url(row),
            "activity": row.activity.title,
        }
        language = row.user.language if row.user_id else row.language
        mail.queue(
            to=row.address,
            event="letter",
            context=context,
            language=language,
            cause=cause_of(row, f"letter:{idempotency_key}"),
            reply_to=by.email,
        )
    return len(rows)
