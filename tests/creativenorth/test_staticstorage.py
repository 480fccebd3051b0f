from django.contrib.staticfiles.management.commands.collectstatic import Command
from django.core.management import call_command

from creativenorth.staticstorage import BundledStaticFilesStorage


def collected(tmp_path, settings):
    settings.STATIC_ROOT = tmp_path
    settings.STATICFILES_DIRS = [settings.BASE_DIR / "static"]
    call_command(Command(), interactive=False, verbosity=0)
    return BundledStaticFilesStorage(location=tmp_path)


def test_style_sheet_is_one_file_below_its_budget(tmp_path, settings):
    storage = collected(tmp_path, settings)

    name = storage.stored_name("css/site.css")

    assert "@import" not in (tmp_path / name).read_text()
    assert (tmp_path / f"{name}.br").stat().st_size <= 12 * 1024


def test_scripts_are_one_file_for_the_site_and_one_for_the_staff(tmp_path, settings):
    storage = collected(tmp_path, settings)
    entries = ["site.js", "desk.js"]

    texts = [(tmp_path / storage.stored_name(f"js/{name}")).read_text() for name in entries]
    sources = [path for path in (settings.BASE_DIR / "static/js").glob("*.js") if path.name not in entries]

    assert "import " not in "".join(texts)
    assert [source.name for source in sources if not any(source.read_text() in text for text in texts)] == []


def test_font_is_named_by_its_hash_in_the_bundle(tmp_path, settings):
    storage = collected(tmp_path, settings)

    text = (tmp_path / storage.stored_name("css/site.css")).read_text()

    assert storage.stored_name("fonts/familjen-grotesk.woff2").removeprefix("fonts/") in text
