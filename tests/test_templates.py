"""Rules that every template keeps: nothing inline (the content security policy forbids it), one base."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
NOT_OURS = {".venv", "benchmarks"}
TEMPLATES = sorted(path for path in ROOT.rglob("templates/**/*") if path.is_file() and not NOT_OURS & {*path.parts})
# Not pages: the base itself, what stands when all else fails, mail, and the pieces that other packages name their way.
NO_PAGES = re.compile(r"/(_[^/]*|base\.html|500\.html|[^/]*\.txt)$|/(mail|email|elements|snippets|includes|widgets)/")
PAGES = [path for path in TEMPLATES if not NO_PAGES.search(path.as_posix())]
INLINE = {
    "a style attribute": re.compile(r"<[a-zA-Z][^>]*\sstyle\s*=", re.S),
    "a style element": re.compile(r"<style\b"),
    "an event handler": re.compile(r"<[a-zA-Z][^>]*\son[a-z]+\s*=", re.S),
    "a script without src": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=\"application/(ld\+)?json\")", re.S),
    "a javascript: address": re.compile(r"javascript:"),
    "htmx code to evaluate": re.compile(r"\shx-(on|vals=.js)\b"),
    "another host's file": re.compile(r"<(script|link|img|iframe|source)\b[^>]*\b(src|href)=[\"'](https?:)?//", re.S),
}
COMMENT = re.compile(r"\{#.*?#\}|\{%\s*comment.*?endcomment\s*%\}", re.S)


def relative(path):
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", [path for path in TEMPLATES if path.parent.name != "mail"], ids=relative)
def test_template_has_nothing_inline(path):
    """Mail is no page: its programs know no other way."""
    text = COMMENT.sub("", path.read_text())

    assert [name for name, pattern in INLINE.items() if pattern.search(text)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_compiles(path):
    assert get_template(path.as_posix().rpartition("templates/")[2])


@pytest.mark.parametrize("path", PAGES, ids=relative)
def test_page_stands_on_a_base(path):
    text = COMMENT.sub("", path.read_text()).strip()

    assert not text or text.startswith("{% extends ")


@pytest.mark.parametrize("path", TEMPLATES, ids=relative)
def test_template_escapes_everything_but_our_own_help_texts(path):
    text = COMMENT.sub("", path.read_text()).replace("help_text|safe", "")

    assert path.suffix == ".txt" or re.findall(r"\|\s*safe\b|\{%\s*autoescape off", text) == []
