"""What becomes public at a given time. The queue worker looks each minute.

A page asks the clock when it is rendered. Finished pages are cached (creativenorth.web.pagecache), so they must be made
stale when a time has come, as no edit does it.
"""

from django.db import transaction
from django.utils import timezone

from creativenorth.publishing.models import ContentVersion
from creativenorth.publishing.publishable import publishable_models
from creativenorth.web import pagecache


def publish_due(now=None):
    """Make public pages stale where anything `Publishable` has become public since the last check."""
    now = now or timezone.now()
    with transaction.atomic():
        version = ContentVersion.objects.select_for_update(no_key=True).filter(pk=1).first()
        if version is None or version.checked_at >= now:
            return
        due = {"published_at__gt": version.checked_at, "published_at__lte": now}
        if any(model.objects.filter(**due).exists() for model in publishable_models()):
            pagecache.expire_pages(frame=True)  # the menu on every page has a link to the news once there are some
        ContentVersion.objects.filter(pk=1).update(checked_at=now)
