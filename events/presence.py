"""How long somebody was there: pure reckoning with stretches of time, each a pair of aware moments.

Differences are taken between UTC instants, so that a night when clocks change is as long as it was.
"""

from datetime import UTC, timedelta

IN, OUT = "in", "out"


def merged(stretches, *, within=None):
    """The stretches clipped to `within`, in order, those that touch or overlap made one."""
    found = []
    for start, end in sorted(_clipped(stretches, within)):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def _clipped(stretches, within):
    for start, end in stretches:
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        if within:
            start, end = max(start, within[0].astimezone(UTC)), min(end, within[1].astimezone(UTC))
        if start < end:
            yield start, end


def minutes_of(stretches, *, within=None):
    """Whole minutes of the union: a minute that two stretches share counts once."""
    lasted = sum((end - start for start, end in merged(stretches, within=within)), timedelta())
    return lasted // timedelta(minutes=1)


def stretches_of(passages, *, until):
    """Presence by what was seen at the door, [(moment, IN or OUT)] in any order; who is still inside stays `until` then.

    Of several arrivals in a row the earliest holds, of several departures the latest; a departure alone says nothing.
    """
    found, came_at = [], None
    for moment, kind in sorted(passages):
        if kind == IN:
            came_at = came_at or moment
        elif came_at:
            found.append((came_at, moment))
            came_at = None
        elif found:
            found[-1] = (found[-1][0], moment)
    if came_at:
        found.append((came_at, max(came_at, until)))
    return found


def overlap(one, other):
    """Whether two lists of stretches share any time."""
    return any(a[0] < b[1] and b[0] < a[1] for a in merged(one) for b in merged(other))
