"""Child processes that are started again when they end, and stopped together."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

STOP_TIMEOUT = 15
# Give up on a child that ends this often in a row, each time within so many seconds.
MAX_QUICK_ENDS = 3
QUICK = 10


class ProcessFailed(Exception):
    """A child ended again and again; the message has its name and the end of its log."""


class Child:
    """One program, in a process group of its own: Ctrl-C reaches it once, through its parent."""

    def __init__(self, name: str, command: list[str], *, log: Path, environment: dict[str, str]):
        self.name, self.command, self.log, self.environment = name, command, log, environment
        self.quick_ends = 0

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env=os.environ | self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.started_at = time.monotonic()

    def has_ended(self) -> bool:
        return self.process.poll() is not None

    def revive(self) -> None:
        """Start again after an end. Raises ProcessFailed where the child keeps ending."""
        self.kill()
        self.quick_ends = self.quick_ends + 1 if time.monotonic() - self.started_at < QUICK else 0
        if self.quick_ends >= MAX_QUICK_ENDS:
            tail = self.log.read_text(errors="replace").splitlines()[-10:]
            raise ProcessFailed("\n".join([f"{self.name} does not stay up. The end of {self.log}:", *tail]))
        self.start()

    def kill(self) -> None:
        """End the child and everything it has started."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


class Family:
    """Children that are started and stopped together: `with Family([…]) as family: family.watch(…)`."""

    def __init__(self, children: list[Child]):
        self.children = children
        self._started: list[Child] = []

    def __enter__(self) -> "Family":
        try:
            for child in self.children:
                child.start()
                self._started.append(child)
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(self, *_) -> None:
        self._stop()

    def watch(self, *, until: Callable[[], bool], tell: Callable[[str], None]) -> None:
        """Start again whatever ends, until `until` is true."""
        while not until():
            for child in self.children:
                if child.has_ended():
                    tell(f"{child.name} ended with status {child.process.returncode} and is started again.")
                    child.revive()
            time.sleep(0.2)

    def _stop(self) -> None:
        # The signal goes to the child only: a server passes it on, and its workers must not get a second one.
        for child in self._started:
            child.process.terminate()
        deadline = time.monotonic() + STOP_TIMEOUT
        for child in self._started:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.process.wait(max(0, deadline - time.monotonic()))
            child.kill()
            child.process.wait()
