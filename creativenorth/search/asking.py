"""What somebody asks for: each word with others that mean the same, and the words of our texts in which it stands."""

from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, Func, Q, Value

from creativenorth.search.database import WORDS_OF
from creativenorth.search.models import WordGroup, words_of
from creativenorth.text.company_forms import without_company_form
from creativenorth.text.swedish import words

MOST_WORDS = 100  # of our texts, for each word that is asked for; the shortest, which are most like it


class WordsOverlap(Func):
    """Whether one of the words stands in the folded text; by the index that `words_index` makes."""

    output_field = BooleanField()
    conditional = True

    def as_sql(self, compiler, connection, **context):
        column, known = self.source_expressions
        sql, params = compiler.compile(column)
        return f"({WORDS_OF}({sql}) && %s::text[])", [*params, known.value]


@dataclass(frozen=True)
class Word:
    """A word that is asked for: itself first in `texts`, then its synonyms; `known` are the words in which they stand."""

    texts: tuple
    known: tuple = ()

    def __str__(self):
        return self.texts[0]

    def in_column(self, column):
        """Condition on rows with an index `words_index(column)`; None where no text can have it."""
        return Q(WordsOverlap(column, Value(list(self.known)))) if self.known else None

    def named(self, function):
        """Everything that `function(text)` lists for the word or one of its synonyms."""
        return [value for text in self.texts for value in function(text)]


@dataclass(frozen=True)
class Question:
    """The words somebody asks for. `is_empty`: nothing was typed; without words something that cannot be searched for."""

    text: str
    words: tuple

    @property
    def is_empty(self):
        return not self.text.strip()

    def __bool__(self):
        return bool(self.words)


def ask(text):
    """The question that was typed; a question is left as it is. Two queries."""
    if isinstance(text, Question):
        return text
    asked = _asked(text)
    groups = [words_of(folded) for folded in WordGroup.objects.values_list("folded", flat=True)] if asked else []
    return question(text, [(word, *_synonyms(word, groups)) for word in asked])


def question(text, groups):
    """The question for these groups of words, each a word with its synonyms."""
    known = _known({word for group in groups for word in group})
    found = (_in_order({each for word in group for each in known[word]}, group) for group in groups)
    return Question(text, tuple(map(Word, map(tuple, groups), map(tuple, found))))


def _asked(text):
    """The folded words, without company forms, at most eight."""
    return without_company_form(" ".join(words(text)))


def _synonyms(word, groups):
    return dict.fromkeys(other for group in groups if word in group for other in group if other != word)


_KNOWN = """
    SELECT typed.text, known.word FROM unnest(%s::text[]) AS typed(text) JOIN creativenorth_searchword known
        ON known.word LIKE CASE WHEN length(typed.text) < 3 THEN typed.text || '%%' ELSE '%%' || typed.text || '%%' END
    UNION SELECT typed.text, known.word
        FROM (SELECT text, (ts_lexize('swedish_stem', text))[1] AS stem FROM unnest(%s::text[]) AS t(text) OFFSET 0) typed
        JOIN creativenorth_searchword known ON known.stem = typed.stem
"""


def _known(texts):
    """{text: words of ours that contain it or have its stem}; a short one must begin the word.

    What contains another of the texts is not looked for by itself: its words are among those of the other.
    """
    found = {text: set() for text in texts}
    inside = {
        text: next((each for each in texts if each != text and len(each) > 2 and each in text), "") for text in texts
    }
    if texts:
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN, [[text for text in texts if not inside[text]], list(texts)])
            for text, word in cursor:
                found[text].add(word)
    for text, other in sorted(inside.items(), key=lambda pair: len(pair[0])):
        found[text] |= {word for word in found.get(other, ()) if text in word}
    return found


def _in_order(known, texts):
    def likeness(word):
        return word not in texts, not word.startswith(tuple(texts)), len(word), word

    return sorted(known, key=likeness)[:MOST_WORDS]
