"""The production web server starts, starts anew and stops. Slow visitors are nginx's affair."""

import http.client
import os
import signal
import socket
import subprocess
import time

import psutil
import pytest

from creativenorth.run import webserver


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
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
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


def _workers(process):
    return {worker.pid for worker in psutil.Process(process.pid).children()}


def test_starts_anew_when_told_to_and_answers_meanwhile(server):
    port, process = server
    old, answers, deadline = _workers(process), [], time.monotonic() + 60

    process.send_signal(signal.SIGHUP)
    while old & _workers(process) and time.monotonic() < deadline:
        answers.append(_ask(port))

    assert set(answers) == {200}
    assert (len(_workers(process)), old & _workers(process), _ask(port)) == (2, set(), 200)


def test_stops_when_told_to(server):
    _port, process = server

    process.send_signal(signal.SIGTERM)

    assert process.wait(timeout=20) == 0
