from urllib.parse import urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, resolve_url
from django.urls import include, path
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

# The order of the work: who and what first, what stands behind it last.
APPS = ["members", "events", "programmes", "site", "creativenorth"]
MODELS = [
    "Company", "User", "Enquiry", "ProfileDraft", "Invitation", "Membership", "Import", "Export", "Activity", "Programme",
    "Strategy", "NewsItem", "Cluster", "PageText",
]  # fmt: skip
SITE = [
    "NewsItem",
    "Cluster",
    "PageText",
]  # of the ground's models those that stand on the public pages; the others are mail


def _position(name, order):
    return (order.index(name) if name in order else len(order), name)


SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes alone are none


def lacks_second_factor(user):
    """A member of staff must switch on the second step first, where the settings ask for it."""
    return settings.STAFF_SECOND_FACTOR and user.is_staff and not is_mfa_enabled(user, SECOND_FACTORS)


class PortalAdminSite(admin.AdminSite):
    """Staff's side of the portal, in the look of the house."""

    site_header = "Creative North"
    site_title = "Creative North"
    index_title = _("The cluster's desk")
    site_url = "/"

    def has_permission(self, request):
        return super().has_permission(request) and not lacks_second_factor(request.user)

    def get_urls(self):
        from creativenorth.views.staff.finder import finder
        from creativenorth.views.staff.markdown import markdown
        from creativenorth.views.staff.missing_english import english

        return [
            path("search/", finder, name="finder"),
            path("markdown/", markdown, name="markdown"),
            path("english/", english, name="english"),
            path("creativenorth/mail/", include("creativenorth.mail.pages")),
            path("creativenorth/systemmail/", include("creativenorth.mail.templates_admin")),
            path("members/", include("members.staff.urls")),
            path("events/", include("events.staff.urls")),
            path("programmes/", include("programmes.staff.urls")),
            *super().get_urls(),
        ]

    def get_app_list(self, request, app_label=None):
        """In the order of the work, not of the alphabet; the ground's models as two: what the site says, and mail."""
        apps = super().get_app_list(request, app_label)
        ground = next((app for app in apps if app["app_label"] == "creativenorth"), None)
        if ground:
            site = [model for model in ground["models"] if model["object_name"] in SITE]
            ground["models"] = [model for model in ground["models"] if model["object_name"] not in SITE]
            ground["name"] = pgettext("mail", "Mail")
            apps.append(ground | {"app_label": "site", "name": _("The site"), "models": site})
        for app in apps:
            app["models"].sort(key=lambda model: _position(model["object_name"], MODELS))
        return sorted((app for app in apps if app["models"]), key=lambda app: _position(app["app_label"], APPS))

    def index(self, request, extra_context=None):
        """GET: what waits, the cluster in charts, and the way to everything else."""
        from creativenorth.views.staff.start_page import start_page

        return super().index(request, start_page(request.user) | (extra_context or {}))

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """The portal's own sign-in; 403 for those who are not staff, and to the second step for staff without one."""
        if not request.user.is_authenticated:
            asked_for = request.GET.get("next") or resolve_url("admin:index")
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': asked_for})}")
        if self.has_permission(request):
            return redirect("admin:index")
        if not (request.user.is_staff and lacks_second_factor(request.user)):
            raise PermissionDenied
        messages.warning(request, _("Staff sign in with a second step. Switch it on, then the desk opens."))
        return redirect("mfa_index")
