"""A profile as flat values that JSON can carry: one shape for drafts, merging and comparing.

Each value has a name: a column of the company ("tagline_sv"), a list ("sectors" as slugs, "skills" as Swedish names),
a field's visibility ("visibility:phone"), or a column of one work ("work:12:title_sv"; keys of new works begin with
"n", and "work:12:removed" removes one).
"""

import copy
import hashlib
import json
import secrets

from creativenorth.text.swedish import fold
from members.models.sectors_and_skills import Sector, Skill
from members.models.visibility import FIELDS, Visibility
from members.models.work import Work

TEXTS = (
    "tagline_sv", "tagline_en", "description_sv", "description_en", "municipality", "town", "website", "email",
    "cover_alt_sv", "cover_alt_en", "cover_crop",
)  # fmt: skip
FILES = ("logo", "cover")
# The values of a company that shows example texts: as if it had written nothing.
EXAMPLES = {name: "" for name in TEXTS if not name.startswith("cover_")} | {
    "phone": "",
    "looking_for": [],
    "sectors": [],
    "skills": [],
}
WORK_FIELDS = (
    "title_sv", "title_en", "text_sv", "text_en", "picture", "alt_sv", "alt_en", "website", "year", "order",
)  # fmt: skip


def live_values(company):
    """The values of the company's rows. Example texts count as empty."""
    values = {name: _plain(getattr(company, name)) for name in TEXTS}
    values |= {name: getattr(company, name).name or "" for name in FILES}
    values["phone"] = company.phone.as_e164 if company.phone else ""
    values["looking_for"] = sorted(company.looking_for)
    values["sectors"] = sorted(sector.slug for sector in company.sectors.all())
    values["skills"] = sorted(skill.name_sv for skill in company.skills.all())
    if company.is_placeholder:
        values |= EXAMPLES
    values |= {f"visibility:{field}": company.visibility.get(field, Visibility.PUBLIC.value) for field in FIELDS}
    for work in company.works.all():
        values |= {f"work:{work.pk}:{name}": _plain(getattr(work, name)) for name in WORK_FIELDS}
    return values


def _plain(value):
    """As forms write it: lines end in LF."""
    if hasattr(value, "storage"):
        return value.name or ""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def with_draft(live, drafted):
    """The values with the draft's changes, without those of works that staff have deleted since."""
    gone = {
        name for name in drafted if (key := work_key(name)) and key.isdigit() and f"work:{key}:title_sv" not in live
    }
    return live | {name: value for name, value in drafted.items() if name not in gone}


def work_key(name):
    return name.split(":")[1] if name.startswith("work:") else ""


def is_file(name):
    return name in FILES or (name.startswith("work:") and name.endswith(":picture"))


def files_in(values):
    """The pictures that the values name, also those of works to be removed."""
    return {value for name, value in values.items() if is_file(name) and value}


def is_empty(value):
    return value in ("", None, [], False)


def digest(value):
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def new_work_key():
    return f"n{secrets.token_hex(4)}"


def work_names(key):
    return {column: f"work:{key}:{column}" for column in WORK_FIELDS}


def works_in(values):
    """{key: {column: value}} of the works in their order, without removed ones."""
    works = {}
    for name, value in values.items():
        if name.startswith("work:"):
            _, key, column = name.split(":")
            works.setdefault(key, {})[column] = value
    kept = [(key, work) for key, work in works.items() if not work.get("removed")]
    return dict(sorted(kept, key=lambda pair: (pair[1].get("order") or 0, pair[0].startswith("n"), pair[0])))


def company_with_values(company, values):
    """An unsaved copy of the company with the values."""
    changed = copy.copy(company)
    changed._state = copy.copy(company._state)
    for name in (*TEXTS, *FILES, "phone", "looking_for"):
        setattr(changed, name, values[name])
    changed.visibility, changed.is_placeholder = visibility_in(values), False
    return changed


def visibility_in(values):
    words = {field: values[f"visibility:{field}"] for field in FIELDS}
    return {field: word for field, word in words.items() if word != Visibility.PUBLIC}


def lists_from(values):
    """Sectors, skills and works of the values; new skills and works are unsaved."""
    known = {fold(skill.name_sv): skill for skill in Skill.objects.all()}
    return {
        "sectors": list(Sector.objects.filter(slug__in=values["sectors"])),
        "skills": [known.get(fold(name), Skill(name_sv=name, name_en=name)) for name in values["skills"]],
        "works": [_work(columns) for columns in works_in(values).values()],
    }


def _work(columns):
    return Work(**{name: columns[name] for name in WORK_FIELDS if columns.get(name) is not None})
