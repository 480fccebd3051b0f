"""Parameters and fields of forms are read as `text.plain_text.entered` has them, in whichever form they came."""

from creativenorth.text.plain_text import entered


class ComposedTextMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Here, not earlier: by now the token has been checked, and with it a form been read that breaks off."""
        request.GET = _composed_data(request.GET)
        if request.method == "POST":
            request.POST = _composed_data(request.POST)


def _composed_data(data):
    if all(text == entered(text) for _name, texts in data.lists() for text in texts):
        return data
    changed = data.copy()
    for name, texts in data.lists():
        changed.setlist(name, [entered(text) for text in texts])
    changed._mutable = False
    return changed
