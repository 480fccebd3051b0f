"""The frame around one's company's pages: which of one's companies it is, and links between its parts."""

from functools import wraps
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Exists, OuterRef, Subquery, When
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from creativenorth.prepared import prepared
from members.models import Affiliation, Company, Membership
from members.models.affiliation import Role
from members.permissions import OWNERS_AND_EDITORS

LAST_COMPANY = "company"
PAGE_NAMES = {
    "profile": _("Profile"),
    "versions": _("Earlier versions"),
    "people": _("People"),
    "number": _("Organisation number"),
}


def names_company_in_address(view):
    """Decorator: for people with several companies every address says which one, by ?foretag=.

    A GET without it redirects to the company opened last, so that another tab never decides what a form changes.
    """

    @wraps(view)
    def explicit(request, *args, **kwargs):
        slugs = [company.slug for company in own_companies(request)] if request.user.is_authenticated else []
        slug = request.GET.get("foretag")
        if len(slugs) > 1 and not slug:
            return _say_which(request, slugs)
        if len(slugs) > 1 and slug in slugs and request.session.get(LAST_COMPANY) != slug:
            request.session[LAST_COMPANY] = slug
        return view(request, *args, **kwargs)

    return explicit


def _say_which(request, slugs):
    if request.method not in ("GET", "HEAD"):
        raise Http404
    last, query = request.session.get(LAST_COMPANY), request.GET.copy()
    query["foretag"] = last if last in slugs else slugs[0]
    return redirect(f"{request.path}?{query.urlencode()}")


def own_companies(request):
    """Those that one owns first, then those that one edits; asked for once in a request."""
    if not hasattr(request, "own_companies"):
        request.own_companies = _by_role(request.user)
    return request.own_companies


@prepared
def _by_role(user):
    """Each company says `own_role`, and whether it `is_member` of the cluster."""
    mine = Affiliation.objects.current().filter(user=user, company=OuterRef("pk"))
    rank = Case(When(own_role=Role.OWNER, then=0), When(own_role=Role.EDITOR, then=1), default=2)
    found = (
        Company.objects.with_person(user)
        .with_profile()
        .annotate(
            own_role=Subquery(mine.order_by("started_on", "pk").values("role")[:1]),
            is_member=Exists(Membership.objects.current().filter(company=OuterRef("pk"))),
        )
    )
    return found.order_by(rank, "sort_key")


def chosen_company(request, companies):
    """The company of ?foretag=, else the first of one's own; 404 where it is not one's own."""
    slug = request.GET.get("foretag")
    for company in companies:
        if slug in (None, "", company.slug):
            return company
    raise Http404


def can_edit(company):
    """Whether one may edit this one of one's own companies."""
    return company.own_role in OWNERS_AND_EDITORS


def editable_company(request):
    """(one's companies, the chosen one); 403 where one may not edit it."""
    companies = own_companies(request)
    company = chosen_company(request, companies)
    if not can_edit(company):
        raise PermissionDenied
    return companies, company


def address(name, company, companies, *arguments):
    """With ?foretag= where the person has several companies."""
    query = f"?{urlencode({'foretag': company.slug})}" if len(companies) > 1 else ""
    return reverse(name, args=arguments) + query


def frame(request, company, companies, part):
    """Context of the frame around the parts."""
    own = next(one for one in companies if one == company)
    switches = [(one.name, address("members:my_company", one, companies), one == company) for one in companies]
    return {
        "company": company,
        "switches": switches if len(switches) > 1 else [],
        "part": part,
        "page_name": PAGE_NAMES[part],
        # The browser keeps unsaved text under this name: each person at a shared computer has another.
        "keep_name": salted_hmac("members.keep", str(request.user.pk)).hexdigest()[:12],
        "can_edit": can_edit(own),
        "profile_url": address("members:my_company", company, companies),
        "versions_url": address("members:my_company_versions", company, companies),
        "people_url": address("members:my_company_people", company, companies),
        "number_url": address("members:my_company_number", company, companies),
        "public_url": company.url if own.is_member and company.published_at else "",
    }
