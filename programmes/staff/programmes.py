"""Staff's actions on a programme: publish it, take it off the site."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from creativenorth.staff.pages import WRITES, staff_page
from programmes.actions import publish_programme, unpublish_programme
from programmes.models import Programme
from programmes.permissions import may_edit


@staff_page(Programme, allowed=may_edit, methods=WRITES)
def publication(request, pk):
    """POST: publish; back to the form."""
    publish_programme(get_object_or_404(Programme, pk=pk), by=request.user)
    messages.success(request, gettext("The programme is published."))
    return redirect("admin:programmes_programme_change", pk)


@staff_page(Programme, allowed=may_edit, methods=WRITES)
def withdrawal(request, pk):
    """POST: make it a draft again; back to the form."""
    unpublish_programme(get_object_or_404(Programme, pk=pk), by=request.user)
    messages.success(request, gettext("The programme is a draft again."))
    return redirect("admin:programmes_programme_change", pk)
