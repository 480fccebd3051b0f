"""Buttons above a list, {label, url, why, post}, disabled where `why` is not empty; merging two; a list that leads to cards."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from members.permissions import may_export, may_import, may_manage_staff, may_merge


def _address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def export_tools(request, model):
    """Buttons that export the list as filtered, one for each format; a single disabled one without permission."""
    if not may_export(request.user):
        return [{"label": _("Export"), "url": "", "why": _("Your group may read this, not take it out as a file.")}]
    query = request.GET.copy()
    for name in ("p", "all"):
        query.pop(name, None)
    forms = {"xlsx": _("Export to Excel"), "csv": _("Export as CSV")}
    return [
        {"label": label, "url": f"{_address(model, 'export', form)}?{query.urlencode()}", "why": "", "post": True}
        for form, label in forms.items()
    ]


def import_tool(request, kind):
    why = "" if may_import(request.user) else _("Your group may read this, not import anything.")
    return {"label": _("Import a list"), "url": f"{reverse('admin:members_import_add')}?kind={kind}", "why": why}


def staff_tool(request):
    why = "" if may_manage_staff(request.user) else _("Coordinators see to this.")
    return {"label": _("Staff and their roles"), "url": reverse("admin:members_user_staff"), "why": why}


def duplicates_tool(request, model):
    why = "" if may_merge(request.user) else _("Your group may read this, not merge it.")
    return {"label": _("Likely duplicates"), "url": _address(model, "duplicates"), "why": why}


@admin.action(description=gettext_lazy("Merge two"), permissions=["merge"])
def merge_chosen(model_admin, request, queryset):
    """Compare the two ticked rows."""
    chosen = sorted(queryset.values_list("pk", flat=True)[:3])
    if len(chosen) != 2:
        messages.warning(request, _("Tick two of them: the ones that are the same."))
        return None
    return redirect(f"{_address(model_admin.model, 'merge')}?one={chosen[0]}&two={chosen[1]}")


class CardList(ChangeList):
    """Its rows lead to the company's card, which leads on to the form."""

    def url_for_result(self, result):
        return _address(self.model, "card", result.pk)
