"""What a public page costs: `python -m tests.benchmarks`, two minutes, on a database server of its own.

Prints for each page the queries it takes with a dozen and with ten thousand companies and activities, and its processor
time under the production server as a ratio to the bare template view of the same round; the median of the rounds counts.
Warm: a visitor reads what another has read. Cold: somebody has edited something public, but for
the frame around every page, before each visit.
"""

import os
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"

import django

django.setup()

from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.benchmarks.portal import Server, edit, fill, make_database

PAGES = {"front page": "/", "directory": "/foretag/", "activities": "/aktiviteter/", "company": "/foretag/full-fin-ab/"}
SIZES = [12, 10_000]
ROUNDS = 5
WARM, COLD = 400, 60


def queries(path):
    """How many queries a page takes: cold, then warm."""
    caches["pages"].clear()
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as found:
            assert Client().get(path).status_code == 200
        counts.append(len(found))
    return tuple(counts)


def ratios(server):
    """{(page, state): median ratio}, each ratio to the bare view measured just before it."""
    found = {(name, state): [] for name in PAGES for state in ("warm", "cold")}
    for _ in range(ROUNDS):
        for name, path in PAGES.items():
            server.cost("/bare/", 50)
            server.cost(path, 3)
            bare = server.cost("/bare/", WARM)
            found[name, "warm"].append(server.cost(path, WARM) / bare)
            found[name, "cold"].append(server.cost(path, COLD, before=edit) / bare)
    return {key: median(values) for key, values in found.items()}


def main():
    make_database()
    print(f"{'page':12} {'rows':>6} {'queries cold':>13} {'warm':>5} {'ratio cold':>11} {'warm':>5}")
    for size in SIZES:
        fill(size)
        counts = {name: queries(path) for name, path in PAGES.items()}
        with Server() as server:
            costs = ratios(server)
        for name, (cold, warm) in counts.items():
            print(f"{name:12} {size:6} {cold:13} {warm:5} {costs[name, 'cold']:11.2f} {costs[name, 'warm']:5.2f}")


if __name__ == "__main__":
    main()
