"""Merging two companies or two people: the list of likely duplicates, the search for one, the comparison of two."""

from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_field
from django.core.files.storage import default_storage
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from creativenorth.staff.pages import READS, staff_page
from creativenorth.text.numbers import whole_number
from creativenorth.web.paging import page_of
from members.actions.merging import ChangedMeanwhile, choices, merge_companies, merge_people
from members.actions.merging.duplicates import REASONS, likely_duplicates_of, likely_pairs
from members.actions.merging.relations import counted
from members.models import Company, DistinctPair, Merge, ProfileVersion, User
from members.permissions import may_merge, why_not_merge
from members.profile.changes import value_text

PER_PAGE, MOST_FOUND, LONGEST = 25, 20, 700
ACTIONS = {Company: merge_companies, User: merge_people}
MERGE_COLUMNS = {Company: "company", User: "person"}  # the column of `Merge` that names the one that stayed


def address(model, page, *args):
    return reverse(f"admin:members_{model._meta.model_name}_{page}", args=args)


def number(text):
    return whole_number(text) or 0


@staff_page(allowed=may_merge, methods=READS)
def duplicates(request, model):
    """GET ?page=: likely pairs, the surest first."""
    page = page_of(likely_pairs(model), request.GET, PER_PAGE)
    found = model.objects.in_bulk({key for row in page for key in row[:2]})
    rows = [
        {"one": found[one], "two": found[two], "reasons": _words(reasons), "url": _pair_address(model, one, two)}
        for one, two, reasons in page
        if one in found and two in found
    ]
    context = {"title": _("Likely duplicates"), "opts": model._meta, "rows": rows, "page": page}
    if model is Company:
        context |= {
            "mark_distinct_url": address(model, "mark_distinct"),
            "distinct_pairs_url": address(model, "distinct_pairs"),
            "distinct_pair_count": DistinctPair.objects.count(),
        }
    return TemplateResponse(request, "admin/members/merging/duplicates.html", context)


@staff_page(allowed=may_merge, methods=READS)
def merge_with(request, pk, model):
    """GET ?q=: which other one is the same: likely ones, and those found by the search."""
    owner, asked = get_object_or_404(model, pk=pk), request.GET.get("q", "").strip()[:100]
    likely = likely_duplicates_of(owner)[:MOST_FOUND]
    others = model.objects.in_bulk([key for key, _reasons in likely])
    context = {
        "title": _("Merge with another"),
        "opts": model._meta,
        "owner": owner,
        "asked": asked,
        "rows": [
            (others[key], _words(reasons), _pair_address(model, pk, key)) for key, reasons in likely if key in others
        ],
        "hits": [(other, "", _pair_address(model, pk, other.pk)) for other in _found(request, owner, asked)],
    }
    return TemplateResponse(request, "admin/members/merging/merge_with.html", context)


def _found(request, owner, asked):
    """The first others that the search of their admin list finds."""
    if not asked:
        return []
    others = type(owner).objects.exclude(pk=owner.pk)
    found, _is_double = admin.site.get_model_admin(type(owner)).get_search_results(request, others, asked)
    return found[:MOST_FOUND]


def _pair_address(model, one, two):
    return f"{address(model, 'merge')}?one={one}&two={two}"


def _words(reasons):
    return ", ".join(str(REASONS[reason]) for reason in reasons)


@staff_page(allowed=may_merge)
def merge(request, model):
    """GET ?one=&two=&keep=: both compared. POST: merges; again changes nothing. 409 where one has changed meanwhile."""
    keys = [number(request.GET.get(name)) for name in ("one", "two")]
    found = model.objects.in_bulk(set(keys))
    if len(found) < 2:
        return _merged_already(request, model, keys)
    kept, gone = _kept_and_gone(request, [found[key] for key in keys])
    if request.method != "POST":
        return _pair_page(request, kept, gone)
    if why_not_merge(request.user, kept, gone):
        return _pair_page(request, kept, gone, status=422)
    try:
        _merge(request, kept, gone)
    except ChangedMeanwhile:
        messages.warning(request, _("Somebody has changed one of them meanwhile. This is how they are now."))
        return _pair_page(request, kept, gone, status=409)
    messages.success(request, _("They are merged. Everything that belonged to the other one is here."))
    return redirect(address(model, "change", kept.pk))


def _kept_and_gone(request, both):
    keep = number(request.POST.get("keep") or request.GET.get("keep"))
    kept = next((one for one in both if one.pk == keep), None) or choices.better_to_keep(*both)
    return kept, next(one for one in both if one != kept)


def _merge(request, kept, gone):
    model = type(kept)
    take = [name for name in choices.value_names(model) if request.POST.get(f"take-{name}") == str(gone.pk)]
    ACTIONS[model](by=request.user, kept=kept, gone=gone, take=take, pair_digest=request.POST.get("pair_digest", ""))


def _merged_already(request, model, keys):
    owner = MERGE_COLUMNS[model]
    earlier = Merge.objects.filter(gone__in=keys, **{f"{owner}__isnull": False}).first()
    if earlier is None:
        raise Http404
    messages.success(request, _("They have been merged already."))
    return redirect(address(model, "change", getattr(earlier, f"{owner}_id")))


def _pair_page(request, kept, gone, status=200):
    model = type(kept)
    names = choices.value_names(model)
    rows = [_row(kept, gone, name) for name in names]
    context = {
        "title": _("Merge two"),
        "opts": model._meta,
        "kept": kept,
        "gone": gone,
        "differing": [row for row in rows if not row["is_same"]],
        "moved": counted(gone),
        "pair_digest": choices.pair_digest(kept, gone),
        "swap_url": f"{_pair_address(model, kept.pk, gone.pk)}&keep={gone.pk}",
        "why_not": why_not_merge(request.user, kept, gone),
        "two_numbers": choices.NUMBER in names and all(choices.value_of(one, choices.NUMBER) for one in (kept, gone)),
    }
    return TemplateResponse(request, "admin/members/merging/merge.html", context, status=status)


def _row(kept, gone, name):
    mine, others = choices.value_of(kept, name), choices.value_of(gone, name)
    return {
        "name": name,
        "label": capfirst(str(choices.label_of(type(kept), name))),
        "kept": _text(kept, name, mine),
        "gone": _text(gone, name, others),
        "picture": name in choices.PICTURES,
        "is_same": mine == others or (not mine and not others),
        "takes_gone": choices.is_other_value_better(kept, gone, name),
    }


def _text(owner, name, value):
    if name == choices.NUMBER:
        return value
    if isinstance(owner, Company) and name in choices.SAID:
        return default_storage.url(value) if value and name in choices.PICTURES else _said(name, value)
    column = owner._meta.get_field(name)
    return Truncator(str(display_for_field(value, column, "") if value else "")).chars(LONGEST)


def _said(name, value):
    return Truncator(value_text(ProfileVersion, name, value)).chars(LONGEST)
