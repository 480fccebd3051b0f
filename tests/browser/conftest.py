"""A real browser and a real server: the portal in a thread, and Debian's Chromium."""

import os
import shutil

import pytest
from django.core.cache import caches
from django.test.testcases import LiveServerThread
from playwright.sync_api import sync_playwright

from members.models import User
from tests.pages import OWNER, make_full_portal
from tests.roles import signed_in

QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="module")
def chromium():
    # Playwright keeps an event loop in this thread, which Django takes for asynchronous code. It ends with the module:
    # no other loop can run beside it, as that of the queue worker.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        yield browser
        browser.close()


@pytest.fixture
def portal(transactional_db, settings):
    """The address of a server that runs for the test, static files by whitenoise as in production."""
    settings.ALLOWED_HOSTS = ["localhost"]
    thread = LiveServerThread("localhost", static_handler=lambda application: application)
    thread.daemon = True
    thread.start()
    thread.is_ready.wait()
    if thread.error:
        raise thread.error
    settings.SITE_URL = f"http://localhost:{thread.port}"
    yield settings.SITE_URL
    thread.terminate()
    thread.join()
    caches["pages"].clear()


@pytest.fixture
def full_portal(portal):
    make_full_portal()
    return portal


@pytest.fixture
def open_page(chromium, portal):
    """A function that opens a tab of a new visitor: `open_page(width=390, height=844, dark=False, language="sv")`."""
    contexts = []

    def open_page(width=1440, height=900, *, dark=False, **options):
        context = chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            base_url=portal,
            **({"locale": "sv-SE"} | options),
        )
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def open_page_as(open_page, portal, settings):
    """`open_page` for a person who is signed in: `open_page_as(user, width=390, height=844, dark=True)`."""

    def open_page_as(user, *size, **options):
        page = open_page(*size, **options)
        cookie = signed_in(user).cookies[settings.SESSION_COOKIE_NAME]
        page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": portal}])
        return page

    return open_page_as


@pytest.fixture
def owner_of_full_portal(full_portal):
    return User.objects.get(email=OWNER)
