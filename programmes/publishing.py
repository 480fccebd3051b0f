"""Strategies become public when their time has come."""

from creativenorth.publishing.schedule import publication_check
from programmes.models import Strategy


@publication_check
def strategies(since, until):
    return Strategy.objects.filter(published_at__gt=since, published_at__lte=until).exists()
