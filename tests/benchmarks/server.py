"""A web server with one process, and what a request costs it."""

import os
import socket
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path

import psutil

HOUSE = Path(__file__).resolve().parent.parent.parent


class Server:
    """`with Server() as server: server.cost("/", 100)`; subclasses say what is started, by `settings` and `command(port)`."""

    def __enter__(self):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        environment = os.environ | {"DJANGO_SETTINGS_MODULE": self.settings}
        self.process = subprocess.Popen(self.command(self.port), cwd=HOUSE, env=environment)
        self._wait()
        self.workers = psutil.Process(self.process.pid).children()
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(30)

    def cost(self, path, times, *, cookie="", before=None):
        """Milliseconds of processor time that the server spends on one request, on average; `before` runs ahead of each."""
        visitor = HTTPConnection("127.0.0.1", self.port)
        headers = {"Host": "localhost", "Accept-Encoding": "br"} | ({"Cookie": cookie} if cookie else {})
        start = self._cpu()
        for _ in range(times):
            if before:
                before()
            visitor.request("GET", path, headers=headers)
            answer = visitor.getresponse()
            answer.read()
            assert answer.status == 200, f"{path} answers {answer.status}"
        spent = self._cpu() - start
        visitor.close()
        return 1000 * spent / times

    def memory(self):
        """Megabytes (PSS) of the process that answers."""
        return round(sum(worker.memory_full_info().pss for worker in self.workers) / 1e6)

    def _cpu(self):
        return sum(sum(worker.cpu_times()[:2]) for worker in self.workers)

    def _wait(self):
        for _ in range(300):
            try:
                with socket.create_connection(("127.0.0.1", self.port), 1):
                    return
            except OSError:
                time.sleep(0.1)
        raise TimeoutError("The server does not come up.")


class Ruler(Server):
    """The plain view whose cost is T, under gunicorn's sync worker."""

    settings = "tests.benchmarks.ruler.settings"

    def command(self, port):
        gunicorn = str(Path(sys.executable).with_name("gunicorn"))
        arguments = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--log-level", "warning", "--no-control-socket"]
        return [gunicorn, *arguments, "django.core.wsgi:get_wsgi_application()"]
