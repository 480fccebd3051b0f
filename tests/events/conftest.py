"""What is going on just now: an activity whose people may be ticked off."""

from datetime import timedelta

import pytest

from tests.events.seats import make_course


@pytest.fixture
def course():
    """An activity of two hours that began an hour ago, with ten seats."""
    return make_course(10, starts_in=-timedelta(hours=1))


@pytest.fixture
def session(course):
    return course.sessions.get()
