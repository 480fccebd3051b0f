"""Swedish alphabetical order and Swedish search, in Python and in SQL alike, on any Postgres.

The embedded server has no ICU collation, so names have a sort key: å, ä, ö become the three ASCII characters after z
({ | }), v and w stay apart, ü sorts as y, é as e (CLDR, sv). Searching folds å, ä, ö to a and o, so that "foretag"
finds "företag".
"""

import re
import unicodedata

from django.conf import settings
from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Collate, Lower
from django.utils import translation

_FROM = "ÅÄÖåäöÆæØøÜüÉÈÊËéèêëÁÀÂÃáàâãÓÒÔÕóòôõÍÌÎÏíìîïÚÙÛúùûÝýÑñÇç"
_SORTED = "{|}{|}||}}YyEEEEeeeeAAAAaaaaOOOOooooIIIIiiiiUUUuuuYyNnCc"
_FOLDED = "AAOaaoAaOoUuEEEEeeeeAAAAaaaaOOOOooooIIIIiiiiUUUuuuYyNnCc"
_WORD = re.compile(r"[0-9a-z]+")


class Translate(Func):
    function = "translate"
    output_field = models.TextField()


def sort_key(name):
    """The key by which Python sorts a name as in Swedish."""
    return unicodedata.normalize("NFC", name).translate(str.maketrans(_FROM, _SORTED)).lower()


def fold(text):
    return unicodedata.normalize("NFC", text).translate(str.maketrans(_FROM, _FOLDED)).lower()


def swedish_order(source):
    """For `order_by` where the table has no sort key: short lists, such as a company's people."""
    return Collate(Lower(Translate(F(source), Value(_FROM), Value(_SORTED))), "C")


def sort_key_field(source="name"):
    """A column that the database derives from `source`; order by it for the Swedish alphabet."""
    return models.GeneratedField(
        expression=Lower(Translate(F(source), Value(_FROM), Value(_SORTED))),
        output_field=models.CharField(max_length=255, db_collation="C"),
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
        expression=Lower(Translate(joined, Value(_FROM), Value(_FOLDED))),
        output_field=models.TextField(),
        db_persist=True,
        editable=False,
    )


def folded(column):
    """Expression: the folded text of a column, for tables without a folded column."""
    return Lower(Translate(F(column), Value(_FROM), Value(_FOLDED)))


def values_named(choices, word):
    """The choices' values whose label, in any of our languages, contains the folded `word`."""
    found = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {value for value, label in choices.choices if word in fold(str(label))}
    return sorted(found)


def words(text):
    """The folded words of what somebody typed, at most eight."""
    return _WORD.findall(fold(text))[:8]


def matching(word, column="folded"):
    """Condition: the row's folded text contains the folded `word`, or another form of its Swedish stem."""
    stem = SearchVector(column, config="swedish")
    return Q(**{f"{column}__contains": word}) | Q(StemMatch(stem, SearchQuery(word, config="swedish")))


class StemMatch(Func):
    template = "(%(expressions)s)"
    arg_joiner = " @@ "
    output_field = models.BooleanField()
    conditional = True
