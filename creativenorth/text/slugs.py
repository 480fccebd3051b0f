"""Addresses of pages that are made of titles: no two rows have the same, and none is a word that another page has there."""

from functools import cache

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.urls import get_resolver, resolve
from django.utils import translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from psycopg.errors import UniqueViolation

from creativenorth.text.swedish import fold

LANGUAGES = ("sv", "en")
AT_ONCE = 20  # how many may take the same address at one moment, each after the other


def free_slug(model, title, pk=None):
    """An address made of the title that no other object of the model has; `pk` is the object itself."""
    others = model.objects.exclude(pk=pk)
    longest = model._meta.get_field("slug").max_length - 6  # room for a number behind it
    stem = slugify(fold(title))[:longest].strip("-") or "sida"
    return next_free(stem, lambda slug: slug in reserved_slugs(model) or others.filter(slug=slug).exists())


def next_free(stem, is_taken):
    slug, number = stem, 1
    while is_taken(slug):
        number += 1
        slug = f"{stem}-{number}"
    return slug


def save_with_free_slug(row, title):
    """Save a new row with an address made of the title, and return it. Whoever is second at the same moment gets the next one."""
    attempt, is_saved = 0, False
    while not is_saved:
        attempt, row.slug = attempt + 1, free_slug(type(row), title)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
            is_saved = True
        except IntegrityError as error:
            if attempt == AT_ONCE or not _is_about_slug(error, type(row)):
                raise
    return row


def _is_about_slug(error, model):
    is_taken = isinstance(error.__cause__, UniqueViolation)
    return is_taken and error.__cause__.diag.constraint_name.startswith(f"{model._meta.db_table}_slug")


@cache
def reserved_slugs(model):
    """What stands, in either language, where the addresses of the model's pages have their slug."""
    found = set()
    for language in LANGUAGES:
        with translation.override(language):
            before = resolve(model(slug="x").get_absolute_url()).route.partition("<")[0]
            words = (route.removeprefix(before).partition("/")[0] for route in _routes() if route.startswith(before))
            found.update(word for word in words if word and "<" not in word)
    return frozenset(found)


def _routes(resolver=None, before=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        route = f"{before}{pattern.pattern}"
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern, route)
        else:
            yield route


class PageSlugField(models.SlugField):
    """The part of a page's address that names the row."""

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value in reserved_slugs(type(model_instance)):
            text = _("“%(slug)s” is the address of another page already. Write something else.")
            raise ValidationError(text, code="reserved", params={"slug": value})
