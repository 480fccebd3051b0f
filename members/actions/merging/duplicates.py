"""Finding likely duplicates among companies, and among people, by what two of them have in common.

    @company_hints.register
    def numbers(): yield "number", "5560160680", 17     # reason, normalised value, key of the row

Values are compared here.
"""

import re
from collections import defaultdict
from itertools import combinations

from allauth.account.models import EmailAddress
from django.utils.translation import gettext_lazy as _

from creativenorth.hooks import Hook
from creativenorth.text.company_forms import without_company_form
from creativenorth.text.phones import normal_phone
from creativenorth.text.swedish import fold
from members.models import Company, CompanyNumber, DistinctPair, User

REASONS = {
    "number": _("the same organisation number"),
    "email": _("the same e-mail"),
    "name": _("the same name"),
    "phone": _("the same phone"),
}
LARGEST = 20  # a value that more rows share says nothing of any two
_WORD = re.compile(r"[0-9a-z]+")
_PROMISE = "Called with nothing; yields (reason, normalised value, key of the row), in one query."
company_hints = Hook(_PROMISE)
person_hints = Hook(_PROMISE)


def bare_name(name):
    """The words of the name without accents, signs and company form: "Oh hej Aktiebolag" equals "OH HEJ! AB"."""
    return "".join(without_company_form(" ".join(_WORD.findall(fold(name)))))


@company_hints.register
def of_companies():
    said = [f"public_version__{name}" for name in ("email", "phone")]
    for pk, name, email, number in Company.objects.values_list("pk", "name", *said):
        yield "name", bare_name(name), pk
        yield "email", email, pk
        yield "phone", str(number or ""), pk


@company_hints.register
def numbers_of_companies():
    for digits, pk in CompanyNumber.objects.exclude(digits="").values_list("digits", "company_id"):
        yield "number", digits, pk


@person_hints.register
def of_people():
    for pk, name, email, number in User.objects.filter(erased_at=None).values_list("pk", "name", "email", "phone"):
        yield "name", "".join(_WORD.findall(fold(name))), pk
        yield "email", email, pk
        yield "phone", normal_phone(number), pk


@person_hints.register
def addresses_of_people():
    for email, pk in EmailAddress.objects.values_list("email", "user_id"):
        yield "email", email, pk


def _groups(model):
    groups = defaultdict(set)
    for found in (company_hints if model is Company else person_hints)():
        for reason, form, pk in found:
            if form:
                groups[reason, form].add(pk)
    return [(reason, pks) for (reason, _form), pks in groups.items() if 1 < len(pks) <= LARGEST]


def likely_pairs(model):
    """[(one, two, reasons)] by key, the surest first, without pairs that are marked as distinct."""
    found = defaultdict(list)
    order = list(REASONS)
    for reason, pks in _groups(model):
        for pair in combinations(sorted(pks), 2):
            found[pair].append(reason)
    distinct = set(DistinctPair.objects.values_list("one", "two")) if model is Company else set()
    likely = {pair: reasons for pair, reasons in found.items() if pair not in distinct}
    rows = [(*pair, sorted(set(reasons), key=order.index)) for pair, reasons in likely.items()]
    return sorted(rows, key=lambda row: (order.index(row[2][0]), -len(row[2]), row[0], row[1]))


def likely_duplicates_of(owner):
    """[(key of the other, reasons)]."""
    mine = [(row, owner.pk) for row in likely_pairs(type(owner)) if owner.pk in row[:2]]
    return [(row[1] if row[0] == pk else row[0], row[2]) for row, pk in mine]
