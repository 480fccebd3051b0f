"""Cached public pages: one query for a cached page, and an edit shows at once."""

import gzip

import brotli
import pytest
from django.core.cache import caches
from django.db import transaction

from creativenorth.web.fragments import VARIES
from creativenorth.web.pagecache import content_version
from members.models import Company
from tests.factories import make_activity, make_cluster, make_company, say
from tests.pages import PUBLIC_PAGES, address, make_full_portal

# The trigger that makes a new version is deferred to the commit, so these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/foretag/"


@pytest.fixture(autouse=True)
def empty_cache():
    caches["pages"].clear()
    yield
    caches["pages"].clear()


@pytest.fixture
def company():
    make_cluster()
    return make_company("Norrsken Form")


def test_a_warm_page_costs_one_query(client, company, django_assert_num_queries):
    cold = client.get(PAGE)

    with django_assert_num_queries(1):
        warm = client.get(PAGE)

    assert warm.content == cold.content
    assert "Norrsken Form" in warm.content.decode()


def test_an_edit_shows_at_once(client, company):
    client.get(PAGE)

    Company.objects.filter(pk=company.pk).update(name="Vinterljus Form")

    page = client.get(PAGE).content.decode()
    assert ("Vinterljus Form" in page, "Norrsken Form" in page) == (True, False)


def test_what_is_rolled_back_makes_no_new_version(company):
    before = content_version()

    with transaction.atomic():
        say(company, tagline_sv="Ångrat")
        transaction.set_rollback(True)

    assert content_version() == before


def test_one_transaction_makes_one_new_version(company):
    before = content_version()

    with transaction.atomic():
        make_company("Ett")
        make_activity()
        during = content_version()

    assert during == before
    assert content_version() != before


def test_a_change_that_is_not_committed_is_not_kept_for_others(client, company):
    client.get(PAGE)
    first = content_version()

    with transaction.atomic():
        company.name = "Ännu inte"
        company.save()
        assert content_version() == first

    assert "Ännu inte" in client.get(PAGE).content.decode()


def test_a_visitor_who_reads_gets_no_cookie(client, company):
    answers = [client.get(PAGE), client.get(PAGE)]

    assert [bool(answer.cookies) for answer in answers] == [False, False]


def test_a_page_for_somebody_signed_in_is_neither_kept_nor_taken_from_the_cache(owner_client, client):
    make_cluster()
    client.get(PAGE)

    page = owner_client.get(PAGE)

    assert "ETag" not in page.headers
    assert "/min-sida/" in page.content.decode()
    assert "/min-sida/" not in client.get(PAGE).content.decode()


def test_a_page_that_has_not_changed_is_answered_with_304(client, company):
    etag = client.get(PAGE).headers["ETag"]

    again = client.get(PAGE, headers={"If-None-Match": etag})

    assert (again.status_code, again.content) == (304, b"")


def test_a_page_that_has_changed_is_sent_whole(client, company):
    etag = client.get(PAGE).headers["ETag"]
    Company.objects.update(name="Nytt namn")

    again = client.get(PAGE, headers={"If-None-Match": etag})

    assert again.status_code == 200
    assert "Nytt namn" in again.content.decode()


@pytest.mark.parametrize(("encoding", "decode"), [("br", brotli.decompress), ("gzip", gzip.decompress)])
def test_a_kept_page_is_sent_compressed(client, company, encoding, decode):
    plain = client.get(PAGE)

    packed = client.get(PAGE, headers={"Accept-Encoding": encoding})

    assert packed.headers["Content-Encoding"] == encoding
    assert decode(packed.content) == plain.content
    assert packed.headers["ETag"] != plain.headers["ETag"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_each_language_has_its_own_page(client, company):
    swedish, english = client.get(PAGE), client.get("/en/companies/")

    assert 'lang="sv"' in swedish.content.decode()[:200]
    assert 'lang="en"' in english.content.decode()[:200]
    assert client.get("/en/companies/").content == english.content


# What browsers and htmx say of a request, with a value that a page might heed.
SAID = {
    "HX-Request": "true",
    "HX-Request-Type": "partial",
    "HX-Target": "div#directory-results",
    "HX-Source": "input",
    "HX-Current-URL": "http://testserver/om/",
    "HX-Boosted": "true",
    "HX-History-Restore-Request": "true",
    "HX-Trigger": "q",
    "HX-Prompt": "ja",
    "Sec-Fetch-Dest": "iframe",
    "Referer": "http://testserver/om/",
    "Accept-Language": "en",
    "Accept": "application/json",
    "User-Agent": "Lynx",
}


@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_a_page_depends_on_nothing_that_its_key_leaves_out(client, name):
    make_full_portal()
    path, others = address(name), {key: value for key, value in SAID.items() if key not in VARIES}
    for asked in ({}, {"HX-Request": "true"}, {"HX-Request": "true", "HX-Request-Type": "partial"}):
        caches["pages"].clear()
        plain = client.get(path, headers=asked)
        if "ETag" not in plain.headers:  # it is kept nowhere
            continue
        caches["pages"].clear()

        with_others = client.get(path, headers=others | asked)

        assert (with_others.content, set(VARIES) <= _vary(plain)) == (plain.content, True)


def _vary(response):
    return {name.strip() for name in response.headers.get("Vary", "").split(",")}


def test_page_and_fragment_of_one_address_are_kept_apart(client, company):
    make_activity()
    for path in (PAGE, "/aktiviteter/"):
        asked = [
            {},
            {"HX-Request": "true"},
            {"HX-Request": "true", "HX-Request-Type": "partial"},
            {"HX-Request": "true", "HX-Target": SAID["HX-Target"]},
        ]
        cold = []
        for headers in asked:
            caches["pages"].clear()
            cold.append(client.get(path, headers=headers).content)

        warm = [client.get(path, headers=headers).content for headers in asked * 2]

        assert warm == cold * 2
