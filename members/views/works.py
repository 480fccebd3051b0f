"""The works of one's company: a page for each, and their order."""

from urllib.parse import urlencode
from uuid import uuid4

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from creativenorth.forms.confirmation import ask, is_confirmed
from creativenorth.text.numbers import whole_number
from creativenorth.web.fragments import is_fragment
from members.actions.profile.works import (
    MOST_WORKS,
    TooManyWorks,
    UnknownWork,
    move_work,
    put_back_work,
    remove_work,
    save_work,
    work_in,
)
from members.forms.works import WorkForm
from members.models import Work
from members.views.company_frame import address, editable_company, frame
from members.views.profile import save_form
from members.views.profile_page import answer, removal_question


@never_cache
@require_safe
def new_work(request):
    """GET: an empty work; its form has a key already, so that sending it twice saves one work."""
    companies, company = editable_company(request)
    return _page(request, company, companies, WorkForm(work=Work(key=uuid4())))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def work(request, key):
    """GET: a work of the draft, to edit.

    POST: writes it into the draft; `show` renders its texts and saves nothing. 404 for an unknown work, 409 where somebody
    else changed it meanwhile or there is no room, 422 with errors.
    """
    companies, company, found = _found(request, key)
    if request.method != "POST":
        if not found.pk:
            raise Http404
        return _page(request, company, companies, WorkForm(work=found))
    form = WorkForm(request.POST, request.FILES, work=found)
    if "show" in request.POST and form.is_valid():
        return _page(request, company, companies, form, shows=True)
    status = _save(form, by=request.user, company=company, key=key)
    if status != 200:
        return _page(request, company, companies, form, status)
    messages.success(request, _("Saved in the draft. Publish when you are ready."))
    return _to_the_works(company, companies, sparat=key)


def _found(request, key):
    """(one's companies, the chosen one, its work with the key, which may be new); 404 for a work of another company."""
    companies, company = editable_company(request)
    if Work.objects.filter(key=key).exclude(version__company=company).exists():
        raise Http404
    return companies, company, work_in(company.draft or company.profile, key)


def _save(form, **who):
    try:
        return save_form(form, save_work, **who)
    except TooManyWorks:
        form.add_error(None, _("There is room for %(count)s works. Take one away first.") % {"count": MOST_WORKS})
        return 409


def _page(request, company, companies, form, status=200, *, shows=False):
    key = form.work.key
    context = frame(request, company, companies, "profile") | {
        "form": form,
        "work": {"key": key, "url": address("members:my_company_work", company, companies, key)},
        "is_new": not form.work.pk,
        "is_wrong": form.is_bound and bool(form.errors),
        "shows": shows,
    }
    return render(request, "members/my_company_work.html", context, status=status)


@never_cache
@require_POST
def position(request, key):
    """POST `position` (0 is the first): moves the work there in the draft. 404 for an unknown work or position."""
    companies, company, _work = _found(request, key)
    wanted = whole_number(request.POST.get("position"))
    if wanted is None or wanted >= MOST_WORKS:
        raise Http404
    try:
        move_work(by=request.user, company=company, key=key, position=wanted)
    except UnknownWork as error:
        raise Http404 from error
    return _changed(request, company, companies)


@never_cache
@require_POST
def removal(request, key):
    """POST: removes the work in the draft; with `put_back` it stays after all. Again changes nothing; asks first, unless confirmed."""
    companies, company, work = _found(request, key)
    is_put_back = "put_back" in request.POST
    if not (is_put_back or is_confirmed(request)):
        question = removal_question((work and work.title_sv) or "–")
        return ask(request, question, back_url=address("members:my_company", company, companies))
    act = put_back_work if is_put_back else remove_work
    act(by=request.user, company=company, key=key)
    return _changed(request, company, companies)


def _changed(request, company, companies):
    if is_fragment(request):
        return answer(
            request, company, companies, key="works", saved_text=_("Saved in the draft. Publish when you are ready.")
        )
    return _to_the_works(company, companies)


def _to_the_works(company, companies, **saved):
    """`sparat` names the work whose text the browser need not keep any longer."""
    page = address("members:my_company", company, companies)
    return redirect(f"{page}{'&' if '?' in page else '?'}{urlencode({'del': 'works'} | saved)}#section-works")
