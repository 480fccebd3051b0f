"""What the portal knows of a person: shown to them, given as a file, erased. Each app registers what is its own.

    @personal_data("affiliations", _("Your companies"), covers=["members.Affiliation.user"], labels={"role": _("Role")})
    def affiliations(user): return [{"role": "owner"}]

    @erasure_locks.register    # a rule that forbids erasing before a day
    def attendance(user): return ErasureLock(date(2033, 12, 31), _("…"))

    @erasers.register          # takes the person out of rows that stay; once for each address they had
    def registrations(user, address): ...

Where an address is all that names a person, earlier addresses count too: `email__in=addresses_of(user)`.

A test walks all models: a column that points to a person or holds an address must be covered by a part, or be named
there with the reason why not.
"""

from dataclasses import dataclass
from datetime import date

from creativenorth.hooks import Hook

parts = Hook("Values: each a `Part`, in the order of the page.")
erasure_locks = Hook("Called with a person; answers an `ErasureLock`, or None.")
erasers = Hook(
    "Called with a person and an address, in the transaction that erases them, once for each address they had."
)


@dataclass(frozen=True)
class Part:
    """One heading of the page. `labels` names the keys of the rows in words; the file has the keys themselves."""

    key: str
    title: str
    read: callable
    covers: tuple
    labels: dict


@dataclass(frozen=True)
class ErasureLock:
    """A rule that keeps name and address until that day."""

    until: date
    reason: str


def personal_data(key, title, *, covers, labels):
    """Register `function(user) -> list of rows`, each {name: value}."""

    def register(function):
        parts.register(Part(key, title, function, tuple(covers), labels))
        return function

    return register


def parts_of(user):
    """[(part, rows)], also those without rows."""
    return [(part, part.read(user)) for part in parts]


def as_file(user):
    """{key of the part: rows}, for the person to take away (GDPR Art. 15 and 20)."""
    return {part.key: rows for part, rows in parts_of(user)}


def erasure_locks_on(user):
    """The latest first."""
    return sorted(filter(None, erasure_locks(user)), key=lambda each: each.until, reverse=True)


def run_erasers(user, addresses):
    for address in addresses:
        erasers(user, address)


def keys_of(user):
    return [user.pk, *user.merges.values_list("gone", flat=True)]


def addresses_of(user):
    """Every address the person has or had: of the account, its history, and accepted invitations; without
    those that are another account's today.
    """
    had = {user.email}
    had |= set(user.pgh_event_model.objects.filter(pgh_obj_id__in=keys_of(user)).values_list("email", flat=True))
    had |= set(user.invitations_accepted.values_list("email", flat=True))
    others = user._meta.model.objects.exclude(pk=user.pk).filter(email__in=had)
    return sorted(had - set(others.values_list("email", flat=True)))


def confirmed_addresses_of(user):
    """Those whose mailbox the person has proved to be theirs."""
    return user.emailaddress_set.filter(verified=True).values("email")


def covered():
    return {column for part in parts for column in part.covers}
