import sys
import time

import psutil
import pytest

from creativenorth.run import processes

STAYS = [sys.executable, "-c", "import time; time.sleep(60)"]
ENDS = [sys.executable, "-c", "print('no such table'); raise SystemExit(3)"]
WITH_A_CHILD = [sys.executable, "-c", "import subprocess; subprocess.run(['/bin/sleep', '60'])"]
DEAF = [
    sys.executable,
    "-c",
    "import signal, time; signal.signal(15, signal.SIG_IGN); print('deaf', flush=True); time.sleep(60)",
]


@pytest.fixture
def child(tmp_path):
    def make(command):
        return processes.Child("The queue", command, log=tmp_path / "log" / "queue.log", environment={})

    return make


def is_alive(pid):
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def wait_for(condition):
    deadline = time.monotonic() + 10
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert condition()


def test_family_ends_its_children_and_what_they_have_started(child):
    parent = child(WITH_A_CHILD)

    with processes.Family([parent]):
        wait_for(lambda: psutil.Process(parent.process.pid).children())
        pids = [parent.process.pid, psutil.Process(parent.process.pid).children()[0].pid]
        assert [is_alive(pid) for pid in pids] == [True, True]

    wait_for(lambda: not any(is_alive(pid) for pid in pids))


def test_family_kills_a_child_that_does_not_listen(child, monkeypatch):
    monkeypatch.setattr(processes, "STOP_TIMEOUT", 0.2)
    deaf = child(DEAF)

    with processes.Family([deaf]):
        wait_for(lambda: deaf.log.read_text() == "deaf\n")

    assert deaf.process.returncode == -9


def test_family_ends_the_first_child_when_the_second_cannot_start(child):
    first = child(STAYS)

    with pytest.raises(FileNotFoundError), processes.Family([first, child(["/no/such/program"])]):
        pass

    assert first.process.returncode == -15


def test_watch_starts_a_child_again_that_was_killed(child):
    worker = child(STAYS)
    messages = []
    with processes.Family([worker]) as family:
        first = worker.process
        first.kill()

        family.watch(until=lambda: worker.process is not first, tell=messages.append)

        assert worker.process.poll() is None
    assert messages == ["The queue ended with status -9 and is started again."]


def test_watch_ends_what_a_killed_child_had_started(child):
    parent = child(WITH_A_CHILD)
    with processes.Family([parent]) as family:
        wait_for(lambda: psutil.Process(parent.process.pid).children())
        first, orphan = parent.process, psutil.Process(parent.process.pid).children()[0].pid
        first.kill()

        family.watch(until=lambda: parent.process is not first, tell=lambda line: None)

        wait_for(lambda: not is_alive(orphan))


def test_watch_gives_up_on_a_child_that_does_not_stay_up(child):
    with (
        pytest.raises(processes.ProcessFailed, match=r"The queue does not stay up[\s\S]*no such table"),
        processes.Family([child(ENDS)]) as family,
    ):
        family.watch(until=lambda: False, tell=lambda line: None)
