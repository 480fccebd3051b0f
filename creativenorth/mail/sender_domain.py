"""SPF, DKIM and DMARC of the domain that mail is sent from, in plain words.

They decide whether other mail servers believe that a mail is ours. `check` asks name servers; pages show the last answers,
so that none waits for the network.
"""

from dataclasses import dataclass
from email.utils import parseaddr

import dns.exception
import dns.resolver
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _

TIMEOUT_SECONDS = 3  # seconds for each question
CACHE_SECONDS = 60 * 60 * 24 * 7
_KEY = "sender-domain"


@dataclass(frozen=True)
class Finding:
    """One of the three: `state` is ok, weak, missing or unknown; `text` says what was found, `advice` what to do."""

    name: str
    state: str
    text: str
    advice: str = ""
    record: str = ""


class NoAnswer(Exception):
    """The name servers did not answer, which says nothing about the domain."""


def txt_records(name):
    """The TXT records of a name, none where there is no such name. Raises `NoAnswer`."""
    try:
        answer = dns.resolver.resolve(name, "TXT", lifetime=TIMEOUT_SECONDS)
    except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
        return []
    except dns.exception.DNSException as error:
        raise NoAnswer from error
    return [b"".join(record.strings).decode("utf-8", "replace") for record in answer]


def sender_domain():
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1].partition("@")[2].lower()


def check(domain, *, selector="", lookup=txt_records):
    """The three findings for the domain."""
    return [
        _answered("SPF", lambda: _spf(domain, lookup)),
        _answered("DKIM", lambda: _dkim(domain, selector, lookup)),
        _answered("DMARC", lambda: _dmarc(domain, lookup)),
    ]


def check_now(lookup=txt_records):
    """Ask now and keep the answer for the pages."""
    found = {
        "domain": sender_domain(),
        "at": timezone.now(),
        "findings": check(sender_domain(), selector=settings.DKIM_SELECTOR, lookup=lookup),
    }
    cache.set(_KEY, found, CACHE_SECONDS)
    return found


def last_check():
    """The last answer for the present sender, or None."""
    found = cache.get(_KEY)
    return found if found and found["domain"] == sender_domain() else None


def _answered(name, question):
    try:
        return question()
    except NoAnswer:
        return Finding(name, "unknown", _("The name servers did not answer."), _("Try again in a while."))


def _spf(domain, lookup):
    found = [text for text in lookup(domain) if text.lower().split(" ")[0] == "v=spf1"]
    if not found:
        return Finding(
            "SPF", "missing", _("%s does not say which servers may send its mail, so anybody can pretend to be you.") % domain,
            _("Ask whoever keeps the domain for a TXT record that begins with v=spf1 and names your mail server."),
        )  # fmt: skip
    if len(found) > 1:
        text = _("There are %d SPF records; receivers then read none of them.") % len(found)
        return Finding("SPF", "weak", text, _("Let them be joined into one."), found[0])
    if not {"-all", "~all"} & set(found[0].lower().split()) and "redirect=" not in found[0].lower():
        text = _("The SPF record does not say what to do with servers that it does not name.")
        return Finding("SPF", "weak", text, _("Let it end with ~all or -all."), found[0])
    return Finding("SPF", "ok", _("The domain says which servers may send its mail."), record=found[0])


def _dkim(domain, selector, lookup):
    if not selector:
        return Finding(
            "DKIM", "unknown", _("The portal does not know under which name the key for signatures stands."),
            _("Set DKIM_SELECTOR to the selector that your mail provider tells you."),
        )  # fmt: skip
    name = f"{selector}._domainkey.{domain}"
    tags = [_tags(text) for text in lookup(name)]
    if any(found.get("p") for found in tags):
        return Finding("DKIM", "ok", _("The key with which your mail is signed can be read by everybody."), record=name)
    if any("p" in found for found in tags):
        return Finding(
            "DKIM", "missing", _("The key at %s has been withdrawn.") % name,
            _("Ask your mail provider for a new one."),
        )  # fmt: skip
    text = _("There is no key at %s, so receivers cannot check the signature.") % name
    return Finding("DKIM", "missing", text, _("Ask your mail provider for the record and let it be added."))


def _dmarc(domain, lookup):
    labels = domain.split(".")
    # A domain without a policy inherits that of the domain above it.
    for above in [".".join(labels[start:]) for start in range(max(len(labels) - 1, 1))]:
        found = [text for text in lookup(f"_dmarc.{above}") if text.lower().replace(" ", "").startswith("v=dmarc1")]
        if found:
            return _policy(found[0])
    return Finding(
        "DMARC", "missing", _("%s does not say what to do with mail that only pretends to come from it.") % domain,
        _("Let a TXT record be added at _dmarc.%s; begin with v=DMARC1; p=none, and sharpen it later.") % domain,
    )  # fmt: skip


def _policy(record):
    policy = _tags(record).get("p", "").lower()
    if policy in ("quarantine", "reject"):
        return Finding("DMARC", "ok", _("Mail that only pretends to be yours is sorted out."), record=record)
    text = _("The domain watches for false mail but lets it through.")
    return Finding("DMARC", "weak", text, _("When SPF and DKIM have been green for a while: p=quarantine."), record)


def _tags(record):
    pairs = (part.partition("=") for part in record.split(";"))
    return {name.strip().lower(): value.strip() for name, _equals, value in pairs if name.strip()}
