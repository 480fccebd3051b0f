"""What reads files of others is stopped by the system where it takes too much, whatever it does."""

import pytest

from creativenorth.files import bounded

HERE = __name__


def main(content, deed):
    """The reader of these tests, in the process of its own."""
    if deed == "memory":
        return bytes(bytearray(300_000_000)[:10])
    if deed == "time":
        while True:
            pass
    if deed == "output":
        return bytes(bounded.MOST_OUTPUT + 1)
    if deed == "error":
        raise ValueError
    return content.upper()


def test_what_the_reader_returns_is_given_back():
    assert bounded.run(HERE, b"hej", "", memory=10_000_000, seconds=2) == b"HEJ"


@pytest.mark.parametrize("deed", ["memory", "time", "output"])
def test_a_reader_that_takes_too_much_is_stopped(deed):
    with pytest.raises(bounded.TooMuch):
        bounded.run(HERE, b"", deed, memory=150_000_000, seconds=1)


def test_a_reader_that_falls_over_its_file_is_told_apart():
    with pytest.raises(bounded.Broken):
        bounded.run(HERE, b"", "error", memory=10_000_000, seconds=2)


def test_the_reader_knows_no_secret(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")

    assert "SECRET_KEY" not in bounded.ENVIRONMENT
