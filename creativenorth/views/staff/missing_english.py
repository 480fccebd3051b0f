"""Staff's lists whose public rows lack English, each with its number and a link to those rows."""

from django.apps import apps
from django.contrib import admin
from django.db.models import CharField, Count, Value
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creativenorth.staff.missing_english import lacking_english
from creativenorth.staff.pages import READS, staff_page
from creativenorth.staff.todos import ToDo, Urgency, todos


def lists_of_texts():
    """The model admins whose list has the filter "English missing"."""
    registered = [admin.site.get_model_admin(model) for model in apps.get_models() if admin.site.is_registered(model)]
    return [each for each in registered if hasattr(each, "has_public_texts") and each.has_public_texts()]


def _numbers(user):
    """[(model admin, number of rows that lack English)] of the lists that the person may see, in one query."""
    seen = [each for each in lists_of_texts() if user.has_perm(f"{each.opts.app_label}.view_{each.opts.model_name}")]
    counts = [_count(each) for each in seen]
    found = dict(counts[0].union(*counts[1:], all=True)) if counts else {}
    return [(each, number) for each in seen if (number := found.get(each.opts.label_lower))]


def _count(model_admin):
    name = Value(model_admin.opts.label_lower, CharField())
    rows = lacking_english(model_admin.model._default_manager.all(), model_admin.rows_with_texts())
    numbers = rows.order_by().annotate(list=name).values("list").annotate(number=Count("pk", distinct=True))
    return numbers.values_list("list", "number")


@staff_page(methods=READS)
def english(request):
    """GET: the lists with public rows that lack English."""
    lists = [
        {
            "name": capfirst(str(each.opts.verbose_name_plural)),
            "number": number,
            "url": reverse(f"admin:{each.opts.app_label}_{each.opts.model_name}_changelist") + "?english=missing",
        }
        for each, number in _numbers(request.user)
    ]
    return TemplateResponse(request, "admin/missing_english.html", {"title": _("What lacks English"), "lists": lists})


@todos.register
def texts_without_english(user):
    if user.has_perm("creativenorth.change_pagetext") and (count := sum(number for _each, number in _numbers(user))):
        text = ngettext("lacks English on the site", "lack English on the site", count)
        yield ToDo(Urgency.LATER, text, reverse("admin:english"), str(count))
