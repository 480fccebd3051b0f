"""Searching companies: by name, and by what their profiles show the audience."""

from django.db.models import Case, Q, When

from creativenorth.drawing.municipalities import codes_named
from creativenorth.text.swedish import matching, words
from members.models.profile.visibility import field_shown_to
from members.models.sectors_and_skills import Sector, Skill

TEXTS = ("tagline", "description", "location")  # each has a folded column


def search(companies, text, audience):
    """Companies that have every word in their name, or in a text, sector, skill or municipality that the audience sees.

    Example texts are not searched. Those with the words in their name come first.
    """
    if not words(text):
        return companies
    for word in words(text):
        companies = companies.filter(matching(word, "folded_name") | _says(word, audience))
    is_named = Q(*(Q(folded_name__contains=word) for word in words(text)))
    return companies.order_by(Case(When(is_named, then=0), default=1), "sort_key", "pk")


def _says(word, audience):
    said = Q()
    for field in TEXTS:
        matches = matching(word, f"public_version__folded_{field}")
        said |= Q(matches, field_shown_to(audience, field), public_version__is_placeholder=False)
    for field, model in (("sectors", Sector), ("skills", Skill)):
        named = model.objects.filter(matching(word)).values("versions")
        said |= Q(field_shown_to(audience, field), public_version__in=named)
    is_there = Q(public_version__municipality__in=codes_named(word))
    return said | Q(field_shown_to(audience, "location"), is_there)
