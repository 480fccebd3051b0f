"""`python -m pytest tests/test_permissions.py --matrix` prints who got which answer at which address, and how many deviate."""

import pytest

from tests.roles import ROLES

_rows = pytest.StashKey[list]()


def pytest_addoption(parser):
    parser.addoption("--matrix", action="store_true", help="print the answers to each role as a table")


def pytest_configure(config):
    config.stash[_rows] = []


@pytest.fixture
def matrix(request):
    """A function that notes a row of the table, what was expected beside what came, and says whether they are the same."""

    def note(method, name, expected, found):
        request.config.stash[_rows].append((name, method, expected, found))
        return found == expected

    return note


def pytest_terminal_summary(terminalreporter, config):
    rows = sorted(config.stash[_rows])
    if not (config.getoption("matrix") and rows):
        return
    widest = max(len(f"{method} {name}") for name, method, *_ in rows)
    terminalreporter.section("who gets which answer")
    terminalreporter.line(f"{'':{widest}}  {'  '.join(f'{role:>11}' for role in ROLES)}")
    for name, method, expected, found in rows:
        cells = [
            f"{came}" if came == wanted else f"{came}≠{wanted}" for came, wanted in zip(found, expected, strict=True)
        ]
        terminalreporter.line(f"{f'{method} {name}':{widest}}  {'  '.join(f'{cell:>11}' for cell in cells)}")
    pairs = [pair for *_, expected, found in rows for pair in zip(found, expected, strict=True)]
    wrong = sum(came != wanted for came, wanted in pairs)
    terminalreporter.line(f"{len(rows)} rows × {len(ROLES)} roles = {len(pairs)} answers, deviations: {wrong}")
