from urllib.parse import urlsplit

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from creativenorth.forms.csrf import TOO_OLD, shows_form_again
from creativenorth.web import limits
from creativenorth.web.limits import LimitReached
from creativenorth.web.pagecache import public_page
from members.actions.enquiries import is_received, receive_enquiry
from members.forms.enquiries import BarrierForm, ContactForm, JoinForm
from members.models import Company


@shows_form_again
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def join(request):
    """GET: the form to join. POST: thanks; 422 with errors; 429 where one network address sends too much, the text kept."""
    return _enquiry(request, form_class=JoinForm, template="members/join.html")


@shows_form_again
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact(request):
    """GET ?foretag=: the form to ask a question, or to be put in touch with that company. POST: as `join`."""
    return _enquiry(request, form_class=ContactForm, template="members/contact.html", initial=_about_company(request))


def _about_company(request):
    company = Company.objects.public().filter(slug=request.GET.get("foretag", "")).first()
    return {"message": _("I would like to get in touch with %s.") % company} if company else {}


@shows_form_again
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def barrier(request):
    """GET: the form to report a barrier, with the page one came from filled in. POST: as `join`."""
    return _enquiry(
        request, form_class=BarrierForm, template="members/accessibility_barrier.html", initial=_came_from(request)
    )


@public_page
@login_not_required
@require_safe
def thanks(request, kind):
    """GET: what happens next, after one of the three forms; 404 for another kind."""
    if kind not in {form.kind for form in (JoinForm, ContactForm, BarrierForm)}:
        raise Http404
    return render(request, "members/thanks.html", {"kind": kind})


def _enquiry(request, *, form_class, template, initial=None):
    if request.method != "POST":
        return render(request, template, {"form": form_class(initial=initial)})
    form = form_class(request.POST)
    if getattr(request, "has_no_token", False):
        form.add_error(None, _("%(why)s Everything you wrote is still here: send it once more.") % {"why": TOO_OLD})
        return render(request, template, {"form": form}, status=403)
    if form.is_trapped():
        return redirect("members:thanks", kind=form.kind)
    if not form.is_valid():
        return render(request, template, {"form": form}, status=422)
    writing = {"idempotency_key": form.cleaned_data["idempotency_key"], "contents": form.contents()}
    try:
        if not is_received(**writing):
            limits.use("enquiry", request=request, address=writing["contents"].get("email") or "")
    except LimitReached as reached:
        form.add_error(None, reached.text)
        return render(request, template, {"form": form}, status=429)
    receive_enquiry(kind=form.kind, language=get_language(), **writing)
    return redirect("members:thanks", kind=form.kind)


def _came_from(request):
    source = urlsplit(request.headers.get("Referer", ""))
    return {"address": source.path[:500]} if source.netloc == request.get_host() else {}
