"""Buttons above a list, {label, url, why, post}, disabled where `why` is not empty; a list that leads to cards."""

from django.contrib.admin.views.main import ChangeList
from django.urls import reverse
from django.utils.translation import gettext as _

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


class CardList(ChangeList):
    """Its rows lead to the company's card, which leads on to the form."""

    def url_for_result(self, result):
        return _address(self.model, "card", result.pk)
