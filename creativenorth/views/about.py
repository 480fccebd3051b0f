"""About the project: what it is for, who pays, how long, what has come of it and how it goes on."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from creativenorth.views.context import site_with
from creativenorth.web.pagecache import public_page
from members.models import Membership


@public_page
@login_not_required
@require_safe
def about(request):
    """GET: the page about the project, also of a portal that has no rows yet."""
    return render(request, "creativenorth/about.html", about_page(request))


def about_page(request, cluster=None):
    """What the page shows; with `cluster` those texts instead of the saved ones."""
    site = site_with(request, cluster)
    project = site["project"]
    return {
        "site": site,
        "cluster": site["cluster"],
        "members": Membership.objects.current().count(),
        "budget_text": f"{project.budget_sek:,} kr".replace(",", "\u00a0") if project and project.budget_sek else "",
    }
