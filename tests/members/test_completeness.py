"""How far a profile has come, the next step, and the guide of three steps that goes when they are done."""

import pytest

from members.actions.profile.drafts import change_profile
from members.models import Company, Work
from members.profile.completeness import STEPS, completeness, first_steps
from tests.factories import make_company, make_full_company, make_sector, say
from tests.members.test_profile import PAGE, publish, save


def progress(company):
    found = completeness(company.draft or company.profile)
    return found["percent"], found["next"] and found["next"].part


def test_empty_company_begins_with_its_line(db):
    assert progress(make_company(tagline_sv="", tagline_en="")) == (0, "summary")


def test_full_company_lacks_pictures_alone(db):
    assert progress(make_full_company()) == (80, "pictures")


def test_whole_company_has_no_next_step(db):
    company = make_full_company(logo="logos/a-1x1.webp")
    Work.objects.update(picture="works/a-1x1.webp", alt_sv="Ett arbete")

    assert progress(company) == (100, None)


def test_example_texts_count_as_nothing(db):
    assert progress(make_full_company(is_placeholder=True)) == (0, "summary")


def test_draft_counts_before_it_is_published(owner, company):
    say(company, tagline_sv="", tagline_en="")
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
    Company.objects.update(published_at=None)
    say(company, description_sv="Vi gör ljud.", logo="logos/a-1x1.webp")
    before = [step["is_done"] for step in owner_client.get(PAGE).context["steps"]]

    save(owner_client, "craft", sectors=[make_sector().slug])
    publish(owner_client)

    assert before == [False, True, False]
    assert "Tre steg till er sida" not in owner_client.get(PAGE).content.decode()
    assert first_steps(Company.objects.get().profile, is_public=True) == []


def test_publishing_waits_for_own_words_and_the_guide_says_so(owner_client, company):
    say(company, is_placeholder=True)

    page, publishing = owner_client.get(PAGE), owner_client.get("/mitt-foretag/publicering/")

    assert [step["waits"] for step in page.context["steps"]] == [False, False, True]
    assert "Skriv något först." in page.content.decode()
    assert "Er sida visar exempeltexter." in publishing.content.decode()


def test_company_outside_the_cluster_is_told_what_it_waits_for(owner_client, company):
    company.memberships.all().delete()
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")

    told = owner_client.get(publish(owner_client).url).content.decode()
    steps = owner_client.get(PAGE).context["steps"]

    assert "Klart. Bara du och dina kollegor ser sidan tills klustret har skrivit in er som medlem." in told
    assert [step["is_done"] for step in steps if step["part"] == "publish"] == [False]
