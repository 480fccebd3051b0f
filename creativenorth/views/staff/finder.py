"""Staff's search in the admin: pages, and the rows that every app has to be found."""

from django.contrib import admin
from django.db.models import Case, F, Q, When
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from creativenorth.search import forgiving
from creativenorth.search.rows import almost_called
from creativenorth.staff.finder import finder_groups
from creativenorth.staff.pages import READS, staff_page
from creativenorth.text.swedish import fold, folded, words
from creativenorth.web.fragments import is_fragment
from creativenorth.web.sitemaps import sitemaps

PER_GROUP = 6
LONGEST_QUESTION = 100


@staff_page(methods=READS)
def finder(request):
    """GET ?q=: hits in groups, among what the person may open; by htmx the hits alone.

    What finds nothing is asked once more, with a misspelt word put right or names that are almost the same.
    """
    question = " ".join(request.GET.get("q", "").split())[:LONGEST_QUESTION]
    groups, corrected = (_groups(request, question), "") if words(question) else ([], "")
    if words(question) and not groups:
        corrected = forgiving(question, *[group.search for group in finder_groups if group.search]).corrected
        groups = _groups(request, corrected or question, almost=not corrected)
    context = {"question": question, "groups": groups, "corrected": corrected if groups else ""}
    if is_fragment(request):
        return render(request, "admin/_finder_hits.html", context)
    return TemplateResponse(request, "admin/finder.html", context | {"title": _("Search")})


def _groups(request, question, almost=False):
    pages = {"title": _("Pages"), "hits": _pages(request, question)[:PER_GROUP]}
    return [
        group
        for group in [pages, *[_found(request, each, question, almost) for each in finder_groups]]
        if group["hits"]
    ]


def _found(request, group, question, almost):
    """The first hits, those whose `called` column matches before the others, and the address of the whole list."""
    model_admin, opts = admin.site.get_model_admin(group.model), group.model._meta
    if not model_admin.has_view_or_change_permission(request):
        return {"hits": []}
    rows = group.rows() if group.rows else group.model._default_manager.all()
    rows = rows.annotate(called=_folded_name(group))
    found, _is_double = model_admin.get_search_results(request, group.model._default_manager.values("pk"), question)
    is_called = Q(*[_is_called(word, almost) for word in words(question)])
    fits = is_called | Q(pk__in=found) | (group.also(question) if group.also else Q(pk=None))
    rows = rows.filter(fits).order_by(Case(When(is_called, then=0), default=1), *opts.ordering)
    rows = list(rows[: PER_GROUP + 1])
    base = f"admin:{opts.app_label}_{opts.model_name}"
    hits = [
        {"url": reverse(f"{base}_{group.page}", args=[row.pk]), "title": str(row), "detail": group.detail(row)}
        for row in rows[:PER_GROUP]
    ]
    more = reverse(f"{base}_changelist") if len(rows) > PER_GROUP else ""
    return {"title": group.title or capfirst(str(opts.verbose_name_plural)), "hits": hits, "more": more}


def _folded_name(group):
    """The column that the table keeps folded, where it has one."""
    kept = f"folded_{group.called}"
    is_kept = any(field.name == kept for field in group.model._meta.fields)
    return F(kept) if is_kept else folded(group.called)


def _is_called(word, almost):
    return almost_called(word, "called") if almost else Q(called__contains=word)


def _pages(request, question):
    """Lists and forms of the admin, and public pages, whose name contains every word."""
    asked = words(question)
    return [page for page in _all_pages(request) if all(word in fold(page["title"]) for word in asked)]


def _all_pages(request):
    for app in admin.site.get_app_list(request):
        for model in app["models"]:
            name = capfirst(str(model["name"]))
            if model["admin_url"]:
                yield {"url": model["admin_url"], "title": name, "detail": app["name"]}
            if model["add_url"]:
                title = _("New: %s") % model["model"]._meta.verbose_name
                yield {"url": model["add_url"], "title": title, "detail": app["name"]}
    for each in sitemaps:
        for name, title in each.pages.items():
            yield {"url": reverse(name), "title": str(title), "detail": _("on the site")}
