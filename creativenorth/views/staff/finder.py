"""Staff's search in the admin: companies, people, guests, activities, programmes, enquiries and pages."""

from django.contrib import admin
from django.db.models import Case, Q, When
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from creativenorth.staff.pages import READS, staff_page
from creativenorth.text.swedish import fold, folded, words
from events.models import Activity, Registration
from members.models import Company, Enquiry, User
from programmes.models import Programme

PER_GROUP = 6
LONGEST_QUESTION = 100


@staff_page(methods=READS)
def finder(request):
    """GET ?q=: hits in groups, among what the person may open; by htmx the hits alone. One query for each group."""
    question = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:LONGEST_QUESTION]
    groups = [group for group in _groups(request, question) if group["hits"]] if words(question) else []
    context = {"question": question, "groups": groups}
    if request.htmx:
        return render(request, "admin/_finder_hits.html", context)
    return TemplateResponse(request, "admin/finder.html", context | {"title": _("Search")})


def _groups(request, question):
    yield {"title": _("Pages"), "hits": _pages(request, question)[:PER_GROUP]}
    companies = Company.objects.with_profile()
    yield _group(request, Company, "name", question, lambda company: company.profile.town, rows=companies)
    yield _group(request, User, "name", question, lambda user: user.email)
    guests = Registration.objects.filter(user=None)
    yield _group(request, Registration, "guest_name", question, lambda row: row.email, rows=guests, title=_("Guests"))
    yield _group(request, Activity, "title_sv", question, lambda activity: activity.place_text)
    yield _group(request, Programme, "title_sv", question, lambda programme: programme.target_group_text)
    yield _group(request, Enquiry, "name", question, lambda enquiry: enquiry.email)


def _group(request, model, called, question, detail, rows=None, title=""):
    """The first hits, those whose `called` column matches before the others, and the address of the whole list."""
    model_admin, opts = admin.site.get_model_admin(model), model._meta
    if not model_admin.has_view_or_change_permission(request):
        return {"hits": []}
    rows = (model._default_manager.all() if rows is None else rows).annotate(called=folded(called))
    found, _is_double = model_admin.get_search_results(request, rows.values("pk"), question)
    is_called = Q(*[Q(called__contains=word) for word in words(question)])
    rows = rows.filter(is_called | Q(pk__in=found)).order_by(Case(When(is_called, then=0), default=1), *opts.ordering)
    rows = list(rows[: PER_GROUP + 1])
    base = f"admin:{opts.app_label}_{opts.model_name}"
    hits = [
        {"url": reverse(f"{base}_change", args=[row.pk]), "title": str(row), "detail": detail(row)}
        for row in rows[:PER_GROUP]
    ]
    more = reverse(f"{base}_changelist") if len(rows) > PER_GROUP else ""
    return {"title": title or capfirst(str(opts.verbose_name_plural)), "hits": hits, "more": more}


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
    public = {
        "cluster": _("Front page"),
        "about": _("About the project"),
        "members:directory": _("Companies"),
        "events:activities": _("Activities"),
        "programmes:programmes": _("Programmes"),
        "members:join": _("Join"),
        "members:contact": _("Contact"),
        "privacy": _("Personal data"),
        "accessibility": _("Accessibility"),
        "cookies": _("Cookies"),
    }
    for name, title in public.items():
        yield {"url": reverse(name), "title": title, "detail": _("on the site")}
