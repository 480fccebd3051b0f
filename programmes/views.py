from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creativenorth.web.pagecache import public_page
from programmes.models import Programme, Strategy
from programmes.permissions import may_edit, may_edit_strategy


@public_page
@login_not_required
@require_safe
def programmes(request):
    """GET: the development programmes, in staff's order."""
    return render(request, "programmes/programmes.html", {"programmes": Programme.objects.visible_to(request.user)})


@public_page
@login_not_required
@require_safe
def programme(request, slug):
    """GET: a programme with the project that pays for it; a draft for staff only, marked as one."""
    visible = Programme.objects.visible_to(request.user).select_related("project").prefetch_related("project__funders")
    programme = get_object_or_404(visible, slug=slug)
    context = {
        "programme": programme,
        "crumbs": [{"label": _("Programmes"), "url": reverse("programmes:programmes")}],
        "can_edit": may_edit(request.user),
    }
    return render(request, "programmes/programme.html", context)


@public_page
@login_not_required
@require_safe
def strategy(request):
    """GET ?id=: the strategy that begins last, or an older one; for staff drafts too. Without any, a note that there is none yet."""
    found = list(Strategy.objects.visible_to(request.user))
    asked = request.GET.get("id", "")
    shown = next((each for each in found if str(each.pk) == asked), found[0] if found else None)
    context = {
        "strategy": shown,
        "older": [each for each in found if each != shown],
        "can_edit": may_edit_strategy(request.user),
    }
    return render(request, "programmes/strategy.html", context)


@public_page
@login_not_required
@require_safe
def poster(request):
    """GET: the A3 poster that the funder wants on the wall (CPR Art. 50), from the present project; also of a portal without one."""
    return render(request, "programmes/poster.html")
