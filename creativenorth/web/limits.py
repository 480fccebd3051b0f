"""How often may happen what a stranger can cause: guesses, and mail to an address that somebody has typed.

Counted first by the pair of address and source, so that nobody's guesses are held against a colleague beside them or against
the owner of the address; then by address alone, which caps guessing and mail from many sources; last by network, with room for
a class or an office at one address. A device from which the owner has signed in is a source of its own (web.known_devices),
against which nothing counts that others do.
"""

import hashlib
import ipaddress
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from creativenorth.dates import clock_text, date_text
from creativenorth.web.known_devices import device_known_for

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
PAIR, ADDRESS, NETWORK, ACCOUNT = "pair", "address", "network", "account"


@dataclass(frozen=True)
class Limit:
    most: int
    within: timedelta
    per: str
    text: str  # names the limit by %(most)d, and %(until)s, when it ends


_NETWORK = _("Very many have done this from your network just now. Try again at %(until)s, or phone us.")
_CODE_INSTEAD = _("Many wrong passwords for this address. Try again at %(until)s, or sign in with a code by e-mail.")
_MAILS_TODAY = _(
    "This address has had as many mails from us as it may have in a day. Try again at %(until)s, or phone us."
)
_CODES = _("We have sent %(most)d codes to this address. Use the latest, or ask for a new one at %(until)s.")
_LINKS = _("We have sent %(most)d links to this address. Use the latest, or ask for a new one at %(until)s.")
_UNOPENED = _("%(most)d links for this address wait to be opened. Open one of them first, or try again at %(until)s.")
_MESSAGES = _("You have sent %(most)d messages within an hour. Try again at %(until)s, or phone us.")
_NUMBERS = _("You have tried %(most)d numbers within an hour. Try again at %(until)s, or write to us.")
LIMITS = {
    "password": (
        Limit(5, 5 * MINUTE, PAIR, _CODE_INSTEAD),
        Limit(60, HOUR, ADDRESS, _CODE_INSTEAD),
        Limit(300, 5 * MINUTE, NETWORK, _NETWORK),
    ),
    "sign_in_code": (
        Limit(4, 10 * MINUTE, PAIR, _CODES),
        Limit(8, DAY, PAIR, _CODES),  # whoever asks in somebody's place leaves the owner more than half
        Limit(20, DAY, ADDRESS, _MAILS_TODAY),
        Limit(200, HOUR, NETWORK, _NETWORK),
    ),
    "password_reset": (
        Limit(3, DAY, PAIR, _LINKS),
        Limit(9, DAY, ADDRESS, _MAILS_TODAY),
        Limit(60, HOUR, NETWORK, _NETWORK),
    ),
    # Given back when the link is opened: only what nobody has confirmed counts.
    "guest_sign_up": (
        Limit(5, DAY, PAIR, _UNOPENED),
        Limit(15, DAY, ADDRESS, _MAILS_TODAY),
        Limit(200, HOUR, NETWORK, _NETWORK),
    ),
    "enquiry": (
        Limit(8, HOUR, PAIR, _MESSAGES),
        Limit(30, HOUR, NETWORK, _NETWORK),
    ),
    "enquiry_thanks": (Limit(4, DAY, ADDRESS, _MAILS_TODAY),),
    "invitation": (Limit(4, DAY, ADDRESS, _MAILS_TODAY),),
    "organisation_number": (Limit(10, HOUR, ACCOUNT, _NUMBERS),),
}


class LimitReached(Exception):
    """Nothing was counted. `text` says which limit it is and until when."""

    def __init__(self, limit, until):
        super().__init__(limit, until)
        self.limit, self.until = limit, until

    @property
    def text(self):
        return self.limit.text % {"most": self.limit.most, "until": _moment(self.until)}


def _moment(moment):
    """To the next minute, so that it is true when it says so."""
    moment = timezone.localtime(moment) + MINUTE
    is_today = moment.date() == timezone.localdate()
    return clock_text(moment) if is_today else f"{clock_text(moment)}, {date_text(moment)}"


def use(action, *, request=None, address="", account=None):
    """Count one use against every limit of the action, exactly also in parallel; returns what `give_back` takes.

    Raises `LimitReached`. `address` is in its normal form.
    """
    keys = _keys(action, request, address, account)
    now = time.time()
    with transaction.atomic():
        _lock(keys)
        uses = {key: _recent(key, limit, now) for key, limit in keys.items()}
        full = [
            (uses[key][0] + limit.within.total_seconds(), limit)
            for key, limit in keys.items()
            if len(uses[key]) >= limit.most
        ]
        if full:
            until, limit = max(full, key=lambda each: each[0])
            raise LimitReached(limit, datetime.fromtimestamp(until, UTC))
        for key, limit in keys.items():
            cache.set(key, [*uses[key], now], limit.within.total_seconds())
    return {"keys": list(keys), "at": now}


def give_back(used):
    """What was right in the end does not count: a password that fits, a link that was opened."""
    with transaction.atomic():
        _lock(used["keys"])
        for key in used["keys"]:
            if (uses := cache.get(key)) and used["at"] in uses:
                cache.set(key, [at for at in uses if at != used["at"]], DAY.total_seconds())


def forget(action, *, request, address):
    """Wrong guesses at an address do not count any more once somebody has proved that the mailbox is theirs."""
    keys = _keys(action, request, address, None)
    cache.delete_many([key for key, limit in keys.items() if limit.per != NETWORK])


def _keys(action, request, address, account):
    """{key: Limit} in a fixed order, so that two who need the same locks never wait for each other."""
    device = device_known_for(request, address) if request and address else ""
    source = {
        PAIR: f"{address} {device or _network(request)}" if request and address else "",
        ADDRESS: "" if device else address,
        NETWORK: "" if device else _network(request),
        ACCOUNT: str(account.pk) if account else "",
    }
    found = {_key(action, limit, source[limit.per]): limit for limit in LIMITS[action] if source[limit.per]}
    return dict(sorted(found.items()))


def _key(action, limit, source):
    return f"limit:{action}:{limit.per}:{limit.within.total_seconds():.0f}:{hashlib.sha256(source.encode()).hexdigest()[:32]}"


def _network(request):
    """The address it comes from; of IPv6 the part that a household or an office has to itself."""
    if request is None:
        return ""
    found = get_adapter().get_client_ip(request)
    try:
        address = ipaddress.ip_address(found)
    except ValueError:
        return found
    return str(ipaddress.ip_network(f"{address}/64", strict=False)) if address.version == 6 else found


def _lock(keys):
    with connection.cursor() as cursor:
        for key in sorted(keys):
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def _recent(key, limit, now):
    """When the limit was used within its time, the earliest first."""
    return [at for at in cache.get(key, []) if at > now - limit.within.total_seconds()]
