"""Preview of a form's Markdown texts; nothing is saved."""

import re

from django.shortcuts import render
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from creativenorth.staff.pages import WRITES, staff_page
from creativenorth.web.fragments import is_fragment

_NAME = re.compile(r"[a-z_]{1,40}")
LONGEST = 50_000
MOST = 12


@staff_page(methods=WRITES)
def markdown(request):
    """POST ?fields=a,b of a form with a_sv, a_en …: the texts that are not empty as HTML, in both languages; by htmx the fragment."""
    names = [name for name in request.GET.get("fields", "").split(",")[:MOST] if _NAME.fullmatch(name)]
    texts = [[request.POST.get(f"{name}_{code}", "")[:LONGEST] for code in ("sv", "en")] for name in names]
    pairs = [(name, *pair) for name, pair in zip(names, texts, strict=True) if any(pair)]
    if is_fragment(request):
        return render(request, "admin/_markdown_shown.html", {"pairs": pairs})
    return TemplateResponse(request, "admin/markdown.html", {"title": _("How the texts will look"), "pairs": pairs})
