"""Merging two of a list: likely ones in a page, two side by side, and the choice of what stays."""

from django.contrib import admin, messages
from django.contrib.admin.utils import display_for_field
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from members.actions.merging import ChangedMeanwhile
from members.merging import choices
from members.merging.duplicates import REASONS, pairs, twins_of
from members.merging.relations import counted
from members.models import Merge
from members.permissions import may_merge

PER_PAGE, MOST_FOUND, LONGEST = 25, 20, 700


class Merging:
    """Mixin of a model admin: `merge_action` does it, `merge_owner` is the column of `Merge` that tells of it."""

    merge_action = None
    merge_owner = ""

    def why_not_merge(self, request, kept, gone):
        """In words, or empty."""
        return "" if may_merge(request.user) else gettext("Your group may read this, not merge it.")

    def has_merge_permission(self, request):
        return may_merge(request.user)

    def merge_url(self, page, *args):
        return reverse(f"admin:members_{self.opts.model_name}_{page}", args=args)

    def list_tools(self, request):
        why = "" if may_merge(request.user) else gettext("Your group may read this, not merge it.")
        tool = {"label": gettext("Likely duplicates"), "url": self.merge_url("duplicates"), "why": why}
        return [tool, *super().list_tools(request)]

    def get_urls(self):
        wrap, name = self.admin_site.admin_view, f"members_{self.opts.model_name}"
        return [
            path("duplicates/", wrap(self.duplicates_view), name=f"{name}_duplicates"),
            path("merge/", wrap(self.merge_view), name=f"{name}_merge"),
            path("<int:pk>/twins/", wrap(self.twins_view), name=f"{name}_twins"),
            *super().get_urls(),
        ]

    @admin.action(description=_("Merge two"), permissions=["merge"])
    def merge_chosen(self, request, queryset):
        """The two that are ticked, side by side."""
        chosen = sorted(queryset.values_list("pk", flat=True)[:3])
        if len(chosen) != 2:
            self.message_user(request, gettext("Tick two of them: the ones that are the same."), messages.WARNING)
            return None
        return HttpResponseRedirect(f"{self.merge_url('merge')}?one={chosen[0]}&two={chosen[1]}")

    def _require(self, request):
        if not may_merge(request.user):
            raise PermissionDenied

    @method_decorator(require_safe)
    def duplicates_view(self, request):
        """GET: those that are likely the same, two and two, the surest first."""
        self._require(request)
        page = Paginator(pairs(self.model), PER_PAGE).get_page(request.GET.get("p"))
        found = self.model.objects.in_bulk({key for row in page for key in row[:2]})
        rows = [
            {"one": found[one], "two": found[two], "reasons": _words(reasons), "url": self._pair_url(one, two)}
            for one, two, reasons in page
            if one in found and two in found
        ]
        context = {"rows": rows, "page": page} | self.beside_duplicates()
        return self._render(request, "duplicates", gettext("Likely duplicates"), context)

    def beside_duplicates(self):
        """What else the page of likely ones shows."""
        return {}

    @method_decorator(require_safe)
    def twins_view(self, request, pk):
        """GET ?q=: with which other one it is the same: likely ones, or those that are searched."""
        self._require(request)
        owner, asked = get_object_or_404(self.model, pk=pk), request.GET.get("q", "").strip()[:100]
        likely = twins_of(owner)[:MOST_FOUND]
        others = self.model.objects.in_bulk([key for key, _reasons in likely])
        rows = [(others[key], _words(reasons), self._pair_url(pk, key)) for key, reasons in likely if key in others]
        found = self.get_search_results(request, self.model.objects.exclude(pk=pk), asked)[0] if asked else []
        hits = [(other, "", self._pair_url(pk, other.pk)) for other in found[:MOST_FOUND]]
        context = {"owner": owner, "asked": asked, "rows": rows, "hits": hits}
        return self._render(request, "twins", gettext("Merge with another"), context)

    def _pair_url(self, one, two):
        return f"{self.merge_url('merge')}?one={one}&two={two}"

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def merge_view(self, request):
        """GET ?one=&two=&keep=: side by side. POST: merges; again answers alike. 409 where one has changed meanwhile."""
        self._require(request)
        keys = [number(request.GET.get(name)) for name in ("one", "two")]
        found = self.model.objects.in_bulk(set(keys))
        if len(found) < 2:
            return self._merged_already(request, keys)
        kept, gone = self._kept_and_gone(request, [found[key] for key in keys])
        if request.method == "POST" and not self.why_not_merge(request, kept, gone):
            try:
                return self._merge(request, kept, gone)
            except ChangedMeanwhile:
                text = gettext("Somebody has changed one of them meanwhile. This is how they are now.")
                self.message_user(request, text, messages.WARNING)
                return self._pair_page(request, kept, gone, status=409)
        return self._pair_page(request, kept, gone, status=422 if request.method == "POST" else 200)

    def _kept_and_gone(self, request, both):
        keep = number(request.POST.get("keep") or request.GET.get("keep"))
        kept = next((one for one in both if one.pk == keep), None) or choices.better(*both)
        return kept, next(one for one in both if one != kept)

    def _merge(self, request, kept, gone):
        names = choices.names_of(self.model)
        take = [name for name in names if request.POST.get(f"take-{name}") == str(gone.pk)]
        type(self).merge_action(by=request.user, kept=kept, gone=gone, take=take, seen=request.POST.get("seen", ""))
        return self._to(request, kept.pk, gettext("They are one now. All that hung on the other is here."))

    def _to(self, request, pk, said):
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(self.merge_url("change", pk))

    def _merged_already(self, request, keys):
        merge = Merge.objects.filter(gone__in=keys, **{f"{self.merge_owner}__isnull": False}).first()
        if merge is None:
            raise Http404
        return self._to(request, getattr(merge, f"{self.merge_owner}_id"), gettext("They have been merged already."))

    def _pair_page(self, request, kept, gone, status=200):
        names = choices.names_of(self.model)
        rows = [self._row(kept, gone, name) for name in names]
        context = {
            "kept": kept,
            "gone": gone,
            "differing": [row for row in rows if not row["is_same"]],
            "same": [row for row in rows if row["is_same"] and row["kept"]],
            "moved": counted(gone),
            "seen": choices.seen(kept, gone),
            "swap_url": f"{self._pair_url(kept.pk, gone.pk)}&keep={gone.pk}",
            "why_not": self.why_not_merge(request, kept, gone),
            "two_numbers": all(choices.value_of(one, choices.NUMBER) for one in (kept, gone))
            if choices.NUMBER in names
            else False,
        }
        return self._render(request, "merge", gettext("Merge two"), context, status)

    def _row(self, kept, gone, name):
        mine, others = choices.value_of(kept, name), choices.value_of(gone, name)
        return {
            "name": name,
            "label": capfirst(str(choices.label_of(self.model, name))),
            "kept": self._text(kept, name, mine),
            "gone": self._text(gone, name, others),
            "picture": name in choices.PICTURES,
            "is_same": mine == others or (not mine and not others),
            "takes_gone": choices.is_others_better(kept, gone, name),
        }

    def _text(self, owner, name, value):
        if name == choices.NUMBER:
            return value
        if name in choices.PICTURES:
            return getattr(owner, name).url if value else ""
        column = self.model._meta.get_field(name)
        return Truncator(str(display_for_field(value, column, "") if value else "")).chars(LONGEST)

    def _render(self, request, name, title, context, status=200):
        frame = self.admin_site.each_context(request) | {"title": title, "subtitle": None, "opts": self.opts}
        return render(request, f"admin/members/merging/{name}.html", frame | context, status=status)


def _words(reasons):
    return ", ".join(str(REASONS[reason]) for reason in reasons)


def number(text):
    return int(text) if text and text.isdecimal() and len(text) < 18 else 0
