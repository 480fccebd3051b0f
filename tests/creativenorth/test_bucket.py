"""Uploads in a bucket are fetched through the portal, which asks who may see them."""

from creativenorth.files.bucket import Bucket
from creativenorth.web.headers import content_security_policy


def test_pages_link_to_the_portal_and_nothing_comes_from_another_host():
    directives = content_security_policy()["DIRECTIVES"]

    assert Bucket(bucket_name="norr").url("logos/a.webp") == "/uploads/logos/a.webp"
    assert [source for sources in directives.values() for source in sources if "//" in source] == []
