import contextlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from creativenorth.run import postgres

MAJOR = int(os.environ["PG"]) if os.environ.get("PG") else None


@pytest.fixture
def parent():
    """A folder with a short path, for a socket's; pytest's own is long, and closed to the user that Postgres runs as."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


@pytest.fixture
def folder(parent):
    folder = parent / "data" / "postgres"
    yield folder
    postgres.stop(folder)


def start(folder, *, durable=False):
    return postgres.start(folder, major=MAJOR, durable=durable)


def pid_of(folder):
    return int((folder / "postmaster.pid").read_text().split()[0])


def query(url, sql):
    with psycopg.connect(url, autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchone() if cursor.description else None


def cut_the_power(folder):
    """End the server as a power cut does: at once, with its lock files left behind."""
    server = psutil.Process(pid_of(folder))
    processes = [server, *server.children(recursive=True)]
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):  # one that has ended by itself meanwhile
            process.send_signal(signal.SIGKILL)
    psutil.wait_procs(processes, timeout=10)
    assert (folder / "postmaster.pid").exists()


@contextmanager
def some_process(folder):
    """A living process that is no Postgres, of the user who owns the folder."""
    owner = folder.stat().st_uid if os.geteuid() == 0 else None
    process = subprocess.Popen(["/bin/sleep", "60"], user=owner)
    try:
        yield process.pid
    finally:
        process.kill()
        process.wait()


def test_start_makes_a_database_that_answers(folder):
    url = start(folder)

    assert query(url, "SELECT current_database(), lower('ÅÄÖ')") == ("creativenorth", "åäö")
    assert query(url, "SELECT current_setting('server_encoding')") == ("UTF8",)


def test_start_takes_milliseconds_where_the_server_runs(folder):
    url = start(folder)
    pid = pid_of(folder)
    began = time.perf_counter()

    again = start(folder)

    assert again == url
    assert pid_of(folder) == pid
    assert time.perf_counter() - began < 1


def test_start_keeps_what_was_committed_before_a_power_cut(folder):
    query(start(folder, durable=True), "CREATE TABLE kept AS SELECT 65.32 AS latitude")
    cut_the_power(folder)

    url = start(folder)

    assert query(url, "SELECT latitude::text FROM kept") == ("65.32",)


def test_start_works_where_another_process_has_got_the_old_pid(folder):
    start(folder)
    old = pid_of(folder)
    cut_the_power(folder)
    with some_process(folder) as pid:
        for lock in [folder / "postmaster.pid", folder / ".s.PGSQL.5432.lock"]:
            lock.write_text(lock.read_text().replace(str(old), str(pid), 1))

        url = start(folder)

        assert query(url, "SELECT 1") == (1,)
        assert pid_of(folder) not in (old, pid)


def test_start_on_a_copy_does_not_answer_from_the_original(folder):
    original = start(folder)
    query(original, "CHECKPOINT")
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns(".s.*"))
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", f"{folder.stat().st_uid}", copy], check=True)

    url = start(copy)

    try:
        assert query(url, "SELECT current_setting('data_directory')") == (str(copy),)
        assert pid_of(copy) != pid_of(folder)
    finally:
        postgres.stop(copy)


def test_start_begins_anew_after_an_interrupted_first_time(folder):
    unfinished = folder.with_name("postgres.new")
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18")

    url = start(folder)

    assert query(url, "SELECT 1") == (1,)
    assert not unfinished.exists()


def test_start_shares_one_server_among_callers_at_once(folder):
    program = "import sys; from pathlib import Path; from creativenorth.run import postgres; print(postgres.start(Path(sys.argv[1])))"
    callers = [
        subprocess.Popen([sys.executable, "-c", program, folder], stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]

    answers = [(caller.communicate()[0].strip(), caller.returncode) for caller in callers]

    assert answers == [(postgres.url(folder), 0)] * 6
    assert query(postgres.url(folder), "SELECT 1") == (1,)


def test_start_puts_the_socket_elsewhere_where_the_path_is_too_long(parent):
    folder = parent / ("long" * 25) / "postgres"

    url = start(folder)

    try:
        assert query(url, "SELECT current_setting('data_directory')") == (str(folder),)
    finally:
        postgres.stop(folder)
    assert not Path(psycopg.conninfo.conninfo_to_dict(url)["host"]).exists()


def test_start_leaves_a_folder_with_something_else_alone(folder):
    folder.mkdir(parents=True)
    (folder / "holiday.jpg").touch()

    with pytest.raises(postgres.PostgresError, match="holds something else than a Postgres database"):
        start(folder)

    assert [path.name for path in folder.iterdir()] == ["holiday.jpg"]


def test_start_names_the_package_of_a_version_that_is_missing(folder):
    with pytest.raises(postgres.PostgresError, match="Postgres 9 is not installed: install postgresql-9"):
        postgres.start(folder, major=9)


def test_start_tells_why_postgres_refuses(folder):
    start(folder)
    postgres.stop(folder)
    with (folder / "postgresql.conf").open("a") as configuration:
        configuration.write("shared_buffers = 'a lot'\n")

    with pytest.raises(postgres.PostgresError, match='invalid value for parameter "shared_buffers"'):
        start(folder)


def test_stop_ends_the_server(folder):
    url = start(folder)

    assert postgres.stop(folder) is True

    assert not postgres.is_running(folder)
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(url)
    assert postgres.stop(folder) is False


def test_stop_unless_used_leaves_a_server_that_somebody_is_connected_to(folder):
    url = start(folder)

    with psycopg.connect(url):
        stopped_while_used = postgres.stop(folder, unless_used=True)

    assert stopped_while_used is False
    _wait_until_nobody_is_connected(folder)
    assert postgres.stop(folder, unless_used=True) is True


def _wait_until_nobody_is_connected(folder):
    """The server itself notices a moment later than we do that a connection is closed."""
    until = time.monotonic() + 10
    while postgres._is_used(folder) and time.monotonic() < until:
        time.sleep(0.05)


def test_stop_of_a_folder_that_is_not_there_does_nothing(folder):
    assert postgres.stop(Path(folder)) is False
