"""The demo begins anew where its folder holds data of a portal with other first migrations, and leaves its own alone."""

import psycopg
import pytest

from creativenorth.run import postgres
from creativenorth.run.outdated_demo_data import move_older_data_aside, note_first_migrations


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / "logo.webp").write_bytes(b"a picture")
    url = postgres.start(tmp_path / "postgres", durable=False)
    with psycopg.connect(url) as database:
        database.execute("CREATE TABLE django_migrations (name text)")
    yield tmp_path
    postgres.stop(tmp_path / "postgres")


def test_data_of_an_older_portal_is_moved_aside_whole(folder):
    aside = move_older_data_aside(folder)

    assert (aside / "uploads" / "logo.webp").read_bytes() == b"a picture"
    assert (aside / "postgres" / "PG_VERSION").exists()
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == [aside.name]


def test_data_of_this_portal_stays(folder):
    with psycopg.connect(postgres.url(folder / "postgres")) as database:
        note_first_migrations(database)

    assert move_older_data_aside(folder) is None
    assert (folder / "uploads" / "logo.webp").exists()


def test_a_new_folder_stays(tmp_path):
    try:
        assert move_older_data_aside(tmp_path) is None
    finally:
        postgres.stop(tmp_path / "postgres")
