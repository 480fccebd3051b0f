"""What appears by itself on this floor (creativenorth.publishing)."""

from creativenorth.publishing.schedule import appears
from programmes.models import Strategy


@appears
def strategies(since, until):
    return Strategy.objects.filter(published_at__gt=since, published_at__lte=until).exists()
