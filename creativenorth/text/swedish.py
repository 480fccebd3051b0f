"""Swedish alphabetical order and Swedish search, in Python and in SQL alike, on any Postgres.

The embedded server has no ICU collation, so names have a sort key: å, ä, ö become the three ASCII characters after z
({ | }), v and w stay apart, ü sorts as y (CLDR, sv), and every other letter as the one it is made from: é as e, č as c, đ as d.
Searching folds å, ä, ö to a and o as well, so that "foretag" finds "företag".
"""

import re
import unicodedata

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Value
from django.db.models.functions import Collate, Left, Lower, Replace, Trim
from django.utils import translation

# What sorts elsewhere than under the letter it is made from.
_SWEDISH = ("ÅÄÖåäöÆæØøÜü", "{|}{|}||}}Yy")
# Unicode takes letters apart into a base and marks; these are the marks of the Latin, Greek and Cyrillic alphabets.
_MARKS = r"[\u0300-\u036f]"
# Latin letters of Europe that Unicode does not take apart: the Sámi đ ŋ ŧ ǥ ʒ, the Nordic æ ø ð þ, and ħ ı ĸ ł œ ß ə.
_WHOLE = ("ÆæÐðĐđĦħıĸŁłŊŋØøŦŧƏəǤǥƷʒŒÞẞ", "AaDdDdHhikLlNnOoTtAaGgZzœþß")
_OF_TWO = {"œ": "oe", "þ": "th", "ß": "ss"}
_WORD = re.compile(r"[0-9a-z]+")
LONGEST_KEY = 255


class Translate(Func):
    function = "translate"
    output_field = models.TextField()


class Composed(Func):
    template = "normalize(%(expressions)s, NFC)"
    output_field = models.TextField()


class Decomposed(Func):
    template = "normalize(%(expressions)s, NFD)"
    output_field = models.TextField()


class Compatible(Func):
    """Decomposed, with ligatures, fullwidth letters and the like as plain letters."""

    template = "normalize(%(expressions)s, NFKD)"
    output_field = models.TextField()


class RegexpReplace(Func):
    function = "regexp_replace"
    output_field = models.TextField()


def sort_key(name):
    """The key by which Python sorts a name as in Swedish."""
    own = unicodedata.normalize("NFC", name).translate(str.maketrans(*_SWEDISH))
    return _bare(unicodedata.normalize("NFD", own))[:LONGEST_KEY].lower()


def fold(text):
    return _bare(unicodedata.normalize("NFKD", text)).lower()


def _bare(decomposed):
    text = re.sub(_MARKS, "", decomposed).translate(str.maketrans(*_WHOLE))
    for letter, two in _OF_TWO.items():
        text = text.replace(letter, two)
    return text


def _bare_sql(decomposed):
    text = RegexpReplace(decomposed, Value(_MARKS), Value(""), Value("g"))
    text = Translate(text, *map(Value, _WHOLE))
    for letter, two in _OF_TWO.items():
        text = Replace(text, Value(letter), Value(two), output_field=models.TextField())
    return text


def _sort_key_sql(source):
    own = Translate(Composed(F(source)), *map(Value, _SWEDISH))
    return Lower(Left(_bare_sql(Decomposed(own)), LONGEST_KEY))


def _fold_sql(expression):
    return Lower(_bare_sql(Compatible(expression)))


def swedish_order(source):
    """For `order_by` where the table has no sort key: short lists, such as a company's people."""
    return Collate(_sort_key_sql(source), "C")


def sort_key_field(source="name"):
    """A column that the database derives from `source`; order by it for the Swedish alphabet."""
    return models.GeneratedField(
        expression=_sort_key_sql(source),
        output_field=models.CharField(max_length=LONGEST_KEY, db_collation="C"),
        db_persist=True,
        editable=False,
    )


def folded_field(*sources):
    """A column with the folded text of `sources`, columns or expressions (each NOT NULL), which `matching` searches."""
    first, *others = [F(source) if isinstance(source, str) else source for source in sources]
    joined = first
    for other in others:
        joined = Func(
            joined,
            Value(" "),
            other,
            template="(%(expressions)s)",
            arg_joiner=" || ",
            output_field=models.TextField(),
        )
    return models.GeneratedField(
        expression=_fold_sql(joined), output_field=models.TextField(), db_persist=True, editable=False
    )


def folded(column):
    """Expression: the folded text of a column, for tables without a folded column."""
    return _fold_sql(F(column))


def name_key(name):
    """Alike for the spellings of one person's name: letters folded, spaces as one."""
    return " ".join(fold(name).split())


def name_key_sql(expression):
    return Trim(RegexpReplace(_fold_sql(expression), Value(r"\s+"), Value(" "), Value("g")))


def name_key_field(source):
    """A column by which people of the same name are found: `name_key` of `source`, as the database has it."""
    return models.GeneratedField(
        expression=name_key_sql(F(source)), output_field=models.TextField(), db_persist=True, editable=False
    )


def values_named(choices, word):
    """The choices' values whose label, in any of our languages, contains the folded `word`."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {value for value, label in choices.choices if word in fold(str(label))}
    return sorted(found)


def labels_of(*choices):
    """The labels of all choices, in every one of our languages."""
    found = []
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found += [str(label) for each in choices for _value, label in each.choices]
    return found


def words(text):
    """The folded words of what somebody typed, at most eight."""
    return _WORD.findall(fold(text))[:8]
