"""A form sent without its cookie or from an old page: the view may show it again with what was typed."""

from django.utils.translation import gettext_lazy as _

TOO_OLD = _("The form was too old, or your browser sends no cookies.")


def shows_form_again(view):
    """Mark a view that, where `request.has_no_token`, changes nothing and answers with the form as it was sent, and 403."""
    view.shows_form_again = True
    return view
