"""How long files and lines may be; the formatters hold the rest (`make lint`)."""

import re
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PACKAGES = ["creativenorth", "members", "events", "programmes", "tests"]
TEMPLATES = sorted(ROOT.glob("templates/**/*.html"))
STYLE_SHEETS = sorted(ROOT.glob("static/css/*.css"))
SCRIPTS = sorted(ROOT.glob("static/js/*.js"))
# What a tool writes is as long as it makes it.
PYTHON = sorted(
    path
    for package in PACKAGES
    for path in ROOT.glob(f"{package}/**/*.py")
    if "node_modules" not in path.parts and path.name != "0001_initial.py"
)
QUOTED = re.compile(r"\".*?\"|/\*.*?\*/")


def lines(path):
    return path.read_text().splitlines()


def longer_than(limit, paths):
    return {path.relative_to(ROOT).as_posix(): len(lines(path)) for path in paths if len(lines(path)) > limit}


def test_there_is_something_to_measure():
    assert min(map(len, (TEMPLATES, STYLE_SHEETS, SCRIPTS, PYTHON))) > 10


def test_lines_of_templates_fit_on_a_screen():
    wide = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in TEMPLATES
        for number, line in enumerate(lines(path), 1)
        if len(line) > 140
    ]

    assert wide == []


def test_pages_and_fragments_are_short():
    fragments = [path for path in TEMPLATES if path.name.startswith("_")]

    assert longer_than(80, fragments) == {}
    assert longer_than(160, TEMPLATES) == {}


def test_style_sheets_are_short():
    assert longer_than(300, STYLE_SHEETS) == {}


def test_style_sheets_have_one_declaration_a_line():
    packed = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in STYLE_SHEETS
        for number, line in enumerate(lines(path), 1)
        if QUOTED.sub("", line).count(";") > ("{" not in line)
    ]

    assert packed == []


def test_scripts_are_short_each_and_all_together():
    assert longer_than(100, SCRIPTS) == {}
    assert sum(len(lines(path)) for path in SCRIPTS) <= 500


def test_modules_are_short():
    assert longer_than(300, PYTHON) == {}


def test_a_fragment_is_asked_for_in_one_way():
    """creativenorth.web.fragments.is_fragment; the page cache and tests may name the headers."""
    ways = re.compile(r"request\.htmx|HX-Request\b|HX_REQUEST")
    own = ROOT / "creativenorth/web/fragments.py"

    assert [
        path for path in PYTHON if "tests" not in path.parts and path != own and ways.search(path.read_text())
    ] == []
