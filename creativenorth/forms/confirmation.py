"""Asking before something is taken away: in a dialog of the page where there is JavaScript, else on a page of its own.

The form carries `{% asks question %}`; its view answers `ask(request, question, …)` unless `is_confirmed(request)`.
"""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from creativenorth.web.fragments import is_fragment

LEFT_OUT = ("csrfmiddlewaretoken", "confirmed")


@dataclass(frozen=True)
class Question:
    """What is asked, with its verb and object; what follows; and what the two buttons say."""

    title: str
    text: str
    yes: str
    no: str = _("No, go back")


def is_confirmed(request):
    """What htmx sends has passed the dialog, which needs JavaScript too."""
    return request.POST.get("confirmed") == "yes" or is_fragment(request)


def ask(request, question, *, back_url):
    """A page with the question, whose button sends the same form once more."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values if name not in LEFT_OUT]
    context = {"question": question, "fields": fields, "back_url": back_url}
    return render(request, "creativenorth/confirmation.html", context)
