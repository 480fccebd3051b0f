"""Importing companies: found by organisation number, then by name; written with number, membership and a new version of their profile."""

from copy import copy

from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from creativenorth.text.encryption import fingerprint
from creativenorth.text.orgnr import OrganisationNumber
from creativenorth.text.slugs import next_free, reserved_slugs
from creativenorth.text.swedish import fold, folded
from members.actions.importing.near_names import SAME_ROW, NearNames, companies_like
from members.actions.profile.copies import copies_of
from members.actions.profile.following import follow
from members.models import Company, CompanyNumber, Membership, ProfileVersion
from members.models.profile.content import plain
from members.profile.changes import value_text

TEXTS = (
    "municipality", "town", "website", "email", "phone", "tagline_sv", "tagline_en", "description_sv", "description_en",
)  # fmt: skip
KEYS = [("number", lambda number: number.digits), ("name", fold)]
Link = ProfileVersion.sectors.through


def match(lines, *, lock):
    """Set each line's target, and which companies it likely means. Errors: a number that belongs to another company, a name that
    several have. Five queries.
    """
    numbers = {line.number: fingerprint(line.values["number"].digits) for line in lines if "number" in line.values}
    names = {fold(line.values["name"]) for line in lines if "name" in line.values}
    slugs = {slugify(name) for name in names}
    like = companies_like((line.values["name"], line.number) for line in lines if "name" in line.values)
    found = Company.objects.annotate(called=folded("name")).filter(
        Q(called__in=names)
        | Q(slug__in=slugs)
        | Q(number__fingerprint__in=numbers.values())
        | Q(pk__in={key for keys in like.values() for key in keys})
    )
    if lock:
        found = found.select_for_update(of=("self",), no_key=True)
    found = list(
        found.select_related("number", "public_version")
        .prefetch_related("public_version__sectors", "memberships")
        .order_by("pk")
    )
    by_number = {kept.fingerprint: company for company in found if (kept := _number(company))}
    by_name = {}
    for company in found:
        by_name.setdefault(company.called, []).append(company)
    by_slug = {company.slug: [company] for company in found}
    by_key = {company.pk: company for company in found}
    for line in lines:
        _match(line, by_number.get(numbers.get(line.number)), by_name, by_slug)
        if line.target is None and not line.errors:
            _choose(line, [by_key[key] for key in like[line.number] if key in by_key])
        _check(line)
    _refuse_repeated_companies(lines)
    _find_near_rows(lines)


def _number(company):
    return getattr(company, "number", None)


def _match(line, numbered, by_name, by_slug):
    line.target = numbered
    if numbered is None and "name" in line.values:
        name = fold(line.values["name"])
        named = by_name.get(name) or by_slug.get(slugify(name), [])
        if len(named) > 1:
            line.wrong("name", _("Several companies here have that name. Give the number, or merge them first."))
        line.target = named[0] if len(named) == 1 else None
        if line.target and _number(line.target) and "number" in line.values:
            line.wrong("number", _("%s has another number here.") % line.target)
    if line.target is None and "name" not in line.values:
        line.wrong("name", _("This must be filled in."))


def _choose(line, like):
    """A company with another number is another one. The one that staff choose keeps its name."""
    line.likely = [company for company in like if not ("number" in line.values and _number(company))]
    line.target = line.chosen()
    if line.target:
        del line.values["name"]


def _check(line):
    joined = line.values.get("joined_on")
    if joined and line.target and (membership := _membership(line.target)) and membership.joined_on != joined:
        said = _("It is a member since %s already.") % membership.joined_on.isoformat()
        line.wrong("joined_on", said, optional=True)


def _find_near_rows(lines):
    """Of two new rows with names like each other the second is decided by staff."""
    names, numbered = NearNames(), {line.number: "number" in line.values for line in lines}
    for line in lines:
        if line.target is None and not line.errors and "name" in line.values:
            above = names.like(line.values["name"])
            line.likely_row = next((each for each in above if not (numbered[each] and "number" in line.values)), None)
            names.add(line.values["name"], line.number)
            if line.likely_row and line.same_as == SAME_ROW:
                line.wrong("name", _("The same stands in row %d.") % line.likely_row)


def _membership(company):
    """The latest; from prefetched rows, without a query."""
    return max(company.memberships.all(), key=lambda one: one.joined_on, default=None)


def _refuse_repeated_companies(lines):
    """One row by number and one by name may mean the same company: the second is an error."""
    first = {}
    for line in lines:
        if line.target is not None and not line.errors:
            if line.target.pk in first:
                line.wrong("name", _("The same stands in row %d.") % first[line.target.pk])
            first.setdefault(line.target.pk, line.number)


def changes(line):
    """{name: (before, after)} of what the row changes; an empty cell changes nothing."""
    target, found = line.target, {}
    if line.values.get("name", target.name) != target.name:
        found["name"] = (target.name, line.values["name"])
    for name in TEXTS:
        if name in line.values and line.values[name] != getattr(target.profile, name):
            pair = (target.profile.value(name), plain(line.values[name]))
            found[name] = tuple(value_text(ProfileVersion, name, value) for value in pair)
    if "number" in line.values and _number(target) is None:
        found["number"] = ("", line.cells["number"])
    if "sectors" in line.values:
        before = {sector.pk: str(sector) for sector in target.profile.listed("sectors")}
        if sorted(before) != line.values["sectors"]:
            found["sectors"] = (", ".join(before.values()), line.cells["sectors"])
    if "joined_on" in line.values and _membership(target) is None:
        found["joined_on"] = ("", line.values["joined_on"].isoformat())
    return found


def apply(lines, *, by):
    """Write the lines, none of which has errors."""
    new = [line for line in lines if line.target is None]
    companies = Company.objects.bulk_create(_new_companies(new))
    for line, company in zip(new, companies, strict=True):
        line.target = company
    for line in lines:
        if "name" in line.changes:
            line.target.name = line.values["name"]
    _add_numbers([line for line in lines if _is_wanted(line, "number")], by)
    _add_memberships([line for line in lines if _is_wanted(line, "joined_on")])
    _add_versions([line for line in lines if any(_is_wanted(line, name) for name in (*TEXTS, "sectors"))], by)
    Company.objects.bulk_update([line.target for line in lines], ["name", "public_version"], batch_size=200)


def _is_wanted(line, name):
    return name in line.changes if line.changes else name in line.values


def _new_companies(lines):
    taken = {*Company.objects.values_list("slug", flat=True), *reserved_slugs(Company)}
    for line in lines:
        name = line.values["name"]
        slug = next_free(slugify(fold(name))[:110] or "bolag", taken.__contains__)
        taken.add(slug)
        yield Company(name=name, slug=slug)


def _add_numbers(lines, by):
    now, found = timezone.now(), []
    for line in lines:
        kept = CompanyNumber(company=line.target, changed_at=now, changed_by=by)
        kept.assign(OrganisationNumber(line.values["number"].digits))
        found.append(kept)
    CompanyNumber.objects.bulk_create(found)


def _add_memberships(lines):
    Membership.objects.bulk_create(
        Membership(company=line.target, joined_on=line.values["joined_on"]) for line in lines
    )


def _add_versions(lines, by):
    """A new public version of each company's profile; what their drafts have not changed follows."""
    before = {line.number: line.target.profile for line in lines}
    texts = [_with_texts(before[line.number], line) for line in lines]
    versions = copies_of(texts, published_at=timezone.now(), published_by=by)
    pairs = list(zip(lines, versions, strict=True))
    _link([(line, version) for line, version in pairs if _is_wanted(line, "sectors")])
    drafting = _drafting([line.target.pk for line in lines])
    for line, version in pairs:
        line.target.public_version = version
        if line.target.pk in drafting:
            follow(line.target, before[line.number], version)


def _with_texts(version, line):
    said = copy(version)
    for name in TEXTS:
        if _is_wanted(line, name):
            setattr(said, name, line.values[name])
    return said


def _link(pairs):
    """Replace the sectors of each version by those in its row."""
    Link.objects.filter(profileversion__in=[version.pk for _line, version in pairs]).delete()
    Link.objects.bulk_create(
        Link(profileversion_id=version.pk, sector_id=key) for line, version in pairs for key in line.values["sectors"]
    )


def _drafting(keys):
    return set(ProfileVersion.objects.drafts().filter(company__in=keys).values_list("company_id", flat=True))


def follow_back(taken_back):
    """Drafts follow once more where companies say again what they said before: {key of the company: key of its version since}."""
    for company in Company.objects.filter(pk__in=_drafting(taken_back)).with_profile():
        follow(company, ProfileVersion.objects.get(pk=taken_back[company.pk]), company.profile)
