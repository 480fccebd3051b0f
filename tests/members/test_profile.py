"""The company's profile: sections written into a draft, merged with what others write, and published."""

import pytest

from members.models import Company, ProfileVersion
from members.profile.changes import differing_fields
from tests.factories import make_sector, make_skill, say

PAGE = "/mitt-foretag/"
OLD = "Vi gör det synligt"
PUBLISHING = "/mitt-foretag/publicering/"
DISCARD = "/mitt-foretag/utkast/slang/"


def section(client, key):
    """What the browser would send of the section, untouched."""
    page = client.get(f"{PAGE}?del={key}").context["sections"]
    form = next(row["form"] for row in page if row["key"] == key)
    return {bound.html_name: "" if bound.value() is None else bound.value() for bound in form}


def save(client, key, data=None, htmx=False, **changes):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(f"{PAGE}del/{key}/", (data or section(client, key)) | changes, headers=headers)


def publish(client):
    version = client.get(PUBLISHING).context["version"]
    return client.post(PUBLISHING, {"version": version})


def said(company):
    """The public version, as it is now."""
    return Company.objects.get(pk=company.pk).profile


def values(company):
    """{field: value} of what the draft says otherwise than the public version, without works."""
    company = Company.objects.get(pk=company.pk)
    draft = company.draft
    return {name: draft.value(name) for name in differing_fields(company.profile, draft) - {"works"}} if draft else {}


def has_draft(company):
    return Company.objects.get(pk=company.pk).draft is not None


def test_a_section_is_written_into_the_draft_alone(owner_client, company):
    response = save(owner_client, "summary", tagline_sv="Vi bygger ljud")

    assert (response.status_code, response.url) == (302, f"{PAGE}?sparad=summary#section-summary")
    assert values(company) == {"tagline_sv": "Vi bygger ljud"}
    assert said(company).tagline_sv == OLD


def test_publishing_makes_the_draft_public(owner_client, company):
    sector, skill = make_sector(), make_skill()
    save(owner_client, "summary", tagline_sv="Vi bygger ljud", tagline_en="We build sound")
    save(
        owner_client,
        "craft",
        sectors=[sector.slug],
        skills=[skill.slug],
        new_skills="Skyltar",
        looking_for=["partners"],
    )
    save(owner_client, "contact", website="hej.example", phone="070-302 82 22")

    response = publish(owner_client)

    version = said(company)
    assert response.url == company.url
    assert (version.tagline_sv, version.tagline_en) == ("Vi bygger ljud", "We build sound")
    assert [*version.sectors.all()] == [sector]
    assert {named.name_sv for named in version.skills.all()} == {skill.name_sv, "Skyltar"}
    assert (version.website, version.phone.as_e164) == ("https://hej.example", "+46703028222")
    assert not has_draft(company)


def test_new_skills_are_known_ones_where_they_have_the_name_in_either_language(owner_client, company):
    make_skill("Ljud", "Sound")
    save(owner_client, "craft", new_skills="sound, Illustration ,  Fiske  med drag")

    publish(owner_client)

    assert {named.name_sv for named in said(company).skills.all()} == {"Ljud", "Illustration", "Fiske med drag"}


def test_placeholder_mark_goes_with_the_first_publishing_of_own_words(owner_client, company):
    say(company, is_placeholder=True)
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")
    publish(owner_client)

    assert not said(company).is_placeholder


def test_what_is_written_back_as_it_was_is_no_change(owner_client, company):
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")
    save(owner_client, "summary", tagline_sv=OLD)

    assert not has_draft(company)


@pytest.mark.parametrize(("before", "word", "is_shown"), [("public", "members", False), ("hidden", "public", True)])
def test_who_sees_a_field_is_no_draft_but_holds_at_once(owner_client, company, client, before, word, is_shown):
    say(company, phone="+46703028222")
    Company.objects.update(visibility={"phone": before} if before != "public" else {})

    response = save(owner_client, "contact", htmx=True, **{"visibility:phone": word})

    company.refresh_from_db()
    assert (company.visibility, values(company)) == ({"phone": word} if word != "public" else {}, {})
    assert ("070-302 82 22" in client.get(company.url).content.decode()) is is_shown
    assert "Sparat. Det gäller direkt." in response.content.decode()


@pytest.mark.parametrize("htmx", [False, True])
def test_wrong_input_stays_in_its_field_with_the_error_beside_it(owner_client, htmx):
    response = save(owner_client, "contact", htmx=htmx, email="ingen adress", website="hej.example")

    page = response.content.decode()
    assert response.status_code == 422
    assert 'value="ingen adress"' in page
    assert 'value="hej.example"' in page
    assert "Skriv en e-postadress, som namn@exempel.se." in page
    assert ("<html" in page) is not htmx


def test_fields_that_different_people_change_are_merged(owner_client, editor_client, company):
    mine, theirs = section(owner_client, "summary"), section(editor_client, "summary")

    save(editor_client, "summary", theirs, tagline_en="We build sound")
    save(owner_client, "summary", mine, tagline_sv="Vi bygger ljud")

    assert values(company) == {"tagline_sv": "Vi bygger ljud", "tagline_en": "We build sound"}


def test_second_person_sees_what_the_first_wrote_and_loses_nothing(owner_client, editor_client, editor, company):
    mine, theirs = section(owner_client, "summary"), section(editor_client, "summary")
    save(editor_client, "summary", theirs, tagline_sv="Ljud för film")

    response = save(owner_client, "summary", mine, tagline_sv="Vi bygger ljud", tagline_en="Sound")
    page = response.content.decode()
    form = next(row["form"] for row in response.context["sections"] if row["key"] == "summary")
    again = save(owner_client, "summary", {bound.html_name: bound.value() for bound in form})

    assert response.status_code == 409
    assert 'value="Vi bygger ljud"' in page
    assert f"{editor.name} har skrivit här under tiden. Spara en gång till" in page
    assert "<ins>Ljud </ins><ins>för </ins><ins>film</ins>" in page.replace(
        "<ins>Ljud för film</ins>", "<ins>Ljud </ins><ins>för </ins><ins>film</ins>"
    )
    assert again.status_code == 302
    assert values(company) == {"tagline_sv": "Vi bygger ljud", "tagline_en": "Sound"}


def test_a_form_sent_twice_is_saved_once(owner_client, company):
    data = section(owner_client, "summary")

    first = save(owner_client, "summary", data, tagline_sv="Vi bygger ljud")
    second = save(owner_client, "summary", data, tagline_sv="Vi bygger ljud")

    assert first.url == second.url
    assert values(company) == {"tagline_sv": "Vi bygger ljud"}


def test_markdown_is_shown_without_being_saved(owner_client, company):
    page = save(owner_client, "story", htmx=True, description_sv="**Ljud** <script>", show="1").content.decode()

    assert "<p><strong>Ljud</strong> &lt;script&gt;</p>" in page
    assert values(company) == {}


def test_publishing_what_a_colleague_has_changed_since_is_refused(owner_client, editor_client, company):
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")
    version = owner_client.get(PUBLISHING).context["version"]
    save(editor_client, "summary", tagline_sv="Något helt annat")

    response = owner_client.post(PUBLISHING, {"version": version})

    assert response.status_code == 409
    assert said(company).tagline_sv == OLD


def test_publishing_twice_is_answered_as_once(owner_client, company):
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")
    version = owner_client.get(PUBLISHING).context["version"]

    answers = [owner_client.post(PUBLISHING, {"version": version}) for _ in range(2)]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, company.url)] * 2


def test_publishing_what_a_colleague_has_thrown_away_is_refused(owner_client, editor_client):
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")
    version = owner_client.get(PUBLISHING).context["version"]
    editor_client.post(DISCARD, {"version": version, "confirmed": "yes"})

    assert owner_client.post(PUBLISHING, {"version": version}).status_code == 409


def test_saving_what_is_there_already_leaves_the_version(owner_client, company):
    data = section(owner_client, "summary")
    save(owner_client, "summary", data, tagline_sv="Vi bygger ljud")
    revision = company.draft.revision

    save(owner_client, "summary", data, tagline_sv="Vi bygger ljud")

    assert company.draft.revision == revision


def test_throwing_the_draft_away_leaves_the_page_as_it_was(owner_client, company):
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")
    version = owner_client.get(PUBLISHING).context["version"]

    answers = [owner_client.post(DISCARD, {"version": version, "confirmed": "yes"}) for _ in range(2)]

    assert [(answer.status_code, answer.url) for answer in answers] == [(302, PAGE)] * 2
    assert (has_draft(company), ProfileVersion.objects.count()) == (False, 1)


def test_participants_read_and_do_not_write(participant_client, owner_client):
    data = section(owner_client, "summary")

    assert save(participant_client, "summary", data, tagline_sv="Hej").status_code == 403
    assert participant_client.get(PAGE).templates[0].name == "members/my_company_read.html"


def test_participant_reads_in_one_sentence_what_is_not_told(participant_client, company, owner_client):
    say(company, tagline_sv="", tagline_en="")
    empty = participant_client.get(PAGE).content.decode()
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")

    told = participant_client.get(PAGE).content.decode()

    assert (empty.count("<dt>"), "Inget är skrivet än." in empty) == (0, True)
    assert (told.count("<dt>"), "Inte berättat än: En rad om er, på engelska · " in told) == (1, True)


def test_preview_shows_the_draft_to_those_who_edit_alone(owner_client, participant_client, client):
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")

    response = owner_client.get("/mitt-foretag/forhandsvisning/")

    assert "Vi bygger ljud" in response.content.decode()
    assert response.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in response.headers["Content-Security-Policy"]
    assert participant_client.get("/mitt-foretag/forhandsvisning/").status_code == 403
    assert client.get("/mitt-foretag/forhandsvisning/").status_code == 302


def test_preview_shows_what_is_being_typed_and_saves_nothing(owner_client, company):
    data = section(owner_client, "summary") | {"tagline_sv": "Vi byg"}

    response = owner_client.post("/mitt-foretag/forhandsvisning/?del=summary", data)

    assert '<p class="lead">Vi byg</p>' in response.content.decode()
    assert values(company) == {}


def test_preview_leaves_out_what_is_not_in_order_yet(owner_client, company):
    data = section(owner_client, "contact") | {"email": "hej@", "phone": "0911-12 34 56"}

    page = owner_client.post("/mitt-foretag/forhandsvisning/?del=contact", data).content.decode()

    assert ("hej@" in page, "0911-12 34 56" in page) == (False, True)


def test_links_of_the_preview_leave_its_frame(owner_client):
    page = owner_client.get("/mitt-foretag/forhandsvisning/").content.decode()

    assert '<base target="_top">' in page
    assert page.count('target="_self"') == 2
