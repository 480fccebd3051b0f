"""Rows of what people write, read and written by the names of their columns."""

import hashlib
import json

from django.db import models


class Content(models.Model):
    """Abstract: a subclass's `content()` names the columns and lists that people write, in the order of their definition.

    Forms, copies, comparisons and files go by these names.
    """

    class Meta:
        abstract = True

    def value(self, name):
        """The value as forms send it and JSON can carry it: lines end in LF, a picture is the name of its file."""
        return plain(getattr(self, name))

    def write(self, values):
        """Set and save values as `value` gives them."""
        for name, value in values.items():
            setattr(self, name, value)
        self.save(update_fields=[*values])

    def differing(self, other):
        """The names of what this row says otherwise than the other."""
        return [name for name in self.content() if not is_same(self.value(name), other.value(name))]


def plain(value):
    if hasattr(value, "storage"):
        return value.name or ""
    if hasattr(value, "as_e164"):
        return value.as_e164
    if isinstance(value, list):
        return sorted(value)
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def is_empty(value):
    return value in ("", None, [], False)


def is_same(one, two):
    return one == two or (is_empty(one) and is_empty(two))


def digest(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]
