"""Runs what reads other people's files in a process of its own, with limits of memory and time that the system holds.

    run("creativenorth.files.table_cells", content, "ja", "nej", memory=…, seconds=…)

The process is killed where it goes too far, and takes its memory along either way; it knows no setting and no secret.
"""

import importlib
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[2]
MOST_OUTPUT = 60_000_000  # bytes
ENVIRONMENT = {
    "LANG": "C.UTF-8",
    "PYTHONUTF8": "1",
    "MALLOC_ARENA_MAX": "1",  # each thread's own arena would count against the memory, though nothing lies in it
}
NO_MEMORY = 3
_one_at_a_time = threading.BoundedSemaphore()  # so that all threads of this process together stay within the limits


class TooMuch(Exception):
    """The file needs more memory, time or room than is allowed."""


class Broken(Exception):
    """The reader fell over the file."""


def run(module, content, *arguments, memory, seconds):
    """What `main(content, *arguments)` of the module returns, as bytes; `content` is bytes or an open file. Raises `TooMuch`, `Broken`.

    `memory` in bytes, beside the reader itself; `seconds` of computing. A machine that is busy may take three times as long.
    """
    command = [sys.executable, "-m", "creativenorth.files.bounded", module, str(memory), str(seconds), *arguments]
    with _one_at_a_time, tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as output:
        if isinstance(content, bytes):
            given.write(content)
        else:
            shutil.copyfileobj(content, given)
        given.seek(0)
        try:
            child = subprocess.run(
                command,
                cwd=HOUSE,
                env=ENVIRONMENT,
                stdin=given,
                stdout=output,
                stderr=subprocess.DEVNULL,
                timeout=3 * seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TooMuch from None
        if (
            child.returncode < 0 or child.returncode == NO_MEMORY
        ):  # ended by a signal: the limit, or Rust without memory
            raise TooMuch
        if child.returncode:
            raise Broken
        output.seek(0)
        return output.read()


def _child(module, memory, seconds, *arguments):
    main = importlib.import_module(module).main
    resource.setrlimit(resource.RLIMIT_AS, (_in_use() + int(memory),) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (MOST_OUTPUT, MOST_OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sys.stdout.buffer.write(main(sys.stdin.buffer.read(), *arguments))
        sys.stdout.buffer.flush()
    except (MemoryError, OSError):  # no room for the answer either
        os._exit(NO_MEMORY)


def _in_use():
    """Bytes of address space that the interpreter and the reader take by themselves."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


if __name__ == "__main__":
    _child(*sys.argv[1:])
