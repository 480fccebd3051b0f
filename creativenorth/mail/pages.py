"""Staff's pages of the outbox: whether mail goes out, what the sender's domain needs, a test mail, sending one mail again."""

import uuid
from email.utils import parseaddr

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext

from creativenorth import mail
from creativenorth.forms.once import key_sent
from creativenorth.mail import delivery
from creativenorth.mail.models import Mail
from creativenorth.mail.status import failed_lately, mail_state
from creativenorth.staff.pages import READS, WRITES, staff_page


def may_send(user):
    return user.has_perm("creativenorth.change_mail")


def may_read(user):
    return user.has_perm("creativenorth.view_mail") or may_send(user)


@staff_page(Mail, allowed=may_read, methods=READS)
def status(request):
    """GET: what was sent last, what failed, and which records the sender's domain needs. Asks nothing over the network."""
    context = {
        "title": gettext("Does mail go out?"),
        "state": mail_state(),
        "failed": failed_lately().count(),
        "domain": parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2].lower(),
        "can_send": may_send(request.user),
        "idempotency_key": uuid.uuid4(),
    }
    return TemplateResponse(request, "admin/creativenorth/mail/status.html", context)


@staff_page(Mail, allowed=may_send, methods=WRITES)
def test_mail(request):
    """POST `idempotency_key`: a test mail to oneself, one for each key."""
    person = request.user
    sent = mail.queue(
        to=person.email,
        event="test",
        context={"at": timezone.localtime()},
        language=person.language,
        cause=f"test:{person.pk}:{key_sent(request)}",
    )
    text = gettext("A test mail is on its way to %s. This page tells what becomes of it.") % person.email
    messages.success(request, text)
    return redirect("admin:creativenorth_mail_change", sent.pk)


@staff_page(Mail, allowed=may_send, methods=WRITES)
def again(request, pk):
    """POST: send a failed mail again."""
    if delivery.send_again(get_object_or_404(Mail, pk=pk)):
        messages.success(request, gettext("The mail is on its way again."))
    else:
        text = gettext("Only failed mail can be sent again, and never one whose secret text has been erased.")
        messages.warning(request, text)
    return redirect("admin:creativenorth_mail_change", pk)


# Under /admin/creativenorth/mail/.
urlpatterns = [
    path("status/", status, name="creativenorth_mail_status"),
    path("test/", test_mail, name="creativenorth_mail_test"),
    path("<int:pk>/again/", again, name="creativenorth_mail_again"),
]
