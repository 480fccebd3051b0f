"""What staff publish: a draft, waiting for its time, or public; a kept page shows it within a minute."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from creativenorth.publishing import schedule
from creativenorth.publishing.publishable import publishable_models
from creativenorth.web.pagecache import versions
from tests.factories import make_activity, make_cluster, make_news, make_programme, make_strategy

MAKERS = [make_activity, make_news, make_programme, make_strategy]


@pytest.mark.django_db
@pytest.mark.parametrize("make", MAKERS)
def test_state_decides_who_sees_it(make, staff):
    later = timezone.now() + timedelta(hours=1)
    draft, scheduled, public = (make(published=False), make(published_at=later), make())
    objects = type(draft).objects

    assert [each.publish_state for each in (draft, scheduled, public)] == ["draft", "scheduled", "published"]
    assert [list(objects.in_state(each.publish_state)) for each in (draft, scheduled)] == [[draft], [scheduled]]
    assert list(objects.visible_to(AnonymousUser())) == list(objects.public()) == [public]
    assert set(objects.visible_to(staff)) == {draft, scheduled, public}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("make", MAKERS)
def test_kept_pages_are_made_anew_when_its_time_has_come(make):
    make_cluster()
    due = timezone.now() + timedelta(seconds=1)
    make(published_at=due)
    moments = [due - timedelta(microseconds=1), due + timedelta(seconds=30), due + timedelta(seconds=90)]

    found = [versions()]
    for moment in moments:
        schedule.publish_due(moment)
        found.append(versions())

    before, too_early, on_time, later = found
    assert (before == too_early, [new == old for new, old in zip(on_time, before, strict=True)]) == (True, [False] * 2)
    assert later == on_time


def test_every_publishable_model_is_tried_here():
    assert sorted(model.__name__ for model in publishable_models()) == ["Activity", "NewsItem", "Programme", "Strategy"]
