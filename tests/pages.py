"""The public pages, what stands on them in tests, and how a test reads them."""

from datetime import timedelta
from html.parser import HTMLParser
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, override

from creativenorth.web import secret_links
from members.models import User
from tests import factories
from tests.roles import signed_in

LANGUAGES = ["sv", "en"]
OWNER = "synlig@full.example"
REGISTRATION, GUEST = UUID(int=7), UUID(int=8)  # the owner's registration and a guest's
# Name of the address → its arguments, as `full` makes them. Those with arguments do not exist in an empty portal.
PUBLIC_PAGES = {
    "cluster": [],
    "about": [],
    "search": [],
    "privacy": [],
    "accessibility": [],
    "cookies": [],
    "results": [],
    "news": [],
    "news_item": ["ny-studio"],
    "members:directory": [],
    "members:company": ["full-fin-ab"],
    "members:join": [],
    "members:contact": [],
    "members:barrier": [],
    "members:thanks": ["join"],
    "events:activities": [],
    "events:activity": ["berattarkvall"],
    "events:signup": ["berattarkvall"],
    "events:signup_sent": ["berattarkvall"],
    "events:month": [timezone.localdate()],
    "events:week": [timezone.localdate()],
    "programmes:programmes": [],
    "programmes:programme": ["leda"],
    "programmes:poster": [],
    "programmes:strategy": [],
}
# Pages of one's own, read as the owner of a company; the same checks run over them as over the public ones.
OWN_PAGES = {
    "members:home": [],
    "members:notifications": [],
    "members:my_data": [],
    "members:my_data_erasure": [],
    "members:my_company": [],
    "members:my_company_preview": [],
    "members:my_company_publishing": [],
    "members:my_company_versions": [],
    "members:my_company_people": [],
    "members:my_company_leaving": [],
    "members:my_company_number": [],
    "members:my_company_new_work": [],
    "events:feeds": [],
    "events:registration": [secret_links.token(REGISTRATION, "registration")],
    "events:registration_details": [secret_links.token(REGISTRATION, "registration")],
    "events:registration_erasure": [secret_links.token(GUEST, "registration")],
    "account_change_password": [],
    "account_email": [],
    "mfa_index": [],
    "mfa_list_webauthn": [],
    "passkey_offer": [],
    "usersessions_list": [],
}
EMPTY_PAGES = [name for name, arguments in PUBLIC_PAGES.items() if not arguments]
# The same pages in another state.
VARIANTS = {
    "search": ["?q=ljud", "?q=finnsinte"],
    "members:directory": ["?q=full", "?q=finnsinte", "?sektor=film"],
    "events:activities": ["?q=ljud", "?q=finnsinte", "?visa=tidigare", "?typ=workshop"],
    "members:company": [],
}


def address(name, language=None):
    """The page's address in the language (the active one)."""
    with override(language or get_language()):
        return reverse(name, args=(PUBLIC_PAGES | OWN_PAGES)[name])


def make_full_portal():
    """The cluster with a page of everything: companies, activities to come, past and cancelled, programmes."""
    factories.make_cluster()
    project = factories.make_project()
    companies = [factories.make_full_company()] + [factories.make_company(f"Åkesson {number}") for number in range(3)]
    person = factories.make_user(OWNER, name="Siv Synlig")
    factories.make_affiliation(person, companies[0], "owner", is_shown=True, title="Producent")
    factories.make_activity("Berättarkväll", slug="berattarkvall", sessions=2, capacity=20, description_sv="Om *ljud*.")
    full = factories.make_activity("Fullsatt", capacity=1, asks_diet=True)
    factories.make_registration(full, uuid=GUEST)
    factories.make_registration(full, person, state="waiting", uuid=REGISTRATION)
    factories.make_activity("Inspelad", starts_in=-timedelta(days=30))
    off = factories.make_activity("Inställd")
    off.cancelled_at, off.cancel_reason_sv = off.published_at, "Läraren är sjuk."
    off.save()
    for group in ("manager", "project_leader", "creator"):
        slug = {"manager": "leda"}.get(group, f"program-{group.replace('_', '-')}")
        factories.make_programme(slug=slug, target_group=group, project=project)
    factories.make_news(slug="ny-studio")
    factories.make_strategy()


@pytest.fixture
def full(db):
    make_full_portal()


@pytest.fixture
def full_owner(full):
    """The owner of the company that has filled in everything."""
    return User.objects.get(email=OWNER)


@pytest.fixture
def full_owner_client(full_owner):
    return signed_in(full_owner)


class _Reader(HTMLParser):
    """Collects what a person sees or hears, leaving out parts that are marked as another language."""

    VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
    SPOKEN = {"aria-label", "alt", "title", "placeholder"}

    def __init__(self, language):
        super().__init__()
        self.language, self.texts, self.languages = language, set(), []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        here = attrs.get("lang") or (self.languages[-1] if self.languages else self.language)
        if here == self.language:
            self.texts |= {attrs[name].strip() for name in self.SPOKEN & attrs.keys() if attrs[name]}
        if tag not in self.VOID:
            self.languages.append("code" if tag in ("script", "style") else here)

    def handle_endtag(self, tag):
        if tag not in self.VOID:
            self.languages.pop()

    def handle_data(self, data):
        if data.strip() and self.languages and self.languages[-1] == self.language:
            self.texts.add(" ".join(data.split()))


def texts(html, language):
    """The texts of a whole page in its language: text nodes, names and alternatives, each once."""
    reader = _Reader(language)
    reader.feed(html)
    return reader.texts - {""}
