"""Who gets the next free seat: the waiting list as plain values, without a database.

A party waits as a unit. Its position follows from the order that staff have set, then from the activity's policy, then
from how long it has waited. A free seat goes to the first party that may have it now; a party that may not (it is larger
than what is free, its company has its seats already, nobody has approved it) keeps its position.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

SHORTEST_HOLD = timedelta(minutes=15)


@dataclass(frozen=True)
class Party:
    """People who wait together. `companies` counts how many of them come from which company.

    With `has_seat` it is one person who has a seat and waits for one of the other mode; `companies` is empty then, since the
    company's number of seats does not change.
    """

    key: UUID
    size: int
    queued_at: datetime
    companies: Counter = field(default_factory=Counter)
    rank: int | None = None
    is_approved: bool = True
    is_of_target_group: bool = False
    has_seat: bool = False


@dataclass
class Rules:
    """The rules of the activity's queue. `held` counts the seats that each company has already."""

    policy: str = "first_come"
    company_limit: int | None = None
    held: Counter = field(default_factory=Counter)

    def comes_first(self, party):
        """Whether the policy puts the party before others, given the seats that are held now."""
        if self.policy == "new_companies":
            return bool(party.companies) and not any(self.held[company] for company in party.companies)
        return self.policy == "target_group" and party.is_of_target_group

    def is_within_limit(self, party):
        if self.company_limit is None:
            return True
        return all(self.held[company] + count <= self.company_limit for company, count in party.companies.items())


def in_order(parties, rules):
    """The queue: first the parties with a rank from staff, then those whom the policy prefers, then by time."""

    def position(party):
        has_rank = party.rank is not None
        return not has_rank, party.rank or 0, not rules.comes_first(party), party.queued_at, party.key

    return sorted(parties, key=position)


def obstacle(party, free, rules):
    """Why the party cannot have seats now: "approval", "size", "company"; "" where it can. `free` of None means no limit."""
    if not party.is_approved:
        return "approval"
    if free is not None and party.size > free:
        return "size"
    return "" if rules.is_within_limit(party) else "company"


def next_party(parties, free, rules):
    return next((party for party in in_order(parties, rules) if not obstacle(party, free, rules)), None)


def last_offer_at(starts_at, cutoff):
    """The last moment for offers: later ones would leave too little time to answer."""
    return starts_at - cutoff - SHORTEST_HOLD


def held_until(now, starts_at, *, hold, cutoff):
    """Until when a seat that is offered now is held.

    As long as the activity says, but at most a third of the time that is left to the cut-off, so that those behind get a
    chance; at least a quarter of an hour. It never ends beyond the cut-off, as the last offer goes out a quarter of an hour before.
    """
    shortened = max((starts_at - cutoff - now) / 3, SHORTEST_HOLD)
    return now + min(hold, shortened)
