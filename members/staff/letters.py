"""Sending a letter to many: a test, now or later, withdrawn, and the mail of each recipient."""

from functools import partial

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from creativenorth import mail
from creativenorth.forms.once import key_sent
from creativenorth.mail.shown import draft_document, frameable
from creativenorth.staff.pages import READS, WRITES, staff_page
from creativenorth.web.paging import page_of
from members.actions import letters
from members.forms.letters import SendForm
from members.models import Letter
from members.permissions import may_send_letters, may_view
from members.recipient_lists import Recipient

PER_PAGE = 50


@staff_page(Letter, allowed=may_send_letters, methods=WRITES)
def test(request, pk):
    """POST `idempotency_key`: sends the letter to oneself."""
    letter = get_object_or_404(Letter, pk=pk)
    letters.send_test_letter(by=request.user, letter=letter, idempotency_key=key_sent(request))
    messages.success(request, _("A test is on its way to %s.") % request.user.email)
    return redirect("admin:members_letter_change", pk)


@staff_page(Letter, allowed=may_send_letters, methods=WRITES)
def sending(request, pk):
    """POST `at`: sends it then, or now."""
    letter, form = get_object_or_404(Letter, pk=pk), SendForm(request.POST)
    if not form.is_valid():
        messages.error(request, form.errors["at"][0])
        return redirect("admin:members_letter_change", pk)
    at = form.cleaned_data["at"]
    is_later = at and at > timezone.now()
    message = _("The letter leaves at that time.") if is_later else _("The letter is leaving.")
    return _try(request, letter, message, letters.send_letter, at=at)


@staff_page(Letter, allowed=may_send_letters, methods=WRITES)
def withdrawal(request, pk):
    """POST: makes it a draft again, unless it is sent."""
    letter = get_object_or_404(Letter, pk=pk)
    return _try(request, letter, _("The letter is a draft again."), letters.withdraw_letter)


@staff_page(Letter, allowed=partial(may_view, model=Letter), methods=READS)
@frameable
def reading(request, pk):
    """GET ?as=: the HTML of the letter as that recipient of today gets it, else an invented one."""
    letter = get_object_or_404(Letter, pk=pk)
    found = (each for each in letter.find_recipients() if each.key == request.GET.get("as"))
    recipient = next(found, None) or Recipient("", "", _("Kim Example"), _("Example Studio"), get_language())
    subject, text = letters.subject_and_text(letter, recipient, recipient.language)
    return draft_document(mail.draft_text(subject=subject, text=text, language=recipient.language, is_markdown=True)[2])


def _try(request, letter, message, action, **asked):
    try:
        action(by=request.user, letter=letter, **asked)
        messages.success(request, message)
    except letters.AlreadySent:
        messages.warning(request, _("The letter has left already."))
    return redirect("admin:members_letter_change", letter.pk)


@staff_page(Letter, allowed=partial(may_view, model=Letter), methods=READS)
def deliveries(request, pk):
    """GET ?page=: each recipient's mail with its state and error; failed ones first."""
    letter = get_object_or_404(Letter, pk=pk)
    context = {
        "title": _("What became of “%s”") % letter,
        "letter": letter,
        "page": page_of(letter.mails.order_by("state", "to"), request.GET, PER_PAGE),
        "deliveries": letter.deliveries(),
        "can_send": request.user.has_perm("creativenorth.change_mail"),
    }
    return TemplateResponse(request, "admin/members/letter/deliveries.html", context)
