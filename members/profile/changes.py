"""What two versions of a profile say otherwise, field by field: before, after, and which words differ."""

import difflib
import re
from collections import Counter
from dataclasses import dataclass

from django.core.files.storage import default_storage
from django.db.models import FileField, TextField
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from phonenumber_field.modelfields import PhoneNumberField
from phonenumber_field.phonenumber import PhoneNumber

from creativenorth.text import richtext
from members.models import Sector, Work

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


def changes(before, after):
    """Everything that the version `after` says otherwise than `before`, in the order of the profile, then by works."""
    rows = [_change(name, before, after) for name in after.differing(before)]
    return rows + _work_changes(before, after)


def differing_fields(before, after):
    """The names of the fields that the two say otherwise, and "works"."""
    return {*after.differing(before), *(["works"] if _work_changes(before, after) else [])}


def _change(name, before, after, title=""):
    model, old, new = type(after), before.value(name), after.value(name)
    column = model._meta.get_field(name)
    label = f"{title}{capfirst(str(column.verbose_name))}"
    if isinstance(column, FileField):
        return Change(label, _address(old), _address(new), is_picture=True)
    old, new = value_text(model, name, old), value_text(model, name, new)
    if is_markdown(column) and (read := richtext.plain(old)) != (written := richtext.plain(new)):
        old, new = read, written  # Markdown's marks only where nothing else has changed
    return Change(label, *diff_parts(old, new), lang=language_of(name))


def _work_changes(before, after):
    old, new = ({work.key: work for work in version.shown_works} for version in (before, after))
    rows = []
    for key in {**old, **new}:
        then, now = old.get(key, Work()), new.get(key)
        title = (now and now.title_sv) or then.title_sv
        if now is None:
            label = _("Work “%(title)s”") % {"title": title}
            rows.append(Change(label, [(title, True)], [(_("taken away"), True)]))
            continue
        head = _("Work “%(title)s”: ") % {"title": title}
        rows += [_change(name, then, now, head) for name in now.differing(then) if name != "order"]
    return [*rows, *_order_changes(old, new)]


def _order_changes(old, new):
    """The works in their order, where those that both have stand in another one."""
    if [key for key in old if key in new] == [key for key in new if key in old]:
        return []
    titles = (", ".join(work.title_sv for work in works.values()) for works in (old, new))
    return [Change(_("The order of the works"), *diff_parts(*titles))]


def language_of(name):
    return name[-2:] if name.endswith(("_sv", "_en")) else ""


def is_markdown(column):
    return isinstance(column, TextField)


def value_text(model, name, value):
    """The value as people read it; Markdown as it was written."""
    column = model._meta.get_field(name)
    labels = dict(getattr(column, "base_field", column).flatchoices)
    if name == "sectors":
        return ", ".join(sector.name for sector in Sector.objects.filter(slug__in=value or []))
    if isinstance(column, PhoneNumberField):
        return PhoneNumber.from_string(value).as_national if value else ""
    if isinstance(value, list):
        return ", ".join(str(labels.get(each, each)) for each in value)
    return "" if value in (None, "") else str(labels.get(value, value))


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
