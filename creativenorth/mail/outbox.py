"""The outbox: a mail is a row first, written in the transaction of its cause, so that neither exists without the other.

    mail.queue(to=user.email, event="invitation", context={…}, language=user.language, cause=f"invitation:{pk}")

Which mail an event is, creativenorth.mail.table says. Its template `templates/mail/<template>.txt` has the subject on the first
line, the text after it; creativenorth.mail.html makes the HTML part of the same words. The queue worker sends
(creativenorth.mail.delivery); no request ever waits for SMTP.
"""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template import Context
from django.template.loader import get_template
from django.urls import reverse
from django.utils import translation
from django.utils.text import Truncator

from creativenorth.hooks import Hook
from creativenorth.mail import delivery, templates
from creativenorth.mail.html import html_of
from creativenorth.mail.models import Mail, SystemMail
from creativenorth.mail.table import row_for
from creativenorth.text import placeholders
from creativenorth.text.addresses import normal_address
from creativenorth.text.richtext import plain, render

footer_facts = Hook("Called with nothing; answers {name: value} of what the footer of every mail says of the portal.")


class UnsafeHeader(ValueError):
    """A line break in what would become a header of the mail, or an address that is none."""


@transaction.atomic
def queue(*, to, event, context, language, cause, reply_to="", is_secret=False, unsubscribe_url="", calendar=""):
    """One mail for one cause: asking again with the same `cause` returns the first and sends nothing more.

    `is_secret` marks a text that signs somebody in: it is never shown, and erased once sent. `unsubscribe_url` stands in
    the footer, and in the headers by which mail programs unsubscribe with one click (RFC 8058).
    `calendar` is one or several invitations and cancellations by `creativenorth.dates.calendars`, which calendars take up by
    themselves. `note` in the context is a sentence of the portal's own under the greeting, also over staff's words.
    Replies go to `reply_to`, else to the cluster's contact. Raises `UnsafeHeader`.
    """
    subject, text, html = draft(event=event, context=context, language=language, unsubscribe_url=unsubscribe_url)
    return _write(
        to=to,
        subject=subject,
        text=text,
        html=html,
        language=language,
        cause=cause,
        reply_to=reply_to,
        is_secret=is_secret,
        unsubscribe_url=unsubscribe_url,
        calendar=calendar,
        ticket_url=next((each["ticket_url"] for each in context.get("occasions", []) if each.get("ticket_url")), ""),
    )


def draft(*, event, context, language, unsubscribe_url=""):
    """Subject, text and HTML as `queue` would write them."""
    with translation.override(language):
        facts = _frame(language, unsubscribe_url) | context
        subject, text = _words(event, facts)
        html = html_of(subject, text, facts | {"button": _button(event, facts)})
        return subject, _with_footer(text, facts), html


def _button(event, facts):
    row = row_for(event, facts)
    return str(row.button) if row else None


def _frame(language, unsubscribe_url):
    """What every mail says around its text; the front page is the one in the mail's language."""
    return {
        "site_url": settings.SITE_URL,
        "front_page_url": f"{settings.SITE_URL}{reverse('cluster')}",
        "language": language,
        "site": _facts(),
        "unsubscribe_url": unsubscribe_url,
    }


@transaction.atomic
def queue_message(message, *, cause, is_secret=False):
    """Queue a finished `EmailMessage` to one person, as other packages make them; the sender becomes the portal's."""
    if len(message.recipients()) != 1:
        raise ValueError("A mail goes to one person.")
    alternatives = getattr(message, "alternatives", [])
    return _write(
        to=message.recipients()[0],
        subject=message.subject,
        text=message.body,
        html=next((content for content, kind in alternatives if kind == "text/html"), ""),
        language=(translation.get_language() or "sv")[:2],
        cause=cause,
        reply_to=message.reply_to[0] if message.reply_to else "",
        is_secret=is_secret,
    )


@transaction.atomic
def queue_text(*, to, subject, text, language, cause, reply_to="", unsubscribe_url="", is_markdown=False):
    """Queue a mail that a person has written, with the portal's footer under it. As with `queue`, one mail for one cause."""
    subject, text, html = draft_text(
        subject=subject, text=text, language=language, unsubscribe_url=unsubscribe_url, is_markdown=is_markdown
    )
    return _write(
        to=to,
        subject=subject,
        text=text,
        html=html,
        language=language,
        cause=cause,
        reply_to=reply_to,
        unsubscribe_url=unsubscribe_url,
    )


def draft_text(*, subject, text, language, unsubscribe_url="", is_markdown=False):
    """Subject, text and HTML as `queue_text` would write them."""
    subject = " ".join(subject.split())
    with translation.override(language):
        facts = _frame(language, unsubscribe_url)
        if is_markdown:
            return subject, _with_footer(plain(text), facts), html_of(subject, text, facts, markdown=render(text))
        return subject, _with_footer(text.strip(), facts), html_of(subject, text.strip(), facts)


def _contact_address():
    cluster = _facts().get("cluster")
    return cluster.contact_email if cluster else ""


def _facts():
    return {name: value for facts in footer_facts() for name, value in facts.items()}


def _words(event, facts):
    """Subject and text without the footer, in staff's wording where there is one."""
    row = row_for(event, facts)
    whole = _plain(f"mail/{row.template if row else event}.txt", facts).strip()
    subject, _, text = whole.partition("\n")
    own_subject, own_text = _own_words(event, facts)
    return " ".join((own_subject or subject).split()), _with_note((own_text or text).strip(), facts.get("note"))


def _with_footer(text, facts):
    return f"{text}\n\n{_plain('mail/_footer.txt', facts).strip()}\n"


def _with_note(text, note):
    greeting, _gap, rest = text.partition("\n\n")
    return "\n\n".join(filter(None, [greeting, note, rest]))


def _own_words(event, facts):
    """Staff's wording of this mail in its language, filled in; "" where they have left the built-in text."""
    known = templates.mail_type_of(event, facts)
    row = SystemMail.objects.filter(key=known.key).first() if known else None
    if row is None:
        return "", ""
    values, language = known.values(facts), facts["language"]
    return [placeholders.fill(getattr(row, f"{name}_{language}"), values) for name in ("subject", "text")]


def _plain(name, facts):
    return get_template(name).template.render(Context(facts, autoescape=False))


def _write(*, cause, **columns):
    columns["reply_to"] = columns["reply_to"] or _contact_address()
    for name in ("to", "subject", "reply_to"):
        if "\n" in columns[name] or "\r" in columns[name]:
            raise UnsafeHeader(f"A line break in {name} of a mail.")
    try:
        columns |= {name: normal_address(columns[name]) for name in ("to", "reply_to") if columns[name]}
    except ValidationError as error:
        raise UnsafeHeader("A mail to what is no address.") from error
    columns["subject"] = Truncator(columns["subject"]).chars(200)
    mail, is_new = Mail.objects.get_or_create(cause=cause, defaults=columns)
    if is_new:
        delivery.defer(mail)
    return mail
