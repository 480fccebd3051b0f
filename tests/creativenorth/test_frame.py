"""What stands around every page is cached under a version of its own, which only its own tables renew."""

from threading import Event, Thread

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from creativenorth.site.models import Cluster, NewsItem, PageText
from creativenorth.views.context import facts
from creativenorth.web.pagecache import cached, versions
from members.models import Company
from programmes.models import Funder, Project, Strategy
from tests.factories import make_activity, make_cluster, make_company, make_news, make_project, make_strategy
from tests.markup import tight

# The trigger that makes a new version is deferred to the commit, so these tests commit.
pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/foretag/"


@pytest.fixture(autouse=True)
def frame():
    caches["pages"].clear()
    make_cluster()
    yield
    caches["pages"].clear()


def _edit(text):
    Cluster.objects.update(footer_sv=text)


def test_an_edit_of_something_else_leaves_the_frame(client):
    company = make_company("Norrsken Form")
    client.get(PAGE)
    before = versions()

    Company.objects.filter(pk=company.pk).update(name="Vinterljus Form")

    after = versions()
    assert (after.content != before.content, after.frame == before.frame) == (True, True)
    assert "Vinterljus Form" in client.get(PAGE).content.decode()


def test_the_first_visit_after_an_edit_asks_only_for_the_page_itself(client):
    make_company("Norrsken Form", municipality="2581")
    make_activity()
    client.get("/om/")

    counts = {}
    for path in ("/", PAGE, "/foretag/norrsken-form/", "/aktiviteter/"):
        with CaptureQueriesContext(connection) as asked:
            client.get(path)
        counts[path] = len(asked)

    assert counts == {"/": 6, PAGE: 4, "/foretag/norrsken-form/": 6, "/aktiviteter/": 3}


def test_an_edit_of_the_frame_shows_at_once_on_a_warm_page(client):
    _edit("Foten som den var")
    client.get(PAGE)
    assert "Foten som den var" in client.get(PAGE).content.decode()

    _edit("Foten som den är")

    page = client.get(PAGE).content.decode()
    assert ("Foten som den är" in page, "Foten som den var" in page) == (True, False)


def test_each_table_of_the_frame_makes_new_versions():
    make_project()
    make_news()
    make_strategy()
    PageText.objects.get_or_create(page="directory", defaults={"lead_sv": "Företagen."})

    seen = [versions()]
    for model in (Cluster, Funder, NewsItem, PageText, Project, Strategy):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {model._meta.db_table} SET id = id")
        seen.append(versions())

    assert [len(set(each)) for each in zip(*seen, strict=True)] == [7, 7]


def test_the_frame_asks_no_table_that_makes_no_new_version(django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger\\_bump\\_frame%'")
        watched = {table for (table,) in cursor.fetchall()}

    make_project()
    with django_assert_num_queries(6) as asked:
        facts()

    assert {query["sql"].split(' FROM "')[1].split('"')[0] for query in asked} == watched


def test_what_was_read_before_an_edit_is_not_kept_for_those_who_come_after_it(rf):
    early, late = rf.get(PAGE), rf.get(PAGE)

    def read_slowly():
        read = facts()["cluster"].footer_sv
        _edit("Nytt")  # somebody's, committed while this reader is still at it
        return read

    assert cached(early, "foot", read_slowly, under="frame") != "Nytt"
    assert cached(late, "foot", lambda: facts()["cluster"].footer_sv, under="frame") == "Nytt"


def test_readers_beside_an_editor_never_bring_back_what_was(client):
    is_over, pages = Event(), []

    def read():
        reader = Client()
        while not is_over.is_set():
            reader.get(PAGE)
        connection.close()

    readers = [Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for number in range(10):
            _edit(f"Fot nummer {number}")
            pages += [f"Fot nummer {number}<" in tight(client.get(PAGE).content.decode()) for _ in range(2)]
    finally:
        is_over.set()
        for reader in readers:
            reader.join()

    assert pages == [True] * 20
