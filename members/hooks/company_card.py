"""Sections of staff's card of a company."""

from dataclasses import dataclass, field

from creativenorth.hooks import Hook

card_sections = Hook(
    "Called with the company and the member of staff; answers a `CardSection`, None where they may not see it."
)


@dataclass(frozen=True)
class CardSection:
    """A heading, and the app's own template with its context."""

    title: str
    template: str
    context: dict = field(default_factory=dict)


def sections_of(company, user):
    return [section for section in card_sections(company, user) if section]
