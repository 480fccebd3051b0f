from urllib.parse import urlencode

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

from members.permissions import SECOND_FACTORS

# In the order in which staff need them.
APPS = ["members", "events", "programmes", "site", "creativenorth"]
MODELS = [
    "Company", "User", "Enquiry", "ProfileVersion", "Invitation", "Membership", "Import", "Export", "Activity", "Programme",
    "Strategy", "NewsItem", "Cluster", "PageText", "WordGroup",
]  # fmt: skip
SITE = [
    "NewsItem",
    "Cluster",
    "PageText",
    "WordGroup",
]  # creativenorth's models for the public pages; its others are mail


def _position(name, order):
    return (order.index(name) if name in order else len(order), name)


def lacks_second_factor(user):
    return settings.STAFF_SECOND_FACTOR and user.is_staff and not is_mfa_enabled(user, SECOND_FACTORS)


class PortalAdminSite(admin.AdminSite):
    site_header = "Creative North"
    site_title = "Creative North"
    index_title = _("The staff’s pages")
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
            *super().get_urls(),
        ]

    def get_app_list(self, request, app_label=None):
        """Apps and models in the order of APPS and MODELS; creativenorth's own models as two apps, the site and mail."""
        apps = super().get_app_list(request, app_label)
        own = next((app for app in apps if app["app_label"] == "creativenorth"), None)
        if own:
            site = [model for model in own["models"] if model["object_name"] in SITE]
            own["models"] = [model for model in own["models"] if model["object_name"] not in SITE]
            own["name"] = pgettext("mail", "Mail")
            apps.append(own | {"app_label": "site", "name": _("The site"), "models": site})
        for app in apps:
            app["models"].sort(key=lambda model: _position(model["object_name"], MODELS))
        return sorted((app for app in apps if app["models"]), key=lambda app: _position(app["app_label"], APPS))

    def index(self, request, extra_context=None):
        """GET: the start page."""
        from creativenorth.views.staff.start_page import start_page

        return super().index(request, start_page(request.user) | (extra_context or {}))

    @method_decorator(login_not_required)
    def login(self, request, extra_context=None):
        """Leads to the portal's own sign-in; 403 for those who are not staff; staff without a second factor are sent to set one up."""
        if not request.user.is_authenticated:
            asked_for = request.GET.get("next") or resolve_url("admin:index")
            return redirect(f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': asked_for})}")
        if self.has_permission(request):
            return redirect("admin:index")
        if not (request.user.is_staff and lacks_second_factor(request.user)):
            raise PermissionDenied
        messages.warning(request, _("Staff sign in with a second step. Switch it on, and the staff’s pages open."))
        return redirect("mfa_index")
