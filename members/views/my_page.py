from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from members.actions.accounts import waits_for_passkey_offer
from members.hooks.my_page import sections_for
from members.models import Affiliation


@never_cache
@require_safe
def home(request):
    """GET: the person's own page: companies, sections of other apps, and the account."""
    affiliations = Affiliation.objects.current().filter(user=request.user).select_related("company")
    context = {
        "affiliations": affiliations.order_by("company__sort_key"),
        "sections": sections_for(request.user),
        "offers_passkey": waits_for_passkey_offer(request.user),
        "has_password": request.user.has_usable_password(),
    }
    return render(request, "members/my_page.html", context)
