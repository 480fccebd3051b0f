"""Constraints for any table: a value that is one of the choices, a text that is not empty."""

from django.conf import settings
from django.db.models import CheckConstraint, Q


def is_known(field, choices, name):
    return CheckConstraint(condition=Q(**{f"{field}__in": choices.values}), name=name)


def is_known_language(name, field="language"):
    return CheckConstraint(condition=Q(**{f"{field}__in": [code for code, _ in settings.LANGUAGES]}), name=name)


def is_not_empty(field, name):
    return CheckConstraint(condition=~Q(**{field: ""}), name=name)
