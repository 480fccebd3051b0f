"""A company's organisation number in the admin: a page of its own, masked; reading a sole trader's in full is logged."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from creativenorth.history_admin import HistoryAdmin
from members.actions.numbers import NumberTaken, read_number, remove_number, set_number
from members.forms.numbers import NumberForm
from members.models import Company, CompanyNumber, NumberReading
from members.permissions import may_read_number, may_remove_number, may_set_number


class WithNumber:
    """Mixin of the company's admin: …/number/."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.number_view)
        return [path("<int:pk>/number/", view, name="members_company_number"), *super().get_urls()]

    @method_decorator([never_cache, sensitive_post_parameters("number"), require_http_methods(["GET", "HEAD", "POST"])])
    def number_view(self, request, pk):
        """GET: the number, masked. POST `read`: in full, logged. POST `remove`: takes it away.

        POST `number`: writes it; 422 where it cannot be.
        """
        company = get_object_or_404(Company, pk=pk)
        if not self.has_view_permission(request, company):
            raise PermissionDenied
        if "read" in request.POST:
            return self._page(request, company, NumberForm(), full=read_number(by=request.user, company=company))
        if "remove" in request.POST:
            remove_number(by=request.user, company=company)
            messages.success(request, _("The number is gone."))
            return redirect(reverse("admin:members_company_number", args=[pk]))
        form = NumberForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                set_number(by=request.user, company=company, text=form.cleaned_data["number"])
            except NumberTaken:
                form.add_error("number", _("Another company has that number."))
            else:
                messages.success(request, _("Saved."))
                return redirect(reverse("admin:members_company_number", args=[pk]))
        return self._page(request, company, form)

    def _page(self, request, company, form, full=""):
        kept = CompanyNumber.objects.filter(company=company).first()
        context = self.admin_site.each_context(request) | {
            "title": _("Organisation number"),
            "subtitle": str(company),
            "opts": self.opts,
            "original": company,
            "number": kept,
            "full": full,
            "form": form,
            "can_read": bool(kept) and kept.is_person and may_read_number(request.user, company),
            "can_remove": bool(kept) and may_remove_number(request.user, company),
            "can_set": may_set_number(request.user, company),
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "admin/members/company/number.html", context, status=status)


@admin.register(NumberReading)
class NumberReadingAdmin(HistoryAdmin):
    """Who has read which sole trader's number, and when. To read."""

    list_display = ["at", "company", "reader"]
    list_select_related = ["company", "reader"]
    search_fields = ["company__name", "reader__name", "reader__email"]
    date_hierarchy = "at"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
