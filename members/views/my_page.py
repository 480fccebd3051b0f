from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from creativenorth.prepared import prepared
from members.actions.accounts import waits_for_passkey_offer
from members.hooks.my_page import sections_for
from members.models import Affiliation


@never_cache
@require_safe
def home(request):
    """GET: the person's own page: companies, sections of other apps, and the account."""
    context = {
        "affiliations": _affiliations(request.user),
        "sections": sections_for(request.user),
        "offers_passkey": waits_for_passkey_offer(request.user),
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "members/my_page.html", context)


@prepared
def _affiliations(user):
    current = Affiliation.objects.current().filter(user=user).select_related("company").order_by("company__sort_key")
    return current.only("role", "company__name", "company__slug")
