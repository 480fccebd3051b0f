"""What a draft changes, field by field: before, after, and which words differ."""

import difflib
import re
from collections import Counter
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from phonenumber_field.phonenumber import PhoneNumber

from creativenorth.drawing.municipalities import BY_CODE
from creativenorth.files.images import Crop
from creativenorth.text import richtext
from members.models import Company, LookingFor, Sector, Visibility, Work
from members.models.visibility import FIELDS
from members.profile.draft import FILES, WORK_FIELDS, live_values, with_draft, works_in

ORDER = (
    "tagline", "description", "sectors", "skills", "looking_for", "logo", "cover", "works", "location", "town", "municipality",
    "website", "email", "phone",
)  # fmt: skip
MARKDOWN = ("description_sv", "description_en", "text_sv", "text_en")
_TOKENS = re.compile(r"\S+\s*|\s+")
# difflib's time grows with the pairs of equal words: a text that repeats one word has millions.
MOST_PAIRS = 20_000


@dataclass(frozen=True)
class Change:
    """One changed field. Texts are lists of (text, is_changed); pictures are addresses."""

    label: str
    before: list
    after: list
    is_picture: bool = False
    lang: str = ""


def changes(company, draft):
    """Everything that publishing would change, in the order of the profile."""
    live = live_values(company)
    values = with_draft(live, draft.values)
    of_company = [name for name in values if values[name] != live.get(name) and not name.startswith("work:")]
    rows = [_change(name, live.get(name), values[name]) for name in sorted(of_company, key=_position)]
    return rows + _work_changes(live, values)


def _position(name):
    """Its position in the form; a visibility comes right after its field."""
    field = name.partition(":")[2] or name
    return next(number for number, start in enumerate(ORDER) if field.startswith(start)), name != field


def _change(name, before, after, title="", model=Company):
    if name in FILES or name == "picture":
        label = f"{title}{capfirst(_column(name, model))}"
        return Change(label, _address(before), _address(after), is_picture=True)
    old, new = value_text(name, before), value_text(name, after)
    if name in MARKDOWN and (read := richtext.plain(old)) != (written := richtext.plain(new)):
        old, new = read, written  # Markdown's marks only where nothing else has changed
    lang = name[-2:] if name.endswith(("_sv", "_en")) else ""
    return Change(f"{title}{capfirst(_label(name, model))}", *diff_parts(old, new), lang=lang)


def _work_changes(live, values):
    before, after = works_in(live), works_in(values)
    rows = []
    for key in {**before, **after}:
        old, new = before.get(key, {}), after.get(key, {})
        title = new.get("title_sv") or old.get("title_sv") or ""
        head = _("Work “%(title)s”: ") % {"title": title}
        if not new:
            rows.append(Change(_("Work “%(title)s”") % {"title": title}, [(title, True)], [(_("taken away"), True)]))
            continue
        rows += [
            _change(name, old.get(name), new.get(name), head, Work)
            for name in WORK_FIELDS
            if (old.get(name) or "") != (new.get(name) or "")
        ]
    return rows


def _label(name, model):
    if name.startswith("visibility:"):
        return _("who sees: %(field)s") % {"field": FIELDS[name.partition(":")[2]]}
    return _column(name, model)


def _column(name, model):
    return str(model._meta.get_field(name).verbose_name)


def value_text(name, value):
    """The value as people read it; Markdown as it was written."""
    if name.startswith("visibility:"):
        return str(Visibility(value).label)
    if name == "sectors":
        return ", ".join(sector.name for sector in Sector.objects.filter(slug__in=value or []))
    if name == "looking_for":
        return ", ".join(str(LookingFor(each).label) for each in value or [])
    if name == "municipality":
        return BY_CODE[value].name if value else ""
    if name == "phone":
        return PhoneNumber.from_string(value).as_national if value else ""
    if name == "cover_crop":
        return str(Crop(value).label) if value else ""
    return ", ".join(value) if isinstance(value, list) else str(value if value is not None else "")


def _address(name):
    return default_storage.url(name) if name else ""


def diff_parts(before, after):
    """Both texts in parts, each (text, does it differ)."""
    old, new = _TOKENS.findall(before), _TOKENS.findall(after)
    left, right = [], []
    for kind, start, end, other_start, other_end in _opcodes(old, new):
        if end > start:
            left.append(("".join(old[start:end]), kind != "equal"))
        if other_end > other_start:
            right.append(("".join(new[other_start:other_end]), kind != "equal"))
    return left, right


def _opcodes(old, new):
    """As of difflib, by words; where comparing would take too long, all between equal beginning and end is replaced."""
    theirs = Counter(new)
    if sum(count * theirs[word] for word, count in Counter(old).items()) <= MOST_PAIRS:
        return difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    head, shorter = 0, min(len(old), len(new))
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    ends = (len(old) - tail, len(new) - tail)
    return [
        ("equal", 0, head, 0, head),
        ("replace", head, ends[0], head, ends[1]),
        ("equal", ends[0], len(old), ends[1], len(new)),
    ]
