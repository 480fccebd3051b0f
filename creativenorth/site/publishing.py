"""News become public when their time has come."""

from creativenorth.publishing.schedule import publication_check
from creativenorth.site.models import NewsItem


@publication_check
def news(since, until):
    return NewsItem.objects.filter(published_at__gt=since, published_at__lte=until).exists()
