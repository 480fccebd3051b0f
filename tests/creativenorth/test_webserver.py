"""The production web server with slow and impatient clients."""

import http.client
import os
import signal
import socket
import subprocess
import time

import pytest

from creativenorth.run import webserver

SLOW = 60


@pytest.fixture
def server():
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = os.environ | {"DEMO": "0", "DEBUG": "1", "DATABASE_URL": "postgresql://nobody@127.0.0.1:9/none"}
    environment["DJANGO_SETTINGS_MODULE"] = "creativenorth.settings"
    command = webserver.command(host="127.0.0.1", port=port, workers=2)
    process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield port, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=30)


def _ask(port, path="/healthz"):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", path)
        with connection.getresponse() as answer:
            answer.read()
            return answer.status
    finally:
        connection.close()


def _wait_for(port):
    for _attempt in range(300):
        try:
            return _ask(port)
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server never answered")


@pytest.mark.parametrize(
    "opening",
    [
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
        b"POST /kontakt/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100000\r\n\r\nname=",
    ],
    ids=["headers", "bodies"],
)
def test_slow_clients_do_not_keep_others_waiting(server, opening):
    port, _process = server
    slow = [socket.create_connection(("127.0.0.1", port)) for _number in range(SLOW)]
    for connection in slow:
        connection.sendall(opening)

    answers = [_ask(port) for _number in range(20)]

    assert answers == [200] * 20
    for connection in slow:
        connection.close()


def test_too_large_a_body_is_refused_at_once(server):
    port, _process = server
    connection = socket.create_connection(("127.0.0.1", port), timeout=5)
    connection.sendall(b"POST /kontakt/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000000\r\n\r\n")

    answer = connection.recv(4096)

    assert answer.split()[1] == b"413"
    connection.close()


def test_stops_when_told_to(server):
    _port, process = server

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=20) == 0
