"""What becomes public at a time of its own: the apps register theirs, the queue worker looks each minute.

Pages ask the clock themselves when they are made. Finished pages are kept (creativenorth.web.pagecache), so somebody must
notice when a time has come that no edit goes with:

    @appears
    def news(since, until):            # → has anything become public in that time?
        return NewsItem.objects.filter(published_at__gt=since, published_at__lte=until).exists()

    @every_minute
    def change_texts(now): ...         # → does what was to be done by now
"""

from django.db import transaction
from django.utils import timezone

from creativenorth.publishing.models import ContentVersion
from creativenorth.web import pagecache

_appearing, _due = [], []


def appears(function):
    """Register `function(since, until) -> bool`."""
    _appearing.append(function)
    return function


def every_minute(function):
    """Register `function(now)`, which may be called by two workers at once."""
    _due.append(function)
    return function


def publish_due(now=None):
    """Do what is due, and make a new version of what is public where something has appeared since the last look."""
    now = now or timezone.now()
    for function in _due:
        function(now)
    with transaction.atomic():
        version = ContentVersion.objects.select_for_update(no_key=True).filter(pk=1).first()
        if version is None or version.checked_at >= now:
            return
        if any(function(version.checked_at, now) for function in _appearing):
            pagecache.expire_pages(frame=True)  # menus name a page from its first piece of news on
        ContentVersion.objects.filter(pk=1).update(checked_at=now)
