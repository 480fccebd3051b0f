"""What pages cost: `python -m tests.benchmarks`, five minutes, on a database server of its own.

The unit is T: what a plain Django view with a small template and no query (tests.benchmarks.ruler) costs under gunicorn's
sync worker, in processor time of the server per request. The pages run under the production server with one process; each
is measured in the same rounds as T, and the median of the rounds' ratios counts. With `staff` the most expensive of staff's
pages are measured instead.

Edited: something public has changed, but for the frame around every page, before each visit.
"""

import os
import sys
from statistics import median

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.benchmarks.settings"

import django

django.setup()

from tests.benchmarks import scenes
from tests.benchmarks.portal import Portal, edit, fill, make_database
from tests.benchmarks.server import Ruler

ROUNDS = 3
# Requests in a round: of the ruler and of finished pages, and of those that are made anew each time.
MANY, FEW = 200, 30


def measure(pages, rounds=ROUNDS):
    """{page's name: (T, queries)}; prints a line for each page."""
    pages = list(pages)
    found = {page.name: [] for page in pages}
    counts = {page.name: page.queries() for page in pages}
    units = []
    with Ruler() as ruler, Portal() as portal:
        for _ in range(rounds):
            for page in pages:
                ruler.cost("/", 30)
                portal.cost(page.path, 3, cookie=page.cookie)
                units.append(ruler.cost("/", MANY))
                times = MANY if page.is_kept else FEW
                spent = portal.cost(page.path, times, cookie=page.cookie, before=edit if page.is_edited else None)
                found[page.name].append(spent / units[-1])
        memory = portal.memory()
    for page in pages:
        print(f"{page.name:44} {median(found[page.name]):7.2f} {counts[page.name]:8}")
    print(f"T was {median(units):.2f} ms; one process of the portal took {memory} MB (PSS) in the end\n")
    return {name: median(ratios) for name, ratios in found.items()}


def memory_under_load():
    """Prints the memory of one process as it starts and after each of five rounds of mixed pages."""
    with Portal() as portal:
        pages, found = list(scenes.everyday()), [portal.memory()]
        for _ in range(5):
            for page in pages:
                portal.cost(page.path, 60, cookie=page.cookie, before=edit if page.is_edited else None)
            found.append(portal.memory())
    print("memory of one process, MB (PSS), from the start on:", *found, "\n")


def growth():
    """Prints what lists cost with fifty rows, a full page, and with ten thousand, each after an edit."""
    full = measure(scenes.lists("one full page"), rounds=3)
    fill(10_000)
    grown = measure(scenes.lists("10,000 rows"), rounds=3)
    for (name, before), after in zip(full.items(), grown.values(), strict=True):
        print(f"{name.partition(',')[0]:44} {after / before:7.2f} × a full page")


def main():
    make_database()
    fill(50)
    print(f"{'page':44} {'T':>7} {'queries':>8}")
    if "staff" in sys.argv:
        measure(scenes.of_staff(), rounds=3)
        return
    measure(scenes.everyday())
    memory_under_load()
    growth()


if __name__ == "__main__":
    main()
