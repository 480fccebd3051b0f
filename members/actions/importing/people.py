"""Importing people: found by e-mail; written with their address and their affiliation."""

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from creativenorth.text import orgnr
from creativenorth.text.encryption import fingerprint
from creativenorth.text.swedish import fold, folded
from members.actions.importing.near_names import companies_like
from members.models import Affiliation, Company, User

COLUMNS = ("name", "phone", "language")
AFFILIATION_COLUMNS = ("role", "target_group", "title")
KEYS = [("email", str)]


def match(lines, *, lock):
    """Set each line's target, and `values["company"]` to a `Company`; six queries."""
    for line in lines:
        _join_names(line)
    asked = [line.values["email"] for line in lines if "email" in line.values]
    found = User.objects.filter(Q(email__in=asked) | Q(emailaddress__email__in=asked, emailaddress__verified=True))
    people = User.objects.filter(pk__in=found.values("pk")).prefetch_related("emailaddress_set", "affiliations")
    if lock:
        people = people.select_for_update(of=("self",), no_key=True)
    holders = {}
    for person in people.order_by("pk"):
        verified = [one.email for one in person.emailaddress_set.all() if one.verified]
        holders |= dict.fromkeys([*verified, person.email], person)
    companies, like = _companies(lines)
    for line in lines:
        line.target = holders.get(line.values.get("email"))
        _check_person(line)
        _check_affiliation(line, companies, like)


def _join_names(line):
    """First and last name in two columns are one name, where none stands in a column of its own."""
    parts = [line.values.pop(name, "") for name in ("first_name", "last_name")]
    joined = " ".join(part for part in parts if part)
    if joined and "name" not in line.values:
        line.values["name"] = joined[: User._meta.get_field("name").max_length]


def _companies(lines):
    """{folded name or digits: [companies]} of those that the lines name, and {text: [companies]} of those with a name like it."""
    texts = {line.values["company"] for line in lines if "company" in line.values}
    digits = {text: number for text in texts if (number := _digits(text))}
    prints = {fingerprint(number): text for text, number in digits.items()}
    names = {fold(text) for text in texts}
    like = companies_like((text, text) for text in texts - digits.keys())
    found = Company.objects.annotate(called=folded("name")).filter(
        Q(called__in=names)
        | Q(number__fingerprint__in=prints)
        | Q(pk__in={key for keys in like.values() for key in keys})
    )
    by_text, by_key = {}, {}
    for company in found.select_related("number").order_by("pk"):
        by_key[company.pk] = company
        by_text.setdefault(company.called, []).append(company)
        if (kept := getattr(company, "number", None)) and kept.fingerprint in prints:
            by_text[fold(prints[kept.fingerprint])] = [company]
    return by_text, {text: [by_key[key] for key in keys if key in by_key] for text, keys in like.items()}


def _digits(text):
    try:
        return orgnr.parse(text).digits
    except ValidationError:
        return ""


def _check_person(line):
    person = line.target
    if person is None:
        if "name" not in line.values:
            line.wrong("name", _("This must be filled in."))
    elif person.is_staff or person.is_superuser:
        line.wrong("email", _("An account of the staff is not changed by a list."))
    elif not person.is_active:
        line.wrong("email", _("The account is closed."))


def _check_affiliation(line, companies, like):
    """Replace the company's name by the company; a role, target group or title without a company is an error."""
    text = line.values.pop("company", None)
    if text is None:
        if any(name in line.values for name in AFFILIATION_COLUMNS):
            _without_company(line, _("Say in which company."))
        return
    found = companies.get(fold(text), [])
    if len(found) > 1:
        _without_company(line, _("Several companies here have that name. Give the number, or merge them first."))
        return
    if not found:
        line.likely = like.get(text, [])
        found = [company for company in [line.chosen()] if company]
    if found:
        line.values["company"] = found[0]
    elif not line.is_undecided:
        _without_company(line, _("There is no such company here. Import the companies first."))


def _without_company(line, said):
    line.wrong("company", said, optional=True)
    if "company" in line.emptied:
        for name in AFFILIATION_COLUMNS:
            line.values.pop(name, None)


def _affiliation(line):
    """The person's affiliation with that company, in force today or later."""
    company = line.values.get("company")
    affiliations = line.target.affiliations.all() if company else ()
    return next(
        (
            affiliation
            for affiliation in affiliations
            if affiliation.company_id == company.pk and not affiliation.has_ended
        ),
        None,
    )


def changes(line):
    found = {}
    for name in COLUMNS:
        if name in line.values and line.values[name] != getattr(line.target, name):
            found[name] = (getattr(line.target, name), line.values[name])
    affiliation = _affiliation(line)
    if affiliation is None and "company" in line.values:
        found["company"] = ("", line.values["company"].name)
    for name in AFFILIATION_COLUMNS if affiliation else ():
        if name in line.values and line.values[name] != getattr(affiliation, name):
            found[name] = (str(getattr(affiliation, name)), str(line.values[name]))
    return found


def apply(lines, *, by):
    """Write the lines, none of which has errors."""
    new = [line for line in lines if line.target is None]
    people = User.objects.bulk_create(_new_person(line) for line in new)
    for line, person in zip(new, people, strict=True):
        line.target = person
    EmailAddress.objects.bulk_create(
        EmailAddress(user=person, email=person.email, primary=True, verified=False) for person in people
    )
    _change_people([line for line in lines if line.changes])
    _change_affiliations([line for line in lines if line.changes and "company" not in line.changes])
    wanted = [line for line in lines if "company" in (line.changes or line.values)]
    Affiliation.objects.bulk_create(_new_affiliations(wanted))


def _change_people(lines):
    names = set()
    for line in lines:
        for name in line.changes.keys() & set(COLUMNS):
            setattr(line.target, name, line.values[name])
            names.add(name)
    if names:
        User.objects.bulk_update([line.target for line in lines], sorted(names), batch_size=200)


def _new_person(line):
    """Without a password: they sign in by a code in a mail."""
    columns = {name: line.values[name] for name in COLUMNS if name in line.values}
    return User(email=line.values["email"], password=make_password(None), **columns)


def _new_affiliations(lines):
    today = timezone.localdate()
    for line in lines:
        columns = {name: line.values[name] for name in AFFILIATION_COLUMNS if name in line.values}
        yield Affiliation(user=line.target, company=line.values["company"], started_on=today, **columns)


def _change_affiliations(lines):
    changed = []
    for line in lines:
        if names := line.changes.keys() & set(AFFILIATION_COLUMNS):
            affiliation = _affiliation(line)
            for name in names:
                setattr(affiliation, name, line.values[name])
            changed.append(affiliation)
    if changed:
        Affiliation.objects.bulk_update(changed, AFFILIATION_COLUMNS, batch_size=200)
