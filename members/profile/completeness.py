"""How complete a company's profile is, and the best next step."""

from dataclasses import dataclass

from django.db.models import FileField
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from members.models import ProfileVersion
from members.models.profile.version import is_of_picture


@dataclass(frozen=True)
class Step:
    """One thing a good profile has; `part` is the section where it is done, `text` what to do."""

    part: str
    text: str
    is_done: object


def _says(*names):
    return lambda version: all(version.value(name) for name in names)


def _shows_a_work(version):
    return any(work.picture for work in version.shown_works)


# In order of importance to a visitor.
STEPS = [
    Step("summary", _("Say in one line what you do"), _says("tagline_sv")),
    Step("story", _("Tell who you are"), _says("description_sv")),
    Step("craft", _("Choose your sectors, so that others find you"), _says("sectors")),
    Step(
        "contact", _("Leave a way to reach you"), lambda version: any(map(version.value, ("website", "email", "phone")))
    ),
    Step("pictures", _("Add your logo"), _says("logo")),
    Step("works", _("Show a work with a picture"), _shows_a_work),
    Step("place", _("Say where you are, and be shown on the map"), _says("municipality")),
    Step("craft", _("Say what you are good at"), _says("skills")),
    Step("summary", _("Say it in English too"), _says("tagline_en")),
    Step("story", _("Tell it in English too"), _says("description_en")),
]


def completeness(version):
    """{"percent": done, "next": the next `Step` or None}."""
    missing = [step for step in STEPS if not step.is_done(version)]
    return {"percent": 100 * (len(STEPS) - len(missing)) // len(STEPS), "next": missing[0] if missing else None}


def labels():
    """{field: label} of what a profile can say; a picture's description and crop go with the picture."""
    fields = {name: ProfileVersion._meta.get_field(name) for name in ProfileVersion.content()}
    return {
        name: capfirst(str(field.verbose_name))
        for name, field in fields.items()
        if not is_of_picture(name) or isinstance(field, FileField)
    }


def missing_labels(version):
    missing = [label for name, label in labels().items() if not version.value(name)]
    return missing if version.shown_works else [*missing, capfirst(_("works"))]


def examples_removed_by_publishing(public, draft):
    """Labels of example texts that the page shows today and that publishing the draft removes without a replacement."""
    if not public.is_placeholder:
        return []
    return [label for name, label in labels().items() if public.said(name) and not draft.value(name)]


def first_steps(version, *, is_public):
    """Three steps for beginners, [] once all are done. `is_public`: everybody sees the company's own texts."""
    is_told = _says("tagline_sv", "description_sv", "sectors")(version)
    is_shown = bool(version.value("logo")) or _shows_a_work(version)
    last = _("Sent: somebody at the cluster reads it") if version.is_waiting else _("Publish")
    steps = [
        {"text": _("Tell who you are"), "part": "summary", "is_done": is_told},
        {"text": _("Show something: a logo or a work"), "part": "pictures", "is_done": is_shown},
        {"text": last, "part": "publish", "is_done": is_public},
    ]
    return [] if all(step["is_done"] for step in steps) else steps
