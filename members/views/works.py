"""The works of one's company: a page for each, and their order."""

import re
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creativenorth.web.fragments import is_fragment
from members.actions.profile.drafts import current_values
from members.actions.profile.works import (
    MOST_WORKS,
    TooManyWorks,
    UnknownWork,
    move_work,
    put_back_work,
    remove_work,
    save_work,
)
from members.forms.works import WorkForm
from members.models import Work
from members.profile.draft import new_work_key, works_in
from members.views.company_frame import address, editable_company, frame
from members.views.profile import save_form
from members.views.profile_page import answer

_NEW_KEY = re.compile(r"n[0-9a-f]{8}")


@never_cache
@require_safe
def new_work(request):
    """GET: an empty work; its form has a key already, so that sending it twice saves one work."""
    companies, company = editable_company(request)
    values, _draft = current_values(company)
    return _page(request, company, companies, WorkForm(key=new_work_key(), values=values))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def work(request, key):
    """GET: a work of the draft, to edit.

    POST: writes it into the draft; `show` renders its texts and saves nothing. 404 for an unknown work, 409 where somebody
    else changed it meanwhile or there is no room, 422 with errors.
    """
    companies, company = editable_company(request)
    values, _draft = current_values(company)
    is_post = request.method == "POST"
    if f"work:{key}:title_sv" not in values and not (is_post and _NEW_KEY.fullmatch(key)):
        return _taken_away(request, company, companies, key, values)
    form = (
        WorkForm(request.POST, request.FILES, key=key, values=values) if is_post else WorkForm(key=key, values=values)
    )
    if not is_post or ("show" in request.POST and form.is_valid()):
        return _page(request, company, companies, form, shows=is_post)
    status = _save(form, by=request.user, company=company, key=key)
    if status != 200:
        return _page(request, company, companies, form, status)
    messages.success(request, _("Saved in the draft. Publish when you are ready."))
    return _to_the_works(company, companies, sparat=key)


def _taken_away(request, company, companies, key, values):
    """Staff have deleted the work while somebody edited it: the form comes back as that of a new one."""
    if request.method != "POST" or not key.isdigit() or Work.objects.filter(pk=key).exists():
        raise Http404
    form = WorkForm(request.POST, request.FILES, key=new_work_key(), values=values)
    form.full_clean()
    form.add_error(None, _("This work has been taken away meanwhile. Save again, with its picture, to add it anew."))
    return _page(request, company, companies, form, 409)


def _save(form, **who):
    try:
        return save_form(form, save_work, **who)
    except TooManyWorks:
        form.add_error(None, _("There is room for %(count)s works. Take one away first.") % {"count": MOST_WORKS})
        return 409


def _page(request, company, companies, form, status=200, *, shows=False):
    values = {"key": form.work_key, "url": address("members:my_company_work", company, companies, form.work_key)}
    context = frame(request, company, companies, "profile") | {
        "form": form,
        "work": values,
        "is_new": form.work_key not in works_in(form.values),
        "shows": shows,
    }
    return render(request, "members/my_company_work.html", context, status=status)


@never_cache
@require_POST
def position(request, key):
    """POST `position` (0 is the first): moves the work there in the draft. 404 for an unknown work or position."""
    companies, company = editable_company(request)
    wanted = request.POST.get("position", "")
    if not (wanted.isascii() and wanted.isdigit() and len(wanted) < 3):
        raise Http404
    try:
        move_work(by=request.user, company=company, key=key, position=int(wanted))
    except UnknownWork as error:
        raise Http404 from error
    return _changed(request, company, companies)


@never_cache
@require_POST
def removal(request, key):
    """POST: removes the work in the draft; with `put_back` it stays after all. Again changes nothing."""
    companies, company = editable_company(request)
    values, _draft = current_values(company)
    if not (_NEW_KEY.fullmatch(key) or f"work:{key}:title_sv" in values):
        raise Http404
    act = put_back_work if "put_back" in request.POST else remove_work
    act(by=request.user, company=company, key=key)
    return _changed(request, company, companies)


def _changed(request, company, companies):
    if is_fragment(request):
        return answer(request, company, companies, key="works", is_saved=True)
    return _to_the_works(company, companies)


def _to_the_works(company, companies, **saved):
    """`sparat` names the work whose text the browser need not keep any longer."""
    page = address("members:my_company", company, companies)
    return redirect(f"{page}{'&' if '?' in page else '?'}{urlencode({'del': 'works'} | saved)}#section-works")
