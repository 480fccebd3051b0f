"""Mail on the start page: a red line while none goes out, and what could not be delivered."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.dates import clock_text, date_text
from creativenorth.mail.status import failed_lately, mail_state
from creativenorth.staff.todos import ToDo, Urgency, todos


@todos.register
def mail(user):
    if not user.has_perm("creativenorth.view_mail"):
        return
    state = mail_state()
    outbox = reverse("admin:creativenorth_mail_changelist")
    if state.is_broken:
        status = reverse("admin:creativenorth_mail_status")
        yield ToDo(Urgency.BROKEN, _("Mail does not go out."), status, detail=_why(state))
    if state.last_failed and (count := failed_lately().count()):
        text = ngettext("mail could not be delivered", "mails could not be delivered", count)
        yield ToDo(Urgency.NOW, text, f"{outbox}?state__exact=failed", str(count), state.last_failed.error[:160])


def _why(state):
    since = state.last_sent_at
    sentences = [
        _("The last one left %(day)s at %(time)s.") % {"day": date_text(since), "time": clock_text(since)}
        if since
        else _("None has ever been sent."),
        state.reason[:200],
    ]
    if not state.has_worker:
        sentences.append(_("The queue worker is not running."))
    return " ".join(part for part in sentences if part)
