"""The function by which the database takes a folded text apart into words, and what stands between them."""

from django.db import connections

NO_WORD = "[^0-9a-z]+"
WORDS_OF = "creativenorth_words"
# Dear, so that the database asks an index instead of taking every text apart; in plpgsql, which is not put in place of its name.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {WORDS_OF}(folded text) RETURNS text[] LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 2000
    AS $$ BEGIN RETURN regexp_split_to_array(folded, '{NO_WORD}'); END $$
"""


def make_function(sender, using, **kwargs):
    """Receiver of `pre_migrate`: indexes of several apps stand on the function."""
    with connections[using].cursor() as cursor:
        cursor.execute(_FUNCTION)
