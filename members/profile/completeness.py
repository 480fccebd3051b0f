"""How complete a company's profile is, and the best next step."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from members.profile.draft import EXAMPLES, works_in


@dataclass(frozen=True)
class Step:
    """One thing a good profile has; `part` is the section where it is done, `text` what to do."""

    part: str
    text: str
    is_done: object


def _has(*names):
    return lambda values: all(values[name] for name in names)


def _shows_a_work(values):
    return any(work.get("picture") for work in works_in(values).values())


# In order of importance to a visitor.
STEPS = [
    Step("summary", _("Say in one line what you do"), _has("tagline_sv")),
    Step("story", _("Tell who you are"), _has("description_sv")),
    Step("craft", _("Choose your sectors, so that others find you"), _has("sectors")),
    Step(
        "contact", _("Leave a way to reach you"), lambda values: values["website"] or values["email"] or values["phone"]
    ),
    Step("pictures", _("Add your logo"), _has("logo")),
    Step("works", _("Show a work with a picture"), _shows_a_work),
    Step("place", _("Say where you are, and be shown on the map"), _has("municipality")),
    Step("craft", _("Say what you are good at"), _has("skills")),
    Step("summary", _("Say it in English too"), _has("tagline_en")),
    Step("story", _("Tell it in English too"), _has("description_en")),
]

PROFILE_LABELS = {
    "tagline_sv": _("One line, in Swedish"),
    "tagline_en": _("One line, in English"),
    "description_sv": _("Who you are, in Swedish"),
    "description_en": _("Who you are, in English"),
    "sectors": _("Sectors"),
    "skills": _("What you are good at"),
    "looking_for": _("We are looking for"),
    "logo": _("Logo"),
    "cover": _("Large picture"),
    "town": _("Town"),
    "municipality": _("Municipality"),
    "website": _("Website"),
    "email": _("E-mail"),
    "phone": _("Phone"),
}


def completeness(values):
    """{"percent": done, "next": the next `Step` or None}."""
    missing = [step for step in STEPS if not step.is_done(values)]
    return {"percent": 100 * (len(STEPS) - len(missing)) // len(STEPS), "next": missing[0] if missing else None}


def missing_labels(values):
    missing = [label for name, label in PROFILE_LABELS.items() if not values[name]]
    return missing if works_in(values) else [*missing, _("Works")]


def examples_removed_by_publishing(company, values):
    """Labels of example texts that the page shows today and that publishing removes without a replacement."""
    if not company.is_placeholder:
        return []
    shown = {name: getattr(company, name) for name in PROFILE_LABELS if name in EXAMPLES}
    shown |= {name: shown[name].exists() for name in ("sectors", "skills")}
    return [label for name, label in PROFILE_LABELS.items() if shown.get(name) and not values[name]]


def first_steps(company, values, draft, *, is_public):
    """Three steps for beginners, [] once all are done. `is_public`: everybody sees the company's own texts."""
    is_told = _has("tagline_sv", "description_sv", "sectors")(values)
    is_shown = bool(values["logo"]) or _shows_a_work(values)
    last = _("Sent: somebody at the cluster reads it") if draft and draft.is_waiting else _("Publish")
    steps = [
        {"text": _("Tell who you are"), "part": "summary", "is_done": is_told},
        {"text": _("Show something: a logo or a work"), "part": "pictures", "is_done": is_shown},
        {"text": last, "part": "publish", "is_done": is_public},
    ]
    return [] if all(step["is_done"] for step in steps) else steps
