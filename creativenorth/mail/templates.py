"""The mails that the portal sends by itself. Each app names its own, so that staff can put them into their own words:

    system_mail("invitation", _("Invitation of a colleague"), slots={
        "company": typed(_("the company")), "link": needed(_("the secret link")), "until": told(_("until when")),
    })

A slot is a word in braces. The built-in text is the template `templates/mail/<template>.txt` with every slot left open; it
stays in the code, and holds until staff have written another. One template may be several mails: `when(context)` tells
which, and `sample` is what the template is asked with to show that one.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.template import Context
from django.template.loader import get_template
from django.utils import translation
from django.utils.translation import gettext as _

from creativenorth.text import placeholders
from creativenorth.text.placeholders import Whole

_mails = {}


@dataclass(frozen=True)
class Slot:
    """A word in braces: what it stands for, whether the mail makes sense without it, whether somebody has typed it."""

    meaning: str
    is_needed: bool = False
    is_typed: bool = False
    read: Callable | None = None

    def value(self, name, context):
        text = self.read(context) if self.read else context.get(name, "")
        return str(text) if self.is_typed else Whole(text)


def told(meaning, read=None):
    """What the portal itself says: put in as it is."""
    return Slot(meaning, read=read)


def needed(meaning, read=None):
    """The same, and the mail must have it."""
    return Slot(meaning, is_needed=True, read=read)


def typed(meaning, read=None):
    """What somebody has typed: comes as one short line without an address."""
    return Slot(meaning, is_typed=True, read=read)


@dataclass(frozen=True)
class SystemMail:
    key: str
    label: str
    slots: dict
    template: str
    when: Callable
    sample: dict = field(default_factory=dict)

    def values(self, context):
        return {name: slot.value(name, context) for name, slot in self.slots.items()}

    def built_in(self, language):
        """Subject and text with the slots open, in that language."""
        open_slots = {name: f"{{{name}}}" for name in self.slots}
        with translation.override(language):
            sample = self.sample() if callable(self.sample) else self.sample
            facts = {"site_url": settings.SITE_URL, "language": language} | open_slots | sample
            whole = get_template(f"mail/{self.template}.txt").template.render(Context(facts, autoescape=False)).strip()
        subject, _rest, text = whole.partition("\n")
        return subject.strip(), text.strip()

    def check(self, subject, text):
        """Raise ValidationError with {"subject" or "text": error} where a slot is unknown, or one is missing that is needed."""
        errors = {}
        for name, words in (("subject", subject), ("text", text)):
            try:
                placeholders.check(words, self.slots)
            except ValidationError as error:
                errors[name] = error
        missing = [name for name, slot in self.slots.items() if slot.is_needed and f"{{{name}}}" not in text]
        if missing and "text" not in errors:
            message = _("Without {%s} the mail is of no use: put it back.") % missing[0]
            errors["text"] = ValidationError(message, code="missing_placeholder")
        if errors:
            raise ValidationError(errors)


def system_mail(key, label, *, slots, template="", when=lambda context: True, sample=()):
    """Register a mail; of several with one template the first counts whose `when(context)` is true."""
    _mails[key] = SystemMail(key, label, slots, template or key, when, sample or {})


def all_mails():
    return list(_mails.values())


def mail_by_key(key):
    """The mail with that key; None where the code no longer sends it."""
    return _mails.get(key)


def mail_for(template, context):
    """Which mail the template is with that context; None for one that staff do not word."""
    return next((each for each in _mails.values() if each.template == template and each.when(context)), None)
