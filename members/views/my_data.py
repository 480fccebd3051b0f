"""My data: see it, correct it, take it away, erase it."""

from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth import logout
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from creativenorth.dates import date_text
from creativenorth.retention import MAIL_DAYS
from members.actions.accounts import signed_in_recently
from members.actions.erasure import StaffAccount, erase_person
from members.actions.people import LastOwner, is_last_owner
from members.forms.my_data import ErasureForm, MyDataForm
from members.hooks.personal_data import as_file, erasure_locks_on, parts_of
from members.models import User

SHOWN = 5


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_data(request):
    """GET: everything the portal knows of the person. POST: changes name, phone and language.

    422 with errors, 409 where another tab has changed the same meanwhile.
    """
    person = User.objects.get(pk=request.user.pk)
    form = MyDataForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save_changed()
        messages.success(request, _("Saved."))
        return redirect("members:my_data")
    known = parts_of(request.user)
    parts = [_on_page(part, rows) for part, rows in known if rows]
    context = {"form": form, "parts": parts, "unknown": [part.title for part, rows in known if not rows]}
    return render(request, "members/my_data.html", context, status=form.error_status if form.errors else 200)


def _on_page(part, rows):
    """The first rows without empty values; the file has everything."""
    message = [[(name, value) for name, value in row.items() if value not in ("", None)] for row in rows[:SHOWN]]
    shown = [[(part.labels[name], _words(value)) for name, value in row] for row in message]
    return {"key": part.key, "title": part.title, "rows": shown, "more": len(rows) - len(shown)}


def _words(value):
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, (date, datetime)):
        return date_text(value, with_year=True)
    return value


@never_cache
@require_safe
def download(request):
    """GET: the same as a JSON file, with keys in English and times with their zone."""
    everything = {"written_at": timezone.now()} | as_file(request.user)
    response = JsonResponse(everything, json_dumps_params={"ensure_ascii": False, "indent": 2})
    response["Content-Disposition"] = 'attachment; filename="creative-north-my-data.json"'
    return response


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def erasure(request):
    """GET: what is erased, what stays until when, and why. POST: erases, for those who have just signed in.

    422 where the address is not the account's, 409 for the last owner of a company.
    """
    owned = [
        affiliation.company
        for affiliation in request.user.affiliations.current().select_related("company")
        if is_last_owner(affiliation)
    ]
    is_recent = signed_in_recently(request)
    form = ErasureForm(request.POST or None, user=request.user) if is_recent else None
    status = 422 if form and form.errors else 200
    if request.method == "POST" and form and form.is_valid():
        try:
            until = erase_person(by=request.user)
        except (LastOwner, StaffAccount):
            status = 409
        else:
            return _farewell(request, until)
    context = {"owned": owned, "form": form, "locks": erasure_locks_on(request.user), "again": _sign_in_again()}
    context["mail_days"] = MAIL_DAYS
    return render(request, "members/my_data_erasure.html", context, status=status)


def _sign_in_again():
    return f"{reverse('account_login')}?next={reverse('members:my_data_erasure')}"


def _farewell(request, until):
    logout(request)
    if until:
        day = date_text(until, with_year=True)
        messages.success(request, _("Your account is closed. Your name and address are erased on %s.") % day)
    else:
        messages.success(request, _("Your account is erased."))
    return redirect("cluster")
