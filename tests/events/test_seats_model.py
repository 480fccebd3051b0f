"""The engine against a model of it in forty lines: the same steps, drawn at random, must lead to the same seats."""

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

from events.actions.leaving import BY_LINK, accept, cancel, decline
from events.actions.list_keeping import change_seats, place_in_queue
from events.actions.seats import settle_activity
from events.models import Registration
from tests.events.seats import faults, join_together, make_course
from tests.factories import make_company, make_user

pytestmark = pytest.mark.django_db
LIMIT = 3
step = st.one_of(
    st.tuples(st.just("join"), st.integers(1, 3), st.integers(0, 2), st.booleans()),
    st.tuples(st.sampled_from(["cancel", "accept", "decline", "first"]), st.integers(0, 9)),
    st.tuples(st.just("seats"), st.integers(1, 6)),
    st.tuples(st.just("wait"), st.sampled_from([1, 30])),
)


@dataclass
class Group:
    """A party in the model."""

    size: int
    company: int
    is_wanted: bool
    born: int
    state: str = "waiting"
    since: float = 0
    rank: int = 0


class Model:
    """Lists and loops in place of tables and locks."""

    def __init__(self, policy, seats):
        self.policy, self.seats, self.hours, self.groups, self.births = policy, seats, 0, [], count()

    def taken(self, company=None):
        taken = [group for group in self.groups if group.state in ("confirmed", "offered")]
        return sum(group.size for group in taken if company in (None, group.company))

    def may_sit(self, group):
        in_company = self.taken(group.company) + group.size <= LIMIT if group.company else True
        return in_company and self.taken() + group.size <= self.seats

    def queue(self):
        def place(group):
            preferred = {
                "first_come": True,
                "new_companies": bool(group.company) and not self.taken(group.company),
                "target_group": group.is_wanted,
            }[self.policy]
            return not group.rank, group.rank, not preferred, group.born

        return sorted((group for group in self.groups if group.state == "waiting"), key=place)

    def settle(self):
        for group in self.groups:
            if group.state == "offered" and self.hours - group.since >= 24:
                group.state = "declined"
        while heir := next(filter(self.may_sit, self.queue()), None):
            heir.state, heir.since = "offered", self.hours

    def join(self, size, company, is_wanted):
        self.settle()
        group = Group(size, company, is_wanted, next(self.births))
        group.state = "confirmed" if self.may_sit(group) else "waiting"
        self.groups.append(group)

    def act(self, name, index):
        self.settle()
        group = self.groups[index % len(self.groups)]
        if name == "cancel" and group.state in ("confirmed", "offered", "waiting"):
            group.state = "cancelled"
        elif name in ("accept", "decline") and group.state == "offered":
            group.state = {"accept": "confirmed", "decline": "declined"}[name]
        elif name == "first" and group.state == "waiting":
            order = self.queue()
            order.insert(0, order.pop(order.index(group)))
            placed = max(1, sum(bool(each.rank) for each in order))
            for rank, each in enumerate(order[:placed], start=1):
                each.rank = rank
        self.settle()

    def change_seats(self, seats):
        # Fewer than are taken are refused, before anything else happens.
        if seats >= self.taken():
            self.seats = seats
            self.settle()

    def count(self):
        return [group.state for group in self.groups for _ in range(group.size)]


class Engine:
    """The same steps on the real thing."""

    def __init__(self, policy, seats):
        self.staff = make_user(is_staff=True, is_superuser=True)
        self.companies = [None, make_company(), make_company()]
        fields = {
            "policy": policy,
            "company_limit": LIMIT,
            "target_groups": ["manager"],
            "starts_in": timedelta(days=900),
        }
        self.course, self.leads = make_course(seats, **fields), []

    def join(self, size, company, is_wanted):
        group = "manager" if is_wanted else "creator"
        self.leads.append(join_together(self.course, size, company=self.companies[company], target_group=group)[0])

    def act(self, name, index):
        lead = self.leads[index % len(self.leads)]
        try:
            if name == "first":
                place_in_queue(lead, by=self.staff, place=1, reason="Prov")
            else:
                {"cancel": cancel, "accept": accept, "decline": decline}[name](lead, by=BY_LINK)
        except ValidationError:
            settle_activity(self.course)  # the step was refused whole, what time had changed with it

    def change_seats(self, seats):
        with contextlib.suppress(ValidationError):
            self.course = change_seats(self.course, by=self.staff, capacity=seats)

    def count(self):
        rows = Registration.objects.filter(activity=self.course).order_by("pk")
        return list(rows.values_list("state", flat=True))


def apply(subject, name, *arguments):
    if name == "join":
        subject.join(*arguments)
    elif name == "seats":
        subject.change_seats(*arguments)
    else:
        subject.act(name, *arguments)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    policy=st.sampled_from(["first_come", "new_companies", "target_group"]),
    seats=st.integers(1, 4),
    steps=st.lists(step, min_size=4, max_size=16),
)
def test_engine_and_model_agree(db, policy, seats, steps):
    with transaction.atomic(), time_machine.travel(timezone.now(), tick=False) as clock:
        model, engine = Model(policy, seats), Engine(policy, seats)
        for name, *arguments in [("join", 1, 0, False), *steps]:
            clock.shift(timedelta(seconds=1))
            if name == "wait":
                clock.shift(timedelta(hours=arguments[0]))
                model.hours += arguments[0]
                model.settle()
                settle_activity(engine.course)
            else:
                apply(model, name, *arguments)
                apply(engine, name, *arguments)

            assert engine.count() == model.count(), (name, arguments)
            assert faults(engine.course) == []
        transaction.set_rollback(True)
    assert Counter(model.count())
