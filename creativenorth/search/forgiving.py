"""A question that finds nothing is asked again, with what was probably meant."""

from dataclasses import dataclass
from itertools import islice, pairwise, product

from django.db import connection
from django.db.models import QuerySet

from creativenorth.search.asking import Question, ask
from creativenorth.search.models import WordGroup, words_of, words_of_labels

SHORTEST = 4  # letters of a word that may be misspelt
SHORTEST_PART = 3  # of a compound
MOST_TRIED = 6
MOST_WORDS_FREELY = 3
_NEAR = "SELECT DISTINCT word FROM creativenorth_searchword WHERE near && %s::varchar[]"
_PARTS = "SELECT DISTINCT word FROM creativenorth_searchword WHERE word = ANY (%s::text[])"


@dataclass(frozen=True)
class Answer:
    """`rows` are what was found: by `corrected`, where that is not "", instead of what was typed.

    `suggestion` is another question that would find something, to be proposed.
    """

    question: Question
    rows: QuerySet
    corrected: str = ""
    suggestion: str = ""


def forgiving(text, *searches):
    """The answer of the first search, each a `function(question) -> queryset`.

    A question is asked as it was typed; where none of the searches finds anything, with one letter of a word put right or
    a compound taken apart. Only what one of them finds is taken or proposed.
    """
    asked = ask(text)
    if not asked or any(search(asked).exists() for search in searches):
        return Answer(asked, searches[0](asked))
    for meant, letters in _meant(asked):
        if any(search(meant).exists() for search in searches):
            if letters <= 1:
                return Answer(meant, searches[0](meant), corrected=meant.text)
            return Answer(asked, searches[0](asked), suggestion=meant.text)
    return Answer(asked, searches[0](asked))


def _meant(asked):
    """(question, letters that are different) of what may be meant, the likeliest first."""
    others = _other_words()
    yield from ((ask(text), 1) for text in _joined([str(word) for word in asked.words], others))
    choices = [_likely(word, others) for word in asked.words]
    if len(choices) > MOST_WORDS_FREELY:  # the ways multiply with each word
        choices = [each[:2] for each in choices]
    ways = sorted(product(*choices), key=lambda way: max(letters for _words, letters in way))
    for way in islice(ways, 1 + MOST_TRIED):
        letters = max(letters for _words, letters in way)
        if letters:
            words = [word for group, _letters in way for word in group]
            yield ask(" ".join(words)), letters


def _joined(texts, others):
    """The question with two words that follow each other as one, "webb byra" as "webbyra", where we know that one."""
    pairs = [(at, first, second) for at, (first, second) in enumerate(pairwise(texts))]
    written = {(at, first + second) for at, first, second in pairs}
    written |= {(at, first + second[1:]) for at, first, second in pairs if first[-1] == second[0]}
    known = others | set(_words(_PARTS, [joined for _at, joined in written])) if written else others
    for at, joined in sorted(written):
        if joined in known:
            yield " ".join([*texts[:at], joined, *texts[at + 2 :]])


def _other_words():
    """Names of choices, and words that mean the same as others."""
    groups = WordGroup.objects.values_list("folded", flat=True)
    return words_of_labels() | {word for folded in groups for word in words_of(folded)}


def _likely(word, others):
    """[(words to ask for instead, letters that are different)]: itself where we know it, parts of the compound, words like it."""
    text = str(word)
    own = [((text,), 0)] if word.known or text in others else []
    likely = [(parts, 1) for parts in _parts(text, others)]
    likely += [((each,), letters) for each, letters in _near(text, others)]
    return [*own, *likely[:MOST_TRIED]] or [((text,), 0)]


def _parts(word, others):
    """The word as two words of our texts; both may share a letter ("webbyra"), or an s may stand between them."""
    halves = set()
    for cut in range(SHORTEST_PART, len(word) - SHORTEST_PART + 1):
        first, second = word[:cut], word[cut:]
        halves |= {(first, second), (first, first[-1] + second)}
        if first.endswith("s") and cut > SHORTEST_PART:
            halves.add((first[:-1], second))
    known = others | set(_words(_PARTS, list({part for pair in halves for part in pair})))
    return sorted(pair for pair in halves if known.issuperset(pair))


def _near(word, others):
    """[(word, letters that are different)], two letters only of long words."""
    if len(word) < SHORTEST:
        return []
    most = 2 if len(word) >= 2 * SHORTEST else 1
    keys = [word, *{word[:at] + word[at + 1 :] for at in range(len(word))}]
    found = {*_words(_NEAR, keys), *(each for each in others if abs(len(each) - len(word)) <= most)} - {word}
    pairs = [(each, letters) for each in found if (letters := distance(word, each)) <= most]
    return sorted(
        pairs, key=lambda pair: (pair[1], not word.startswith(pair[0]), abs(len(pair[0]) - len(word)), pair[0])
    )


def _words(sql, texts):
    with connection.cursor() as cursor:
        cursor.execute(sql, [texts])
        return [word for (word,) in cursor]


def distance(one, other):
    """How many letters must be added, left out, changed or swapped with the next to make one word of the other."""
    before, row = None, list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        now = [i]
        for j, its in enumerate(other, 1):
            best = min(row[j] + 1, now[-1] + 1, row[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                best = min(best, before[j - 2] + 1)
            now.append(best)
        before, row = row, now
    return row[-1]
