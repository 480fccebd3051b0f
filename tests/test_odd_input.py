"""Whatever is written into addresses, parameters, headers and forms: an answer, never an error of the portal's own."""

import re
from pathlib import Path

import pytest
from django.urls import NoReverseMatch, reverse

from tests.pages import OWN_PAGES, PUBLIC_PAGES, make_full_portal
from tests.test_admin_matrix import MATRIX as MODELS
from tests.test_permissions import MATRIX

pytestmark = pytest.mark.django_db
HOUSE = Path(__file__).resolve().parent.parent
READ = re.compile(r'(?:GET|POST|data|asked)\.get(?:list)?\("([\w-]+)"')
PARAMETERS = sorted(
    {
        name
        for app in ("creativenorth", "members", "events")
        for path in (HOUSE / app).rglob("*.py")
        for name in READ.findall(path.read_text())
    }
)
DIGITS = "9" * 5000
ODD = {"nul": "a\0b", "digits": DIGITS, "superscript": "²", "lone": "\ud800".encode("utf-8", "surrogatepass")}
HEADERS = {"Referer": "http://[::1", "HX-Current-URL": "http://[x]:y", "HX-Request": "true"}


def routes():
    for name, arguments in (
        {name: arguments for name, (arguments, _codes) in MATRIX.items()} | PUBLIC_PAGES | OWN_PAGES
    ).items():
        yield reverse(name, args=arguments)
    for label in MODELS:
        for page in ("changelist", "add"):
            try:
                yield reverse(f"admin:{label.replace('.', '_')}_{page}")
            except NoReverseMatch:
                continue


@pytest.fixture
def client_of(staff_client, owner_client):
    make_full_portal()
    clients = {"staff": staff_client, "owner": owner_client}
    for client in clients.values():
        client.raise_request_exception = False
    return clients


@pytest.mark.parametrize(
    ("role", "odd"), [("staff", "nul"), ("staff", "digits"), ("staff", "superscript"), ("owner", "lone")]
)
def test_no_parameter_or_header_breaks_a_page(odd, role, client_of):
    parameters, client = dict.fromkeys(PARAMETERS, ODD[odd]), client_of[role]

    broken = [path for path in routes() if client.get(path, parameters, headers=HEADERS).status_code == 500]

    assert broken == []


@pytest.mark.parametrize("odd", ["nul", "digits"])
def test_no_field_breaks_a_form(odd, client_of):
    client, broken = client_of["staff"], []
    for path in routes():
        page = client.get(path)
        names = (
            set(re.findall(r'name="([\w-]+)"', page.content.decode(errors="replace"))) if not page.streaming else set()
        )
        if names and client.post(path, dict.fromkeys(names, ODD[odd]), headers=HEADERS).status_code == 500:
            broken.append(path)

    assert broken == []


@pytest.mark.parametrize("path", ["/konto/logga-in/", "/konto/logga-in/kod/", "/konto/logga-ut/", "/admin/login/"])
def test_where_to_go_next_is_an_address_or_nothing(client, path):
    answers = [client.get(path, {"next": "http://[::1"}), client.post(path, {"next": "//[x", "login": "a@b.example"})]

    assert [answer.status_code < 500 for answer in answers] == [True, True]


@pytest.mark.parametrize("part", ["%00", DIGITS, "%C2%B2"])
@pytest.mark.parametrize(
    "start", ["/foretag/", "/aktiviteter/", "/uploads/", "/admin/members/company/", "/aktiviteter/kalender/2026-"]
)
def test_an_address_with_something_odd_in_it_leads_nowhere(staff_client, start, part):
    assert staff_client.get(f"{start}{part}/").status_code in (302, 404)
