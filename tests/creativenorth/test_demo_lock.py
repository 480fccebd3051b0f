"""One demo in a folder: the next one waits for one that is stopping, and is refused beside one that runs."""

import fcntl
import time
from threading import Timer

import pytest
from django.core.management.base import CommandError

from creativenorth.management.commands.demo import only_one


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR, settings.PORT = tmp_path, 8640
    return tmp_path


def test_beside_a_demo_that_runs_there_is_no_other(folder):
    message = "The demo already runs in this folder, at http://localhost:8640; end that one first."

    with only_one(), pytest.raises(CommandError) as refused, only_one():
        pass

    assert str(refused.value) == message


def test_a_demo_that_is_closing_is_waited_for(folder):
    with only_one() as closing:
        closing.truncate(0)
        began = time.monotonic()
        Timer(0.3, fcntl.flock, [closing, fcntl.LOCK_UN]).start()

        with only_one():
            assert time.monotonic() - began >= 0.3
            assert (folder / "demo.lock").read_text() == "http://localhost:8640"
