"""What a draft changes, in words; comparing stays quick whatever the texts are."""

import time
from uuid import uuid4

import pytest

from members.actions.profile.drafts import change_profile
from members.actions.profile.works import move_work, save_work
from members.models.sectors_and_skills import Skill, skill_named
from members.profile.changes import changes, diff_parts
from tests.factories import make_skill, make_work, say

REPEATED = "a b " * 1500
WORST = [
    (REPEATED, "b a " * 1500),
    (REPEATED, REPEATED[:-4]),
    (" ".join(f"{n} x" for n in range(1500)), " ".join(f"x {n}" for n in range(1500))),
    (" ".join(f"ord{n % 40}" for n in range(900)), " ".join(f"ord{n % 37}" for n in range(900))),
]


@pytest.mark.parametrize(("before", "after"), WORST)
def test_long_texts_are_compared_quickly(before, after):
    began = time.perf_counter()

    old, new = diff_parts(before, after)

    assert time.perf_counter() - began < 2
    assert ("".join(text for text, _ in old), "".join(text for text, _ in new)) == (before, after)


def test_where_too_much_repeats_itself_the_equal_ends_stay_unmarked():
    old, new = diff_parts(f"Först {REPEATED}sist", f"Först {'c ' * 3000}sist")

    assert ([is_changed for _, is_changed in old], new[0], new[-1]) == (
        [False, True, False],
        ("Först ", False),
        ("sist", False),
    )


def test_change_of_a_work_bears_the_names_of_a_work(owner, company):
    work = make_work(company, "Ljudbok")
    save_work(by=owner, company=company, key=work.key, changes={"website": "https://b.example"}, read_digests={})

    (change,) = changes(company.profile, company.draft)

    assert change.label == "Arbetet ”Ljudbok”: Länk"


def test_works_in_another_order_are_told_as_an_order(owner, company):
    _first, second = make_work(company, "Ljudbok", order=0), make_work(company, "Spel", order=1)
    move_work(by=owner, company=company, key=second.key, position=0)
    save_work(by=owner, company=company, key=uuid4(), changes={"title_sv": "Film"}, read_digests={})

    told = {
        change.label: "".join(text for text, _ in change.after) for change in changes(company.profile, company.draft)
    }

    assert told == {"Arbetet ”Film”: Rubrik på svenska": "Film", "Arbetenas ordning": "Spel, Ljudbok, Film"}


def test_skill_gets_an_address_of_its_own(db):
    make_skill("C++", "C++")
    Skill.objects.filter(name_sv="C++").update(slug="c")

    assert [skill_named("C#").slug, skill_named("c#").slug, skill_named("C").slug] == ["c-2", "c-2", "c-3"]


def test_phone_and_text_stand_as_people_read_them(owner, company):
    say(company, phone="+46703028222", description_sv="Vi gör **spel**.")
    draft = change_profile(
        by=owner,
        company=company,
        changes={"phone": "+46911123456", "description_sv": "Vi gör **spel**.\n\n- [ljud](https://l.example)\n- film"},
    )

    rows = {
        change.label: ("".join(t for t, _ in change.before), "".join(t for t, _ in change.after))
        for change in changes(company.profile, draft)
    }

    assert rows == {
        "Beskrivning på svenska": ("Vi gör spel.", "Vi gör spel.\n\n– ljud (https://l.example)\n– film"),
        "Telefon": ("070-302 82 22", "0911-12 34 56"),
    }


def test_marks_alone_are_a_change_too(owner, company):
    say(company, description_sv="Vi gör spel.")
    draft = change_profile(by=owner, company=company, changes={"description_sv": "Vi gör **spel**."})

    (change,) = changes(company.profile, draft)

    assert change.after == [("Vi gör ", False), ("**spel**.", True)]
