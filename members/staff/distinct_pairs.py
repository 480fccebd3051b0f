"""Companies that look alike and are marked as distinct: marking, unmarking, and the list of pairs."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from creativenorth.staff.pages import READS, WRITES, staff_page
from creativenorth.web.paging import page_of
from members.actions.merging.distinct_pairs import CompanyGone, mark_as_distinct, unmark_as_distinct
from members.models import Company, DistinctPair
from members.permissions import may_merge
from members.staff.merging import PER_PAGE, number


@staff_page(allowed=may_merge, methods=WRITES)
def mark(request):
    """POST `one`, `two`: marks the pair as distinct; again changes nothing. 404 where one does not exist."""
    one, two = _both(request)
    try:
        mark_as_distinct(by=request.user, one=one, two=two)
    except CompanyGone as error:
        raise Http404 from error
    message = _("%(one)s and %(two)s count as two, and are not shown here again.")
    messages.success(request, message % {"one": one, "two": two})
    return redirect("admin:members_company_duplicates")


@staff_page(allowed=may_merge, methods=WRITES)
def unmark(request):
    """POST `one`, `two`: removes the mark; again changes nothing."""
    one, two = _both(request)
    unmark_as_distinct(by=request.user, one=one, two=two)
    messages.success(request, _("%(one)s and %(two)s may be the same again.") % {"one": one, "two": two})
    return redirect("admin:members_company_distinct_pairs")


def _both(request):
    keys = {number(request.POST.get(name)) for name in ("one", "two")}
    found = list(Company.objects.filter(pk__in=keys).order_by("pk"))
    if len(found) < 2:
        raise Http404
    return found


@staff_page(Company, allowed=may_merge, methods=READS)
def distinct_pairs(request):
    """GET ?page=: the marked pairs, the latest first."""
    pairs = DistinctPair.objects.select_related("one", "two", "decided_by")
    context = {
        "title": _("Not the same"),
        "page": page_of(pairs, request.GET, PER_PAGE),
        "undo_url": reverse("admin:members_company_unmark_distinct"),
        "back_url": reverse("admin:members_company_duplicates"),
    }
    return TemplateResponse(request, "admin/members/merging/distinct_pairs.html", context)
