"""The rows that answer a question."""

from django.contrib.postgres.indexes import GinIndex
from django.db.models import BooleanField, F, Func, Q, Value

from creativenorth.search.database import WORDS_OF


def words_index(column, name):
    """The index of a folded column that `Word.in_column` asks."""
    return GinIndex(Func(F(column), function=WORDS_OF), name=name)


def every_word(rows, question, conditions):
    """Those rows that answer every word; `conditions(word)` lists conditions of which one must hold, None for one that cannot.

    Each condition is asked on its own, by its index. Nothing asked for is everything; what holds no word is nothing.
    """
    if question.is_empty:
        return rows
    if not question:
        return rows.none()
    for word in question.words:
        rows = rows.filter(pk__in=_any_of(rows.model, [each for each in conditions(word) if each is not None]))
    return rows


def _any_of(model, conditions):
    found = [model._base_manager.filter(condition).order_by().values("pk") for condition in conditions]
    return found[0].union(*found[1:]) if found else []


def of_values(name, values):
    """Condition that the column has one of the values; None without values."""
    return Q(**{f"{name}__in": values}) if values else None


class LikeAny(Func):
    """Whether the column is like one of the patterns."""

    template = "(%(expressions)s))"
    arg_joiner = " LIKE ANY ("
    output_field = BooleanField()
    conditional = True


def almost_called(word, column):
    """Condition that a short folded column, such as a name, holds the word with one letter wrong. It asks no index."""
    return Q(LikeAny(F(column), Value(_patterns(word)))) if len(word) >= 4 else Q(**{f"{column}__contains": word})


def _patterns(word):
    """For LIKE: a letter left out, changed, or added, or two of them swapped."""
    found = {f"{word[:at]}_{word[at:]}" for at in range(1, len(word))}
    for at in range(len(word)):
        found |= {f"{word[:at]}_{word[at + 1 :]}", word[:at] + word[at + 1 :]}
        found.add(word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :])
    return [f"%{each}%" for each in sorted(found)]
