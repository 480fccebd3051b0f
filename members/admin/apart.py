"""Beside the likely duplicates of companies: the mark that two of them are not the same, and its undoing."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from members.actions.apart import Gone, keep_apart, open_again
from members.admin.merging import PER_PAGE, Merging, number
from members.models import Apart


class MergingOrApart(Merging):
    def get_urls(self):
        wrap, name = self.admin_site.admin_view, f"members_{self.opts.model_name}"
        return [
            path("duplicates/apart/", wrap(self.apart_view), name=f"{name}_apart"),
            path("duplicates/apart/list/", wrap(self.apart_list_view), name=f"{name}_apart_list"),
            path("duplicates/apart/undo/", wrap(self.apart_undo_view), name=f"{name}_apart_undo"),
            *super().get_urls(),
        ]

    def beside_duplicates(self):
        return {
            "apart_url": self.merge_url("apart"),
            "apart_list_url": self.merge_url("apart_list"),
            "apart_count": Apart.objects.count(),
        }

    @method_decorator(require_POST)
    def apart_view(self, request):
        """POST one, two: they are not the same; again answers alike. 404 where one is no more."""
        self._require(request)
        one, two = self._both(request)
        try:
            keep_apart(by=request.user, one=one, two=two)
        except Gone as error:
            raise Http404 from error
        said = gettext("%(one)s and %(two)s count as two, and are not shown here again.")
        self.message_user(request, said % {"one": one, "two": two}, messages.SUCCESS)
        return HttpResponseRedirect(self.merge_url("duplicates"))

    @method_decorator(require_POST)
    def apart_undo_view(self, request):
        """POST one, two: they may be the same after all; again answers alike."""
        self._require(request)
        one, two = self._both(request)
        open_again(by=request.user, one=one, two=two)
        said = gettext("%(one)s and %(two)s may be the same again.") % {"one": one, "two": two}
        self.message_user(request, said, messages.SUCCESS)
        return HttpResponseRedirect(self.merge_url("apart_list"))

    def _both(self, request):
        keys = {number(request.POST.get(name)) for name in ("one", "two")}
        found = sorted(self.model.objects.filter(pk__in=keys), key=lambda one: one.pk)
        if len(found) < 2:
            raise Http404
        return found

    @method_decorator(require_safe)
    def apart_list_view(self, request):
        """GET: the pairs that are not the same, the latest first, each with the way back."""
        self._require(request)
        page = Paginator(Apart.objects.select_related("one", "two", "decided_by"), PER_PAGE).get_page(
            request.GET.get("p")
        )
        context = {"page": page, "undo_url": self.merge_url("apart_undo"), "back_url": self.merge_url("duplicates")}
        return self._render(request, "apart", gettext("Not the same"), context)
