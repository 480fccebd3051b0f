"""How far a profile has come, the next step, and the guide of three steps that goes when they are done."""

import pytest

from members.actions.profile import change_profile, current_values
from members.completeness import STEPS, completeness, first_steps
from members.models import Company, Work
from tests.factories import make_company, make_full_company, make_sector
from tests.members.test_profile import PAGE, publish, save


def progress(company):
    values, draft = current_values(company)
    found = completeness(company, values, draft)
    return found["percent"], found["next"] and found["next"].part


def test_empty_company_begins_with_its_line(db):
    assert progress(make_company(tagline_sv="", tagline_en="")) == (0, "summary")


def test_full_company_lacks_pictures_alone(db):
    assert progress(make_full_company()) == (80, "pictures")


def test_whole_company_has_no_next_step(db):
    company = make_full_company(logo="logos/a-1x1.webp")
    Work.objects.filter(company=company).update(picture="works/a-1x1.webp", alt_sv="Ett arbete")

    assert progress(company) == (100, None)


def test_example_texts_count_as_nothing(db):
    assert progress(make_full_company(is_placeholder=True)) == (0, "summary")


def test_draft_counts_before_it_is_published(owner, company):
    Company.objects.update(tagline_sv="", tagline_en="")
    change_profile(by=owner, company=company, changes={"tagline_sv": "Vi bygger ljud"})

    assert progress(Company.objects.get()) == (10, "story")


@pytest.mark.parametrize("part", sorted({step.part for step in STEPS}))
def test_each_step_has_its_section(owner_client, part):
    page = owner_client.get(f"{PAGE}?del={part}")

    assert [row["key"] for row in page.context["sections"] if row["is_open"]] == [part]
    assert f'id="section-{part}"' in page.content.decode()


def test_next_step_leads_to_its_open_section(owner_client):
    page = owner_client.get(PAGE)

    assert page.context["next_url"] == f"{PAGE}?del=story#section-story"
    assert f'href="{PAGE}?del=story#section-story"' in page.content.decode()


def test_guide_goes_when_its_three_steps_are_done(owner_client, company):
    Company.objects.update(description_sv="Vi gör ljud.", published_at=None, logo="logos/a-1x1.webp")
    before = [step["is_done"] for step in owner_client.get(PAGE).context["steps"]]

    save(owner_client, "craft", sectors=[make_sector().slug])
    publish(owner_client)

    assert before == [False, True, False]
    assert "Tre steg till er sida" not in owner_client.get(PAGE).content.decode()
    values, draft = current_values(Company.objects.get())
    assert first_steps(Company.objects.get(), values, draft) == []
