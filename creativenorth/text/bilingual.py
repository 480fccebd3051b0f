"""Texts kept in two columns, Swedish and English, read through one attribute.

    title_sv = models.CharField(...)
    title_en = models.CharField(..., blank=True)
    title = Bilingual()

`activity.title` is the text in the active language; where English is missing it is the Swedish text, and says so
through `.is_fallback`, so that a page can mark it with lang="sv".
"""

from django.utils.translation import get_language


class Text(str):
    """A string with the language it is written in."""

    lang = "sv"
    is_fallback = False


class Bilingual:
    """Read-only descriptor over the columns <name>_sv and <name>_en; `label` is what both together are called."""

    def __init__(self, label=""):
        self.label = label

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            return self
        wanted = "en" if (get_language() or "sv").startswith("en") else "sv"
        value = getattr(instance, f"{self.name}_{wanted}")
        text = Text(value or getattr(instance, f"{self.name}_sv"))
        text.lang = wanted if value else "sv"
        text.is_fallback = text.lang != wanted and bool(text)
        return text


def texts_of(model):
    """Names of the model's texts in both languages, also those of a model that it stands on."""
    return [
        name
        for parent in reversed(model.__mro__)
        for name, value in vars(parent).items()
        if isinstance(value, Bilingual)
    ]
