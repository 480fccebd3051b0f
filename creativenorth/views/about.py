"""The page about the project."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.views.decorators.http import require_safe

from creativenorth.views.context import site_with
from creativenorth.web.pagecache import public_page


@public_page
@login_not_required
@require_safe
def about(request):
    """GET: the page about the project, also of a portal without rows."""
    return render(request, "creativenorth/about.html", about_page(request))


def about_page(request, cluster=None):
    """The page's context; with `cluster` those texts instead of the saved ones."""
    site = site_with(request, cluster)
    project = site["project"]
    return {
        "site": site,
        "cluster": site["cluster"],
        "budget_text": f"{project.budget_sek:,} kr".replace(",", "\u00a0") if project and project.budget_sek else "",
    }
