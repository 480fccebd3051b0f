"""The words of the mails in creativenorth.mail.table. Each app says what its own are filled in with, so that staff can word them:

    system_mail("invitation", placeholders={
        "company": typed_value(_("the company")), "link": required_value(_("the secret link")), "until": portal_value(_("until when")),
    })

The built-in text is the template `templates/mail/<template>.txt`, rendered with `{company}` for the value of "company" and so on;
it is sent until staff have written another. `sample` is the context that renders it; the facts of its row are there already.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _

from creativenorth.hooks import Hook
from creativenorth.mail.table import Row, row_for, row_of
from creativenorth.text.placeholders import TrustedValue
from creativenorth.text.placeholders import check as check_placeholders

mail_types = Hook("Values: each `SystemMailType`, one for each row of the table that has a mail.")


@dataclass(frozen=True)
class Placeholder:
    """A word in braces that stands for a value. The mail must contain a required one; people have typed a typed one."""

    meaning: str
    is_required: bool = False
    is_typed: bool = False
    get: Callable | None = None  # context → value; without it the context's value of the placeholder's name

    def value(self, name, context):
        text = self.get(context) if self.get else context.get(name, "")
        return str(text) if self.is_typed else TrustedValue(text)


def portal_value(meaning, get=None):
    """A value that the portal makes: put in as it is."""
    return Placeholder(meaning, get=get)


def required_value(meaning, get=None):
    """A value that the portal makes and that the mail must contain."""
    return Placeholder(meaning, is_required=True, get=get)


def typed_value(meaning, get=None):
    """A value that people have typed: put in as one short line without a web address."""
    return Placeholder(meaning, is_typed=True, get=get)


@dataclass(frozen=True)
class SystemMailType:
    """One kind of mail that the portal sends; `creativenorth.mail.models.SystemMail` is staff's wording of it."""

    row: Row
    placeholders: dict
    sample: dict | Callable = field(default_factory=dict)

    @property
    def key(self):
        return self.row.key

    def values(self, context):
        return {name: placeholder.value(name, context) for name, placeholder in self.placeholders.items()}

    def built_in(self, language):
        """Subject and text in that language, with the placeholders in braces."""
        in_braces = {name: f"{{{name}}}" for name in self.placeholders}
        with translation.override(language):
            sample = self.sample() if callable(self.sample) else self.sample
            known = {name: value[0] if isinstance(value, tuple) else value for name, value in self.row.facts.items()}
            facts = {"site_url": settings.SITE_URL, "language": language} | known | in_braces | sample
            mail = (
                get_template(f"mail/{self.row.template}.txt").template.render(Context(facts, autoescape=False)).strip()
            )
        subject, _rest, text = mail.partition("\n")
        return subject.strip(), text.strip()

    def check(self, subject, text):
        """Raise ValidationError with {"subject" or "text": error} for an unknown placeholder and for a missing required one."""
        errors = {}
        for name, words in (("subject", subject), ("text", text)):
            try:
                check_placeholders(words, self.placeholders)
            except ValidationError as error:
                errors[name] = error
        required = [name for name, placeholder in self.placeholders.items() if placeholder.is_required]
        missing = [name for name in required if f"{{{name}}}" not in text]
        if missing and "text" not in errors:
            message = _("Without {%s} the mail is of no use: put it back.") % missing[0]
            errors["text"] = ValidationError(message, code="missing_placeholder")
        if errors:
            raise ValidationError(errors)


def system_mail(key, *, placeholders, sample=()):
    mail_types.register(SystemMailType(row_of(key), placeholders, sample or {}))


def mail_type(key):
    """The registered mail with that key; None where the code no longer sends it."""
    return next((each for each in mail_types if each.key == key), None)


def mail_type_of(event, context):
    """The mail for that event with that context; None for one that staff do not word."""
    row = row_for(event, context)
    return mail_type(row.key) if row else None
