"""Preview of public pages with texts that staff have not saved yet."""

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import render
from django.utils import translation

from creativenorth.site.models import Cluster
from creativenorth.staff.pages import WRITES, staff_page
from creativenorth.views.about import about_page
from creativenorth.views.cluster import front_page
from creativenorth.views.legal import accessibility_page, privacy_page

PAGES = {"cluster": front_page, "about": about_page, "privacy": privacy_page, "accessibility": accessibility_page}


@staff_page(methods=WRITES)
def preview(request, page, language):
    """POST of the admin's form: the page as it would look, saving nothing; 422 with the errors of an invalid form."""
    if page not in PAGES or language not in ("sv", "en"):
        raise Http404
    model_admin = admin.site.get_model_admin(Cluster)
    cluster = Cluster.objects.first()
    if not (model_admin.has_change_permission(request, cluster) or model_admin.has_add_permission(request)):
        raise PermissionDenied
    form = model_admin.get_form(request, cluster, change=cluster is not None)(request.POST, instance=cluster)
    if not form.is_valid():
        return render(request, "creativenorth/preview_errors.html", {"form": form}, status=422)
    with translation.override(language):
        shown = PAGES[page](request, form.save(commit=False)) | {"is_preview": True}
        response = render(request, f"creativenorth/{page}.html", shown)
    response.headers["Content-Language"] = language
    return response
