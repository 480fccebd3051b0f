"""The command line of the production web server, for systemd, the demo and the benchmark.

nginx stands in front of it, takes in each request whole and hands it on at once: a thread that reads from a visitor's slow
line answers nobody else. The demo does without.

One process per core, at least two; four threads each. A process holds up to four database connections, and a
restart doubles them for a moment: 2 × processes × threads + the worker and the admin's tools stay below Postgres' 100.
"""

import sys
from pathlib import Path

THREADS = 4


def command(*, host: str, port: int, workers: int) -> list[str]:
    """The command line of the web server; the program stands first, with its full path."""
    gunicorn = str(Path(sys.executable).with_name("gunicorn"))
    options = {
        "--bind": f"[{host}]:{port}" if ":" in host else f"{host}:{port}",
        "--workers": workers,
        "--threads": THREADS,
        "--worker-class": "gthread",
        "--graceful-timeout": 20,
        "--log-level": "warning",
    }
    arguments = [str(part) for option in options.items() for part in option]
    # With one arena for all threads a process gives back what it no longer needs: a seventh less after a while.
    program = ["/usr/bin/env", "MALLOC_ARENA_MAX=1", gunicorn]
    return [*program, *arguments, "--no-control-socket", "creativenorth.wsgi:application"]
