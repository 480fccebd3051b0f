"""Publish, unpublish and cancel: who may, what they promise, and that a second time changes nothing."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from events.actions.activities import cancel_activity, publish_activity, unpublish_activity
from events.models import Activity
from tests.factories import make_activity, make_user

pytestmark = pytest.mark.django_db


def _cancel(activity, *, by):
    return cancel_activity(activity, by=by, reason_sv="Sjukdom")


@pytest.mark.parametrize("action", [publish_activity, unpublish_activity, _cancel])
def test_action_is_for_staff_with_the_permission(action, host, owner):
    activity = make_activity(published=False)
    outside = make_user("utan@hej.example")
    outside.user_permissions.add(Permission.objects.get(codename="change_activity"))

    for person in (host, owner, outside, AnonymousUser()):
        with pytest.raises(PermissionDenied):
            action(activity, by=person)

    assert Activity.objects.get().is_draft


def test_publish_shows_the_activity_and_keeps_the_first_time(staff):
    activity = make_activity(published=False)

    first = publish_activity(activity, by=staff)
    second = publish_activity(activity, by=staff)

    assert first.published_at <= timezone.now()
    assert second.published_at == first.published_at


def test_publish_refuses_an_activity_without_a_date(staff):
    activity = make_activity(published=False, sessions=0)

    with pytest.raises(ValidationError) as error:
        publish_activity(activity, by=staff)

    assert error.value.code == "no_session"
    assert Activity.objects.get().is_draft


def test_unpublish_takes_back_what_nobody_has_seen(staff):
    activity = make_activity(published=False)
    publish_activity(activity, by=staff, at=timezone.now() + timedelta(days=1))

    assert list(Activity.objects.public()) == []
    assert unpublish_activity(activity, by=staff).is_draft
    assert unpublish_activity(activity, by=staff).is_draft


def test_unpublish_refuses_what_people_have_seen(staff):
    activity = make_activity()

    with pytest.raises(ValidationError) as error:
        unpublish_activity(activity, by=staff)

    assert error.value.code == "was_public"
    assert not Activity.objects.get().is_draft


def test_cancel_keeps_its_first_reason_and_person(staff):
    activity = make_activity()
    other = make_user("andra@kluster.example", is_staff=True, is_superuser=True)

    first = cancel_activity(activity, by=staff, reason_sv=" Sjukdom ", reason_en="Illness")
    second = cancel_activity(activity, by=other, reason_sv="Något annat")

    assert (first.cancel_reason_sv, first.cancel_reason_en, first.cancelled_by) == ("Sjukdom", "Illness", staff)
    assert (second.cancel_reason_sv, second.cancelled_by, second.cancelled_at) == ("Sjukdom", staff, first.cancelled_at)


@pytest.mark.parametrize(("published", "reason", "code"), [(False, "Sjukdom", "draft"), (True, "  ", "no_reason")])
def test_cancel_refuses_drafts_and_silence(staff, published, reason, code):
    activity = make_activity(published=published)

    with pytest.raises(ValidationError) as error:
        cancel_activity(activity, by=staff, reason_sv=reason)

    assert error.value.code == code
    assert not Activity.objects.get().is_cancelled
