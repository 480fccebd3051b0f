"""A form sent without its cookie, or from an old page: asked for once more, with nothing typed lost where the view can."""

from django.contrib.auth.decorators import login_not_required
from django.utils.translation import gettext_lazy as _

TOO_OLD = _("The form was too old, or your browser sends no cookies.")


def shows_form_again(view):
    """Mark a view that, where `request.has_no_token`, changes nothing and answers with the form as it was sent, and 403."""
    view.shows_form_again = True
    return view


@login_not_required
def failure(request, reason=""):
    from creativenorth.views.errors import form_too_old

    match = request.resolver_match
    if match and getattr(match.func, "shows_form_again", False):
        request.has_no_token = True
        return match.func(request, *match.args, **match.kwargs)
    return form_too_old(request)
