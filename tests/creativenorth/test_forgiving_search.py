"""Search that forgives: a letter wrong, parts of compounds, words that mean the same, company forms; and that tells no secrets."""

import time

import pytest
from django.core.exceptions import ValidationError

from creativenorth.search import ask, forgiving
from creativenorth.search.forgiving import distance
from creativenorth.search.models import SearchWord, WordGroup, forget_unused_words
from events.models import Activity
from tests.factories import make_activity, make_news

pytestmark = pytest.mark.django_db


def found(text, rows=None):
    """(titles found, what was searched for instead, what is proposed)."""
    search = (Activity.objects.public() if rows is None else rows).search
    answer = forgiving(text, search)
    return [str(row) for row in answer.rows], answer.corrected, answer.suggestion


@pytest.mark.parametrize(
    ("one", "other", "letters"),
    [
        ("film", "film", 0),
        ("film", "flim", 1),
        ("film", "fil", 1),
        ("film", "filmm", 1),
        ("film", "folm", 1),
        ("ab", "ba", 1),
        ("abcd", "badc", 2),
    ],
)
def test_letters_that_are_different(one, other, letters):
    assert distance(one, other) == distance(other, one) == letters


@pytest.mark.parametrize("typed", ["formsmejdan", "formsmedjjan", "formsmdjan", "formsmadjan", "Förmsmedjan"])
def test_one_letter_wrong_is_put_right_and_said(typed):
    make_activity("Formsmedjan bjuder in")

    rows, corrected, _suggestion = found(typed)

    assert (rows, corrected in ("formsmedjan", "")) == (["Formsmedjan bjuder in"], True)
    assert bool(corrected) == (typed != "Förmsmedjan")


def test_what_is_found_as_it_was_typed_is_left_alone():
    make_activity("Film")
    make_activity("Firm")

    assert found("film") == (["Film"], "", "")


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Webb och byrå", "webbyrå"),
        ("Webbyrå", "webb byrå"),
        ("Form i trä", "träform"),
        ("Metodbyrå", "byrå"),
        ("Reklam för skog", "skogsreklam"),
    ],
)
def test_a_compound_and_its_parts_find_each_other(title, typed):
    make_activity(title, place="", summary_sv="x", summary_en="", title_en="")

    assert found(typed)[0] == [title]


def test_words_that_mean_the_same_find_each_other():
    WordGroup.objects.create(words="hemsida, Webbplats")
    make_activity("Bygg en webbplats")

    assert (found("hemsida")[0], found("hemsidan")[0]) == (["Bygg en webbplats"], ["Bygg en webbplats"])


def test_two_words_are_one_where_that_is_what_we_say():
    WordGroup.objects.create(words="byrå, webbyrå")
    make_activity("Metodbyrå")

    assert found("webb byrå")[:2] == (["Metodbyrå"], "webbyra")


@pytest.mark.parametrize("typed", ["Smedjan AB", "smedjan ekonomisk förening", "HB Smedjan", "Smedjan ek. för."])
def test_company_forms_are_left_out(typed):
    assert [str(word) for word in ask(typed).words] == ["smedjan"]


def test_a_form_alone_is_a_word():
    assert [str(word) for word in ask("AB").words] == ["ab"]


@pytest.mark.parametrize("typed", ["Студия", "!?", "—"])
def test_what_holds_no_word_finds_nothing(typed):
    make_activity()

    assert found(typed) == ([], "", "")


def test_nothing_asked_for_is_everything():
    make_activity("Ett")

    assert found(" ") == (["Ett"], "", "")


def test_two_letters_wrong_are_proposed_alone():
    make_activity("Spelutveckling")

    assert found("spellutvekling") == ([], "", "spelutveckling")


def test_each_word_is_put_right_on_its_own():
    make_activity("Film i Arvidsjaur", municipality="2505")
    make_activity("Film", municipality="2581")

    assert found("fillm arvidsjaur")[:2] == (["Film i Arvidsjaur"], "film arvidsjaur")


def test_many_words_that_are_like_many_others_are_put_right_in_no_time():
    words = [f"sten{letter}" for letter in "abcdefgh"]
    make_news(title_sv=" ".join(words))
    began = time.process_time()

    answer = forgiving(" ".join(f"{word}x" for word in words), Activity.objects.public().search)

    assert (list(answer.rows), time.process_time() - began < 2) == ([], True)


def test_the_name_of_a_choice_is_put_right_though_it_stands_in_no_text():
    make_activity("Träff", kind="workshop", summary_sv="x", summary_en="", title_en="")

    assert found("workshopp")[:2] == (["Träff"], "workshop")


def test_a_word_that_the_reader_may_not_see_is_never_told():
    make_activity("Hemligheten", published=False)
    make_news("Hemligheten", published=False)

    assert found("hemlighetten") == ([], "", "")
    assert found("hemlighetten", Activity.objects.all())[:2] == (["Hemligheten"], "hemligheten")


def test_a_word_that_is_gone_is_not_told_and_is_forgotten_at_night():
    activity = make_activity("Försvinnande")
    Activity.objects.filter(pk=activity.pk).update(title_sv="Kvar", title_en="Stays")

    assert found("forsvinande") == ([], "", "")
    forget_unused_words()
    assert not SearchWord.objects.filter(word="forsvinnande").exists()
    assert SearchWord.objects.filter(word="kvar").exists()


def test_words_are_known_from_the_moment_they_are_saved():
    activity = make_activity("Först")
    Activity.objects.filter(pk=activity.pk).update(title_sv="Sedan")

    assert set(SearchWord.objects.filter(word__in=["forst", "sedan"]).values_list("word", flat=True)) == {
        "forst",
        "sedan",
    }


@pytest.mark.parametrize("words", ["foto, tv spel", "foto,, film", "", "foto, Студия"])
def test_a_group_has_single_words(words):
    with pytest.raises(ValidationError):
        WordGroup(words=words).full_clean()


def test_the_list_of_activities_says_what_was_searched_for(visitor_client):
    make_activity("Formsmedjan bjuder in")

    page = visitor_client.get("/aktiviteter/", {"q": "formsmejdan"}).content.decode()

    assert "Inget om ”formsmejdan”. Det här är träffar på ”formsmedjan”." in page


def test_the_sites_search_proposes_and_says_when_nothing_can_be_searched_for(visitor_client):
    make_activity("Spelutveckling")

    proposed = visitor_client.get("/sok/", {"q": "spellutvekling"}).content.decode()
    nothing = visitor_client.get("/sok/", {"q": "Студия"}).content.decode()

    assert 'Menade du <a href="?q=spelutveckling">spelutveckling</a>?' in " ".join(proposed.split())
    assert "Sök med bokstäverna a till ö, eller med siffror." in nothing
