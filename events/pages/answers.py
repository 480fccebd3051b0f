"""What the participants of an activity have answered to its own questions: summed up, and for each of them."""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import gettext as _

from creativenorth.text.swedish import sort_key
from events.models import Question, Registration


@dataclass(frozen=True)
class Count:
    """How many gave an answer, of those with a seat and of the others on the list. `answer` is empty for none."""

    answer: str
    seats: int
    others: int


@dataclass(frozen=True)
class AnsweredQuestion:
    """A question with its answers counted, or, where everybody writes their own words, only how many answered."""

    text: str
    counts: list
    is_free: bool


def answers_page(activity):
    """The questions, and the people on the list by name with their answers in the order of the questions."""
    questions = list(activity.questions.all())
    rows = Registration.objects.active().filter(activity=activity)
    rows = sorted(
        rows.select_related("user", "company").prefetch_related("answers"), key=lambda row: sort_key(row.name)
    )
    given = {row.pk: {answer.question_id: str(answer) for answer in row.answers.all()} for row in rows}
    return {
        "questions": [_answered(question, rows, given) for question in questions],
        "rows": [(row, [given[row.pk].get(question.pk, "") for question in questions]) for row in rows],
        "totals": [sum(row.is_confirmed for row in rows), sum(not row.is_confirmed for row in rows)],
    }


def _answered(question, rows, given):
    is_free = question.kind == Question.AnswerKind.TEXT
    found = {True: Counter(), False: Counter()}
    for row in rows:
        answer = given[row.pk].get(question.pk, "")
        found[row.is_confirmed][_("answered") if is_free and answer else answer] += 1
    offered = [_("answered")] if is_free else [str(label) for _value, label in question.choices_of_answer]
    others = sorted({*found[True], *found[False]} - {*offered, ""})
    counts = [Count(answer, found[True][answer], found[False][answer]) for answer in [*offered, *others, ""]]
    return AnsweredQuestion(str(question), counts, is_free)
