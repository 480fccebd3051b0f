"""Search that forgives: synonyms, company forms, parts of compounds, one letter wrong. On plain Postgres, without an extension.

    @searched("folded")                          # on the model: the words of its texts become known
    class Activity: ...

    rows = every_word(Activity.objects.all(), ask("workshopp"), lambda word: [word.in_column("folded")])
    answer = forgiving("workshopp", Activity.objects.visible_to(user).search)

A correction is taken, or proposed, only where the reader's own search finds something by it: it tells nobody a word that
they may not read.
"""

from creativenorth.search.asking import Question, ask
from creativenorth.search.forgiving import Answer, forgiving
from creativenorth.search.rows import every_word

__all__ = ["Answer", "Question", "ask", "every_word", "forgiving"]
