"""Private calendar feeds: given to a person, and revoked."""

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from creativenorth.web import secret_links
from events.models import Feed
from events.models.calendar_feed import PURPOSE
from members.models import Company


def give_feed(user, company=None):
    """The person's feed, their own or of a company that they belong to; made where there is none.

    Raises `PermissionDenied`.
    """
    if company and not Company.objects.with_person(user).filter(pk=company.pk).exists():
        raise PermissionDenied
    return Feed.objects.get_or_create(user=user, company=company, revoked_at=None)[0]


def revoke_feeds(user):
    return Feed.objects.filter(user=user, revoked_at=None).update(revoked_at=timezone.now())


def feed_with_token(token):
    """The feed of a secret address; None where it is revoked or the person has left the company."""
    uuid = secret_links.uuid_of(token, PURPOSE)
    feeds = Feed.objects.filter(uuid=uuid, revoked_at=None, user__is_active=True) if uuid else Feed.objects.none()
    feed = feeds.select_related("user", "company").first()
    if feed and feed.company and not Company.objects.with_person(feed.user).filter(pk=feed.company_id).exists():
        return None
    return feed
