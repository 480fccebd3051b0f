"""Rate limits in the database's cache: none in force is removed because there are many."""

from django.core.cache import cache


def test_a_crowd_of_limits_lifts_none(db):
    keys = [f"limit:{number:04}" for number in range(400)]

    cache.set_many(dict.fromkeys(keys, 1), 300)

    assert len(cache.get_many(keys)) == 400
