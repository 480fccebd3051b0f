"""A deed that is done once, however often its form is sent.

Every shown form has a hidden key of its own. The row that the deed makes keeps it in a unique column, so that a second
press finds the first one's row and gets the first one's answer. Where one form can do several deeds, with other words or
to another object, `deed_key` gives each its own.
"""

import uuid

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _


class OnceForm(forms.Form):
    idempotency_key = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class PublicForm(OnceForm):
    """A form for everybody, with a field in a hidden block that only programs fill in (`components/_trap.html`)."""

    subject_line = forms.CharField(required=False, label=_("Leave this empty"))

    def is_trapped(self):
        return bool(self.data.get("subject_line"))


class MadeOnce(models.Model):
    """A row that a form makes."""

    idempotency_key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True

    @classmethod
    def make_once(cls, key, **columns):
        """The row of that key, made if there is none, and whether it is new."""
        return cls._default_manager.get_or_create(idempotency_key=key, defaults=columns)


def key_sent(request):
    """The key of a form that is a button alone; a new one where none came."""
    try:
        return uuid.UUID(request.POST.get("idempotency_key", ""))
    except ValueError:
        return uuid.uuid4()


def deed_key(key, *deed):
    return uuid.uuid5(key, "\n".join(map(str, deed)))
