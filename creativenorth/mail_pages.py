"""The outbox's own pages: whether mail goes out and is believed, a test mail, and one mail again."""

import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from creativenorth import delivery, mail, senderdomain
from creativenorth.mailstate import failed_lately, mail_state
from creativenorth.models import Mail


class MailPages:
    """Views of the outbox's admin; each asks for the permission itself."""

    @method_decorator(require_safe)
    def status_view(self, request):
        """GET: what went out last, what failed, and what the sender's domain says; nothing is asked over the network."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        context = self.admin_site.each_context(request) | {
            "title": gettext("Does mail go out?"),
            "subtitle": None,
            "opts": self.opts,
            "state": mail_state(),
            "failed": failed_lately().count(),
            "domain": senderdomain.sender_domain(),
            "look": senderdomain.last_look(),
            "can_send": self.has_send_permission(request),
            "nonce": uuid.uuid4(),
        }
        return render(request, "admin/creativenorth/mail/status.html", context)

    @method_decorator(require_POST)
    def test_view(self, request):
        """POST `nonce`: a test mail to oneself, one for each nonce."""
        self._require_send(request)
        try:
            nonce = uuid.UUID(request.POST.get("nonce", ""))
        except ValueError:
            nonce = uuid.uuid4()
        person = request.user
        sent = mail.queue(
            to=person.email, template="test", context={"at": timezone.localtime()}, language=person.language,
            cause=f"test:{person.pk}:{nonce}",
        )  # fmt: skip
        said = gettext("A test mail is on its way to %s. This page tells what becomes of it.") % person.email
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:creativenorth_mail_change", args=[sent.pk]))

    @method_decorator(require_POST)
    def look_view(self, request):
        """POST: ask the name servers about the sender's domain."""
        self._require_send(request)
        senderdomain.look_again()
        return HttpResponseRedirect(reverse("admin:creativenorth_mail_status"))

    @method_decorator(require_POST)
    def again_view(self, request, pk):
        """POST: give a failed mail its attempts back."""
        self._require_send(request)
        failed = get_object_or_404(Mail, pk=pk)
        if delivery.send_again(failed):
            self.message_user(request, gettext("The mail is on its way again."), messages.SUCCESS)
        else:
            text = gettext("Only failed mail can be sent again, and never one whose secret text has been erased.")
            self.message_user(request, text, messages.WARNING)
        return HttpResponseRedirect(reverse("admin:creativenorth_mail_change", args=[pk]))

    def _require_send(self, request):
        if not self.has_send_permission(request):
            raise PermissionDenied
