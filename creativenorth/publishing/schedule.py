"""What becomes public at a given time: the apps register theirs, the queue worker looks each minute.

A page asks the clock when it is rendered. Finished pages are cached (creativenorth.web.pagecache), so they must be made
stale when a time has come, as no edit does it:

    @publication_check
    def news(since, until):            # → has anything become public in that time?
        return NewsItem.objects.filter(published_at__gt=since, published_at__lte=until).exists()

    @every_minute
    def change_texts(now): ...         # does what was to be done by now
"""

from django.db import transaction
from django.utils import timezone

from creativenorth.publishing.models import ContentVersion
from creativenorth.web import pagecache

_publication_checks, _every_minute = [], []


def publication_check(function):
    """Register `function(since, until) -> bool`."""
    _publication_checks.append(function)
    return function


def every_minute(function):
    """Register `function(now)`, which two workers may call at once."""
    _every_minute.append(function)
    return function


def publish_due(now=None):
    """Call what runs every minute, and make public pages stale where something has become public since the last check."""
    now = now or timezone.now()
    for function in _every_minute:
        function(now)
    with transaction.atomic():
        version = ContentVersion.objects.select_for_update(no_key=True).filter(pk=1).first()
        if version is None or version.checked_at >= now:
            return
        if any(function(version.checked_at, now) for function in _publication_checks):
            pagecache.expire_pages(frame=True)  # the menu on every page has a link to the news once there are some
        ContentVersion.objects.filter(pk=1).update(checked_at=now)
