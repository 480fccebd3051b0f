"""The words that the portal's texts are made of, and groups of words that mean the same."""

import re

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from creativenorth.history import recorded
from creativenorth.publishing import public_data
from creativenorth.search.database import NO_WORD, WORDS_OF
from creativenorth.text.constraints import is_not_empty
from creativenorth.text.swedish import fold, folded_field

LONGEST_WORD = 40
_NEW_WORDS = """
    INSERT INTO creativenorth_searchword (word, stem, near)
        SELECT w, coalesce((ts_lexize('swedish_stem', w))[1], ''),
            ARRAY(SELECT DISTINCT left(w, i - 1) || substr(w, i + 1) FROM generate_series(1, length(w)) i) || w
        FROM (SELECT DISTINCT unnest({words_of}({text})) AS w) words
        WHERE length(w) BETWEEN 1 AND {longest}
            AND NOT EXISTS (SELECT FROM creativenorth_searchword known WHERE known.word = w);
"""
_searched, _label_sources = [], []


class SearchWord(models.Model):
    """A word of some text, folded, with its Swedish stem and what is left of it without one of its letters.

    Two transactions may both add a word: no constraint makes one wait for the other. Nobody reads the list; a word of it
    is shown only where a reader's own search finds something by it.
    """

    word = models.CharField(max_length=LONGEST_WORD, db_index=True)
    stem = models.CharField(max_length=LONGEST_WORD, db_index=True)
    near = ArrayField(models.CharField(max_length=LONGEST_WORD))

    class Meta:
        default_permissions = ()
        indexes = [GinIndex(fields=["near"], name="search_word_near")]

    def __str__(self):
        return self.word


def searched(*columns):
    """Class decorator: the words of these folded columns are known to the search from the moment they are saved."""
    new, changed = [], []
    for column in columns:
        new.append(_NEW_WORDS.format(text=f"NEW.{column}", words_of=WORDS_OF, longest=LONGEST_WORD))
        changed.append(f"NEW.{column} IS DISTINCT FROM OLD.{column}")
    func = f"IF TG_OP = 'INSERT' OR {' OR '.join(changed)} THEN {''.join(new)} END IF; RETURN NULL;"
    operation = pgtrigger.Insert | pgtrigger.Update
    trigger = pgtrigger.Trigger(name="words_are_known", when=pgtrigger.After, operation=operation, func=func)

    def decorate(model):
        _searched.extend((model, column) for column in columns)
        return pgtrigger.register(trigger)(model)

    return decorate


def label_source(function):
    """Register `function() -> texts` that are searched but stand in no table: names of choices, in every language."""
    _label_sources.append(function)
    return function


def words_of_labels():
    return {word for function in _label_sources for text in function() for word in words_of(fold(str(text)))}


def words_of(folded):
    return [word for word in re.split(NO_WORD, folded) if word]


def forget_unused_words():
    """Delete words that stand in no text any more, and those that two transactions have both added."""
    texts = " UNION ALL ".join(f"SELECT {column} AS text FROM {model._meta.db_table}" for model, column in _searched)
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            CREATE TEMPORARY TABLE used ON COMMIT DROP AS
                SELECT DISTINCT unnest({WORDS_OF}(text)) AS word FROM ({texts}) texts;
            DELETE FROM creativenorth_searchword known WHERE NOT EXISTS (SELECT FROM used WHERE used.word = known.word)
                OR EXISTS (SELECT FROM creativenorth_searchword older WHERE older.word = known.word AND older.id < known.id);
            """
        )


def _words_alone(text):
    """One word each, between commas."""
    for word in text.split(","):
        if len(re.findall("[0-9a-z]+", fold(word))) != 1:
            raise ValidationError(_("Write single words with commas between them: photo, photographer."))


@public_data()
@recorded("folded")
class WordGroup(models.Model):
    """Words that mean the same to who searches: whoever asks for one finds the others too."""

    words = models.CharField(
        _("words that mean the same"),
        max_length=400,
        validators=[_words_alone],
        help_text=_("Single words with commas between them. Who searches for one of them finds the others too."),
    )
    folded = folded_field("words")

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering = ["folded", "pk"]
        constraints = [is_not_empty("words", "word_group_has_words")]

    def __str__(self):
        return self.words
