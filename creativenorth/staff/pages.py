"""The decorator of staff's own screens: function views at addresses inside the admin."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpResponseNotAllowed
from django.template.response import TemplateResponse

READS, READS_AND_WRITES, WRITES = ("GET", "HEAD"), ("GET", "HEAD", "POST"), ("POST",)


def staff_page(model=None, *, allowed=None, methods=READS_AND_WRITES):
    """Decorator of a view for staff: 405 for other methods, 403 unless `allowed(user)`; who is not staff is sent to sign in.

    A `TemplateResponse` gets the context of the admin's frame, and `opts` of the model that the page belongs to.
    """

    def decorate(view):
        @wraps(view)
        def page(request, *args, **kwargs):
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if allowed and not allowed(request.user):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            if isinstance(response, TemplateResponse):
                response.context_data = _frame(request, model) | (response.context_data or {})
            return response

        @wraps(page)
        def for_staff(request, *args, **kwargs):
            return admin.site.admin_view(page)(request, *args, **kwargs)

        return for_staff

    return decorate


def _frame(request, model):
    frame = admin.site.each_context(request) | {"subtitle": None}
    return frame | {"opts": model._meta} if model else frame
