"""Which mails a person wants, chosen on their page or by the link in a mail."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from members.hooks.notifications import kinds_for, switch_notification, unsubscribe_target


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request):
    """GET: the kinds of mail, each on or off. POST: `kind` are those wanted."""
    kinds = kinds_for(request.user)
    if request.method == "POST":
        wanted = request.POST.getlist("kind")
        for kind, _is_on in kinds:
            switch_notification(request.user, kind.key, on=kind.key in wanted)
        messages.success(request, _("Saved."))
        return redirect("members:notifications")
    return render(request, "members/notifications.html", {"kinds": kinds})


@never_cache
@csrf_exempt  # RFC 8058: the mail program posts without a cookie; the sealed link is the proof
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """GET: asks, and changes nothing, since scanners open links. POST: switches that kind off; again changes nothing."""
    found = unsubscribe_target(token)
    if found is None:
        raise Http404
    person, kind = found
    if request.method == "POST":
        switch_notification(person, kind.key, on=False)
    context = {"kind": kind, "is_done": request.method == "POST"}
    return render(request, "members/unsubscribe.html", context)
