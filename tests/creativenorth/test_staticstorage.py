import pytest
from django.conf import settings
from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command
from django.test import override_settings

from creativenorth.run.staticstorage import BundledStaticFilesStorage


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("static")


@pytest.fixture(scope="module")
def storage(folder):
    """The house's static files, collected once for all tests here."""
    with override_settings(STATIC_ROOT=folder, STATICFILES_DIRS=[settings.BASE_DIR / "static"]):
        call_command(Command(), interactive=False, verbosity=0)
        yield BundledStaticFilesStorage(location=folder)


def test_style_sheet_is_one_file_below_its_budget(storage, folder):
    name = storage.stored_name("css/site.css")

    assert "@import" not in (folder / name).read_text()
    assert (
        folder / f"{name}.br"
    ).stat().st_size <= 16 * 1024  # the first load of the front page stays below 60 kB with it


def test_scripts_are_one_file_for_the_site_and_one_for_the_staff(storage, folder):
    entries = ["site.js", "admin.js"]

    texts = [(folder / storage.stored_name(f"js/{name}")).read_text() for name in entries]
    sources = [path for path in (settings.BASE_DIR / "static/js").glob("*.js") if path.name not in entries]

    assert "import " not in "".join(texts)
    assert [source.name for source in sources if not any(source.read_text() in text for text in texts)] == []


def test_font_is_named_by_its_hash_in_the_bundle(storage, folder):
    text = (folder / storage.stored_name("css/site.css")).read_text()

    assert storage.stored_name("fonts/familjen-grotesk.woff2").removeprefix("fonts/") in text
