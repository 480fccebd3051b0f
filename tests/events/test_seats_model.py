"""The engine against a model of it in a hundred lines: the same steps, drawn at random, must lead to the same seats."""

import contextlib
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import count

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from events.actions.cancellation import BY_LINK, accept, cancel, decline
from events.actions.own_changes import switch_mode
from events.actions.participants import change_seats, set_queue_position
from events.actions.seats import settle_activity
from events.models import Registration
from tests.events.seats import faults, join_together, make_course
from tests.factories import make_company, make_user

pytestmark = pytest.mark.django_db
LIMIT = 3
MODES = ["on_site", "online"]
step = st.one_of(
    st.tuples(st.just("join"), st.integers(1, 3), st.integers(0, 2), st.booleans(), st.sampled_from(MODES)),
    st.tuples(st.sampled_from(["cancel", "accept", "decline", "first", "switch"]), st.integers(0, 9)),
    st.tuples(st.just("seats"), st.integers(1, 6)),
    st.tuples(st.just("wait"), st.sampled_from([1, 30])),
)


@dataclass
class Group:
    """A party in the model: how each takes part, the one who leads it first, who alone changes to the other mode."""

    modes: list
    company: int
    is_wanted: bool
    born: int
    state: str = "waiting"
    since: float = 0
    rank: int = 0
    wished: str = ""

    @property
    def has_seats(self):
        return self.state in ("confirmed", "offered")

    @property
    def awaited(self):
        """The mode of the seats for which it stands in line, or none."""
        return self.modes[0] if self.state == "waiting" else self.wished

    @property
    def size(self):
        return 1 if self.wished else len(self.modes)


class Model:
    """Lists and loops in place of tables and locks."""

    def __init__(self, policy, seats, online):
        self.policy, self.seats, self.hours = policy, {"on_site": seats, "online": online}, 0
        self.groups, self.births = [], count()

    def held(self, company):
        return sum(len(group.modes) for group in self.groups if group.has_seats and group.company == company)

    def taken(self, mode):
        return sum(group.modes.count(mode) for group in self.groups if group.has_seats)

    def may_sit(self, group, mode):
        counts = group.company and not group.wished
        in_company = self.held(group.company) + group.size <= LIMIT if counts else True
        return in_company and self.taken(mode) + group.size <= self.seats[mode]

    def queue(self, mode):
        def position(group):
            preferred = {
                "first_come": True,
                "new_companies": bool(group.company) and not group.wished and not self.held(group.company),
                "target_group": group.is_wanted,
            }[self.policy]
            return not group.rank, group.rank, not preferred, group.born

        return sorted((group for group in self.groups if group.awaited == mode), key=position)

    def settle(self):
        for group in self.groups:
            if group.state == "offered" and self.hours - group.since >= 24:
                group.state = "declined"
        while heir := next((each for mode in MODES for each in self.queue(mode) if self.may_sit(each, mode)), None):
            if heir.wished:
                heir.modes[0], heir.wished = heir.wished, ""
            else:
                heir.state, heir.since = "offered", self.hours

    def join(self, size, company, is_wanted, mode):
        self.settle()
        group = Group([mode] * size, company, is_wanted, next(self.births))
        group.state = "confirmed" if self.may_sit(group, mode) else "waiting"
        self.groups.append(group)

    def switch(self, group):
        """Who has a seat changes or wishes to, or drops the wish; a party that waits goes over where there is room."""
        other = MODES[1 - MODES.index(group.modes[0])]
        if group.wished:
            group.wished, group.rank = "", 0
        elif group.state == "waiting" and self.may_sit(group, other):
            group.modes, group.state = [other] * len(group.modes), "confirmed"
        elif group.state == "confirmed" and self.taken(other) < self.seats[other]:
            group.modes[0] = other
        elif group.state == "confirmed":
            group.wished, group.rank, group.born = other, 0, next(self.births)

    def act(self, name, index):
        self.settle()
        group = self.groups[index % len(self.groups)]
        if name == "cancel" and group.state in ("confirmed", "offered", "waiting"):
            group.state, group.wished = "cancelled", ""
        elif name in ("accept", "decline") and group.state == "offered":
            group.state = {"accept": "confirmed", "decline": "declined"}[name]
        elif name == "switch":
            self.switch(group)
        elif name == "first" and group.awaited:
            order = self.queue(group.awaited)
            order.insert(0, order.pop(order.index(group)))
            placed = max(1, sum(bool(each.rank) for each in order))
            for rank, each in enumerate(order[:placed], start=1):
                each.rank = rank
        self.settle()

    def change_seats(self, seats):
        # Fewer than are taken are refused, before anything else happens.
        if seats >= self.taken("on_site"):
            self.seats["on_site"] = seats
            self.settle()

    def count(self):
        return [(group.state, mode) for group in self.groups for mode in group.modes]

    def wishes(self):
        return [group.wished for group in self.groups]


class Engine:
    """The same steps on the real thing."""

    def __init__(self, policy, seats, online):
        self.staff = make_user(is_staff=True, is_superuser=True)
        self.companies = [None, make_company(), make_company()]
        fields = {
            "policy": policy,
            "mode": "hybrid",
            "online_capacity": online,
            "company_limit": LIMIT,
            "target_groups": ["manager"],
            "starts_in": timedelta(days=900),
        }
        self.course, self.leads = make_course(seats, **fields), []

    def join(self, size, company, is_wanted, mode):
        fields = {"company": self.companies[company], "target_group": "manager" if is_wanted else "creator"}
        self.leads.append(join_together(self.course, size, mode=mode, **fields)[0])

    def act(self, name, index):
        lead = self.leads[index % len(self.leads)]
        try:
            if name == "first":
                set_queue_position(lead, by=self.staff, queue_position=1, reason="Prov")
            elif name == "switch":
                self.switch(lead)
            else:
                {"cancel": cancel, "accept": accept, "decline": decline}[name](lead, by=BY_LINK)
        except ValidationError:
            settle_activity(self.course)  # the step was refused whole, what time had changed with it

    def switch(self, lead):
        """As the page offers it: to the other mode, or back to one's own where one has asked for the other."""
        settle_activity(self.course)
        lead.refresh_from_db()
        wanted = lead.mode if lead.wished_mode else MODES[1 - MODES.index(lead.mode)]
        switch_mode(lead, by=BY_LINK, mode=wanted)

    def change_seats(self, seats):
        with contextlib.suppress(ValidationError):
            online = self.course.online_capacity
            self.course = change_seats(self.course, by=self.staff, capacity=seats, online_capacity=online)

    def count(self):
        rows = Registration.objects.filter(activity=self.course).order_by("pk")
        return list(rows.values_list("state", "mode"))

    def wishes(self):
        leads = Registration.objects.filter(activity=self.course, number=0).order_by("pk")
        return list(leads.values_list("wished_mode", flat=True))


def apply(subject, name, *arguments):
    if name == "join":
        subject.join(*arguments)
    elif name == "seats":
        subject.change_seats(*arguments)
    else:
        subject.act(name, *arguments)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    policy=st.sampled_from(["first_come", "new_companies", "target_group"]),
    seats=st.integers(1, 4),
    online=st.integers(1, 2),
    steps=st.lists(step, min_size=4, max_size=16),
)
def test_engine_and_model_agree(db, policy, seats, online, steps):
    with transaction.atomic(), time_machine.travel(timezone.now(), tick=False) as clock:
        model, engine = Model(policy, seats, online), Engine(policy, seats, online)
        for name, *arguments in [("join", 1, 0, False, "on_site"), *steps]:
            clock.shift(timedelta(seconds=1))
            if name == "wait":
                clock.shift(timedelta(hours=arguments[0]))
                model.hours += arguments[0]
                model.settle()
                settle_activity(engine.course)
            else:
                apply(model, name, *arguments)
                apply(engine, name, *arguments)

            assert (engine.count(), engine.wishes()) == (model.count(), model.wishes()), (name, arguments)
            assert faults(engine.course) == []
        transaction.set_rollback(True)
    assert Counter(model.count())
