"""What staff do with a programme besides writing it: publish it, and take it off the site."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext

from creativenorth.staff.pages import WRITES, staff_page
from programmes.actions import publish_programme, unpublish_programme
from programmes.models import Programme
from programmes.permissions import may_edit


@staff_page(Programme, allowed=may_edit, methods=WRITES)
def publication(request, pk):
    """POST: publish; back to the form with the answer."""
    publish_programme(get_object_or_404(Programme, pk=pk), by=request.user)
    messages.success(request, gettext("The programme is published."))
    return redirect("admin:programmes_programme_change", pk)


@staff_page(Programme, allowed=may_edit, methods=WRITES)
def withdrawal(request, pk):
    """POST: take off the site."""
    unpublish_programme(get_object_or_404(Programme, pk=pk), by=request.user)
    messages.success(request, gettext("The programme is a draft again."))
    return redirect("admin:programmes_programme_change", pk)
