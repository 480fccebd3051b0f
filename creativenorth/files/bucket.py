from django.conf import settings
from storages.backends.s3 import S3Storage


class Bucket(S3Storage):
    """Uploads in an S3-compatible storage that answers nobody but the portal, which asks first who may see a file."""

    def url(self, name, *args, **kwargs):
        return f"{settings.MEDIA_URL}{name}"
