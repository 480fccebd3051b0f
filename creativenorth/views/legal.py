"""Pages that the law requires: personal data (GDPR Art. 13), cookies (LEK 9:28), accessibility (DOS-lagen)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from creativenorth.retention import MAIL_DAYS
from creativenorth.views.context import site_with
from creativenorth.web import known_devices
from creativenorth.web.pagecache import public_page
from members import retention

# Digg's regulation MDFFS 2019:2 wants these words and no others, in Swedish.
COMPLIANCE = {"full": "helt förenlig", "partial": "delvis förenlig", "none": "inte förenlig"}
REPORT_TO_DIGG = "https://www.digg.se/tdosanmalan"
IMY = "https://www.imy.se/"
_DAY = 24 * 60 * 60


@public_page
@login_not_required
@require_safe
def privacy(request):
    """GET: the privacy notice."""
    return render(request, "creativenorth/privacy.html", privacy_page(request))


def privacy_page(request, cluster=None):
    """The page's context; with `cluster` those texts instead of the saved ones."""
    site = site_with(request, cluster)
    days = {
        "account": retention.ACCOUNT_DAYS,
        "notice": retention.ACCOUNT_WARNING_DAYS,
        "invitation": retention.INVITATION_DAYS,
        "number": retention.NUMBER_DAYS,
        "version": retention.VERSION_DAYS,
        "mail": MAIL_DAYS,
    }
    return {"site": site, "cluster": site["cluster"], "imy": IMY, "days": days, "versions": retention.VERSIONS_KEPT}


@public_page
@login_not_required
@require_safe
def cookies(request):
    """GET: every cookie that the portal can set, with its purpose and its lifetime."""
    return render(request, "creativenorth/cookies.html", {"cookies": strictly_necessary_cookies()})


def strictly_necessary_cookies():
    days = _("%(number)d days")
    return [
        {
            "name": settings.SESSION_COOKIE_NAME,
            "purpose": _(
                "Remembers that you have signed in, and the steps of signing in, or of signing up without an account."
            ),
            "set_when": _("you sign in, or sign up without an account"),
            "life": days % {"number": settings.SESSION_COOKIE_AGE // _DAY},
        },
        {
            "name": settings.CSRF_COOKIE_NAME,
            "purpose": _("Proves that a form is sent from this site and not by somebody else in your name."),
            "set_when": _("you open a page with a form to send, or are signed in"),
            "life": days % {"number": settings.CSRF_COOKIE_AGE // _DAY},
        },
        {
            "name": known_devices.COOKIE,
            "purpose": _("Lets you sign in from here even while somebody guesses at your password from elsewhere."),
            "set_when": _("you sign in"),
            "life": days % {"number": known_devices.AGE // _DAY},
        },
        {
            "name": "messages",
            "purpose": _("Carries the receipt of what you just did to the next page."),
            "set_when": _("you have sent a form"),
            "life": _("until the receipt is shown"),
        },
        {
            "name": "keep:…",
            "purpose": _(
                "Not a cookie: what you have typed in your company’s profile and not saved, on your device alone."
            ),
            "set_when": _("you write in your company’s profile"),
            "life": _("until you save or sign out"),
        },
    ]


@public_page
@login_not_required
@require_safe
def accessibility(request):
    """GET: the accessibility statement with its eleven parts."""
    return render(request, "creativenorth/accessibility.html", accessibility_page(request))


def accessibility_page(request, cluster=None):
    """The page's context; with `cluster` those texts instead of the saved ones."""
    site = site_with(request, cluster)
    cluster = site["cluster"]
    return {
        "site": site,
        "cluster": cluster,
        "compliance": COMPLIANCE[cluster.accessibility_status],
        "updated_at": _statement_updated_at(cluster) if cluster.pk else None,
        "digg": REPORT_TO_DIGG,
    }


def _statement_updated_at(cluster):
    """When the statement itself last changed; other texts of the cluster share its row."""
    columns = ("barriers_sv", "barriers_en", "accessibility_status", "accessibility_assessed_on")
    latest = None
    for at, *values in cluster.events.order_by("pgh_id").values_list("pgh_created_at", *columns):
        if latest is None or values != latest[1]:
            latest = (at, values)
    return latest[0] if latest else None
