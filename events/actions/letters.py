"""Staff's own words to participants: one text, a mail of their own to each."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from creativenorth import mail
from events.actions.mails import cause_of, manage_url
from events.permissions import may_keep_list


@transaction.atomic
def write_to(registrations, *, by, idempotency_key, subject, text):
    """Queue the mail to each address among the registrations, once; the number of people who get it.

    The same form sent twice writes once. Raises `PermissionDenied`.
    """
    if not may_keep_list(by):
        raise PermissionDenied
    rows = {row.address: row for row in registrations.select_related("user", "activity") if row.address}
    for row in rows.values():
        context = {
            "subject": subject,
            "text": text,
            "name": row.name,
            "link": manage_url(row),
            "activity": row.activity.title,
        }
        language = row.user.language if row.user_id else row.language
        mail.queue(
            to=row.address, template="letter", context=context, language=language,
            cause=cause_of(row, f"letter:{idempotency_key}"), reply_to=by.email,
        )  # fmt: skip
    return len(rows)
