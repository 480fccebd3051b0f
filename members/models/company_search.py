"""Searching companies: by name, and by what their profiles show the audience."""

from django.db.models import Case, Q, When

from creativenorth.drawing.municipalities import codes_named
from creativenorth.search import ask, every_word
from creativenorth.search.rows import of_values
from members.models.profile.visibility import field_shown_to
from members.models.sectors_and_skills import Sector, Skill

TEXTS = ("tagline", "description", "location")  # each has a folded column


def search(companies, text, audience):
    """Companies that have every word in their name, or in a text, sector, skill or municipality that the audience sees.

    Example texts are not searched. Those with the words in their name come first.
    """
    asked = ask(text)
    found = every_word(companies, asked, lambda word: [word.in_column("folded_name"), *_said(word, audience)])
    if not asked:
        return found
    is_named = Q(*(Q(folded_name__contains=word) for word in map(str, asked.words)))
    return found.order_by(Case(When(is_named, then=0), default=1), "sort_key", "pk")


def _said(word, audience):
    """Conditions on what the public version says, each of which the audience may see."""
    for field in TEXTS:
        if said := word.in_column(f"public_version__folded_{field}"):
            yield Q(said, field_shown_to(audience, field), public_version__is_placeholder=False)
    for field, model in (("sectors", Sector), ("skills", Skill)):
        if named := word.in_column("folded"):
            versions = model.objects.filter(named).values("versions")
            yield Q(field_shown_to(audience, field), public_version__in=versions)
    if is_there := of_values("public_version__municipality", word.named(codes_named)):
        yield Q(field_shown_to(audience, "location"), is_there)
