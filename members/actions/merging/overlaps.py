"""Joining periods that overlap: a person's affiliations with a company, a company's memberships."""

from datetime import date

from members.models import Affiliation, Membership
from members.models.affiliation import RANK


def overlapping(rows, first, last):
    """The rows in groups whose half-open periods overlap."""
    groups, until = [], None
    for row in sorted(rows, key=lambda row: (getattr(row, first), row.pk)):
        end = getattr(row, last) or date.max
        if groups and getattr(row, first) < until:
            groups[-1].append(row)
            until = max(until, end)
        else:
            groups.append([row])
            until = end
    return groups


def _whole_time(group, first, last):
    ends = [getattr(row, last) for row in group]
    return {first: min(getattr(row, first) for row in group), last: None if None in ends else max(ends)}


def _leave_one(group, column, kept, values):
    """Keep one row of the group, that of `kept` if there is one; the others are deleted before it is extended."""
    stays = next((row for row in group if getattr(row, f"{column}_id") == kept.pk), group[0])
    for row in group:
        if row is not stays:
            row.delete()
    for name, value in (values | {column: kept}).items():
        setattr(stays, name, value)
    stays.save(update_fields=[*values, column])


def join_memberships(rows, gone, kept):
    both = [*rows, *Membership.objects.filter(company=kept)]
    for group in overlapping(both, "joined_on", "left_on"):
        _leave_one(group, "company", kept, _whole_time(group, "joined_on", "left_on"))


def join_affiliations(column, other):
    """A mover that joins overlapping affiliations of one person with one company: the whole period, the higher role.

    The role of an ended affiliation counts only where all of the group have ended.
    """

    def move(rows, gone, kept):
        for key in set(rows.values_list(other, flat=True)):
            of_kept = Affiliation.objects.filter(**{column: kept, other: key})
            for group in overlapping([*rows.filter(**{other: key}), *of_kept], "started_on", "ended_on"):
                _leave_one(group, column, kept, _joined_affiliation(group))

    return move


def _joined_affiliation(group):
    values = _whole_time(group, "started_on", "ended_on")
    going_on = [row for row in group if not row.has_ended] or group
    values["role"] = max((row.role for row in going_on), key=RANK.__getitem__)
    for name in ("target_group", "title"):
        values[name] = next((text for row in going_on if (text := getattr(row, name))), "")
    values["is_shown"] = all(row.is_shown for row in going_on)  # one refusal is enough
    if values["ended_on"] is None:
        values["ended_by"] = None
    return values
