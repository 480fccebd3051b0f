"""The Swedish catalogue is complete: every text translated, none fuzzy, with the same placeholders."""

import os
import re
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import override

from tests.pages import LANGUAGES, OWN_PAGES, PUBLIC_PAGES, address, texts

ROOT = Path(settings.BASE_DIR)
CATALOGUE = "creativenorth/locale/sv/LC_MESSAGES/django.po"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@cache
def catalogue():
    with (ROOT / CATALOGUE).open("rb") as file:
        return read_po(file, locale="sv", abort_invalid=True)


def message_id(message):
    return message.id if isinstance(message.id, str) else message.id[0]


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The catalogue as `make messages` would leave it, made in a copy of the sources."""
    copy = tmp_path_factory.mktemp("sources")
    for name in ("creativenorth", "members", "events", "programmes", "templates"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "sv", "--no-location", "--no-wrap", "-v", "0"],
        cwd=copy,
        env={"PATH": os.environ["PATH"], "DEBUG": "1", "DATA_DIR": str(copy / ".data")},
        check=True,
    )
    with (copy / CATALOGUE).open("rb") as file:
        return read_po(file, locale="sv")


def test_every_text_of_the_code_is_translated(collected):
    texts_of_code = [message for message in collected if message.id]

    missing = [
        message_id(message)
        for message in texts_of_code
        if message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string)
    ]

    assert missing == []
    assert len(texts_of_code) > 100


def test_the_catalogue_keeps_no_text_that_the_code_has_dropped(collected):
    kept = {(message.context, message_id(message)) for message in catalogue() if message.id}
    used = {(message.context, message_id(message)) for message in collected if message.id}

    assert sorted(kept - used, key=str) == []
    assert list(catalogue().obsolete) == []
    assert [message.id for message in catalogue() if any(note.startswith("|") for note in message.user_comments)] == []


@pytest.mark.parametrize("number", [0, 1])
def test_translations_keep_the_placeholders(number):
    wrong = []
    for message in catalogue():
        ids, strings = ([x] if isinstance(x, str) else list(x) for x in (message.id, message.string))
        expected = sorted(PLACEHOLDER.findall(ids[min(number, len(ids) - 1)]))
        if message.id and sorted(PLACEHOLDER.findall(strings[min(number, len(strings) - 1)])) != expected:
            wrong.append(ids[0])

    assert wrong == []


def foreign_texts(language):
    """What only the other language's reader should see: texts that differ between the two and are none of this one's."""
    pairs = [(message.id, message.string) for message in catalogue() if message.id and isinstance(message.id, str)]
    english, swedish = ({pair[side] for pair in pairs} for side in (0, 1))
    return swedish - english if language == "en" else english - swedish


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PUBLIC_PAGES)
def test_page_speaks_one_language(client, full, name, language):
    with override(language):
        response = client.get(address(name))

    assert response.status_code == 200
    assert sorted(texts(response.content.decode(), language) & foreign_texts(language)) == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_page_speaks_one_language(full_owner_client, name, language):
    response = full_owner_client.get(address(name, language))

    assert response.status_code == 200
    assert sorted(texts(response.content.decode(), language) & foreign_texts(language)) == []
