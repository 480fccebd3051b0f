"""What comes from outside is put in order once, before any view reads it: texts composed and without NUL, addresses that are some."""

from urllib.parse import urlsplit

from django.http import Http404

from creativenorth.text.plain_text import entered

ADDRESS_HEADERS = ("HTTP_REFERER", "HTTP_HX_CURRENT_URL")
ADDRESS_PARAMETERS = ("next",)


class InputMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        for header in ADDRESS_HEADERS:
            if not is_address(request.META.get(header, "")):
                del request.META[header]
                vars(request).pop("headers", None)  # which were read before
        if "\0" in request.path_info:
            raise Http404
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Here, not earlier: by now the token has been checked, and with it a form been read that breaks off."""
        request.GET = _in_order(request.GET)
        if request.method == "POST":
            request.POST = _in_order(request.POST)


def is_address(text):
    """Whether the parts of the address can be told; the standard library raises errors where they cannot, as in "http://[::1"."""
    try:
        return urlsplit(text).port != 0
    except ValueError:
        return False


def _in_order(data):
    """Each text as it is taken in (text.plain_text), in whichever form it came."""
    if all(_is_in_order(name, text) for name, texts in data.lists() for text in [name, *texts]):
        return data
    changed = data.copy()
    changed.clear()
    for name, texts in data.lists():
        kept = [entered(text) for text in texts if name not in ADDRESS_PARAMETERS or is_address(text)]
        if kept:
            changed.setlist(entered(name), kept)
    changed._mutable = False
    return changed


def _is_in_order(name, text):
    return text == entered(text) and (name not in ADDRESS_PARAMETERS or is_address(text))
