"""Uploads in a bucket: the content security policy allows its pictures, and nothing else from another host."""

import pytest

from creativenorth.web.headers import bucket_hosts, content_security_policy


@pytest.mark.parametrize(
    ("bucket", "endpoint", "hosts"),
    [
        ("", "", []),
        ("norr", "", ["https://norr.s3.amazonaws.com", "https://s3.amazonaws.com"]),
        ("norr", "https://s3.moln.example", ["https://norr.s3.moln.example", "https://s3.moln.example"]),
    ],
)
def test_bucket_is_where_pictures_may_come_from(bucket, endpoint, hosts):
    directives = content_security_policy(bucket_hosts(bucket, endpoint))["DIRECTIVES"]

    assert directives["img-src"][2:] == hosts
    assert [name for name, sources in directives.items() if name != "img-src" and len(sources) > 1] == []


@pytest.mark.parametrize(("bucket", "policy"), [("", "require-corp"), ("norr", "credentialless")])
def test_pictures_of_a_bucket_need_not_say_that_they_may_be_shown(client, settings, bucket, policy):
    settings.S3_BUCKET = bucket

    assert client.get("/healthz").headers["Cross-Origin-Embedder-Policy"] == policy
