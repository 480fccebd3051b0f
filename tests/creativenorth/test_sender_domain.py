"""SPF, DKIM and DMARC of the sender's domain. No test asks a real name server."""

import dns.resolver
import pytest

from creativenorth.mail import sender_domain
from creativenorth.mail.sender_domain import NoAnswer, check, txt_records

GOOD = {
    "kluster.example": ["v=spf1 include:mail.example -all", "något annat"],
    "nyckel._domainkey.kluster.example": ["v=DKIM1; k=rsa; p=MIIB"],
    "_dmarc.kluster.example": ["v=DMARC1; p=reject"],
}


def found(records, domain="kluster.example", selector="nyckel"):
    findings = check(domain, selector=selector, lookup=lambda name: records.get(name, []))
    return {finding.name: finding.state for finding in findings}


def test_a_good_domain_is_fine():
    assert found(GOOD) == {"SPF": "ok", "DKIM": "ok", "DMARC": "ok"}


def test_an_empty_domain_lacks_everything_and_each_says_what_to_do():
    findings = check("kluster.example", selector="nyckel", lookup=lambda name: [])

    assert [finding.state for finding in findings] == ["missing"] * 3
    assert all(finding.text and finding.advice for finding in findings)


@pytest.mark.parametrize(
    ("name", "records", "which", "state"),
    [
        ("kluster.example", ["v=spf1 mx ?all"], "SPF", "weak"),
        ("kluster.example", ["v=spf1 mx"], "SPF", "weak"),
        ("kluster.example", ["v=spf1 -all", "v=spf1 ~all"], "SPF", "weak"),
        ("kluster.example", ["V=SPF1 MX ~ALL"], "SPF", "ok"),
        ("kluster.example", ["v=spf1 redirect=mail.example"], "SPF", "ok"),
        ("kluster.example", ["v=spf10 -all"], "SPF", "missing"),
        ("nyckel._domainkey.kluster.example", ["v=DKIM1; p="], "DKIM", "missing"),
        ("_dmarc.kluster.example", ["v=DMARC1; p=none"], "DMARC", "weak"),
        ("_dmarc.kluster.example", ["v=DMARC1;p=quarantine"], "DMARC", "ok"),
    ],
)
def test_each_record_is_judged(name, records, which, state):
    assert found(GOOD | {name: records})[which] == state


def test_without_a_selector_dkim_cannot_be_known():
    assert found(GOOD, selector="")["DKIM"] == "unknown"


def test_a_domain_below_has_the_policy_of_the_one_above():
    assert found(GOOD, domain="portal.kluster.example")["DMARC"] == "ok"


def test_silent_name_servers_say_nothing_of_the_domain():
    def silent(name):
        raise NoAnswer

    states = [finding.state for finding in check("kluster.example", selector="nyckel", lookup=silent)]

    assert states == ["unknown"] * 3


@pytest.mark.parametrize(
    ("error", "expected"),
    [(dns.resolver.NXDOMAIN, []), (dns.resolver.NoAnswer, []), (dns.resolver.NoNameservers, NoAnswer)],
)
def test_no_such_name_and_no_answer_are_different_things(monkeypatch, error, expected):
    def resolve(*args, **kwargs):
        raise error() if error is not dns.resolver.NoAnswer else error.__new__(error)

    monkeypatch.setattr(dns.resolver, "resolve", resolve)

    if expected is NoAnswer:
        with pytest.raises(NoAnswer):
            txt_records("kluster.example")
    else:
        assert txt_records("kluster.example") == expected


@pytest.mark.django_db
def test_a_look_is_kept_for_the_present_sender_alone(settings):
    settings.DEFAULT_FROM_EMAIL = "Klustret <hej@kluster.example>"
    sender_domain.check_now(lookup=lambda name: GOOD.get(name, []))
    kept = sender_domain.last_check()

    settings.DEFAULT_FROM_EMAIL = "hej@annan.example"

    assert (kept["domain"], kept["findings"][0].state) == ("kluster.example", "ok")
    assert sender_domain.last_check() is None
