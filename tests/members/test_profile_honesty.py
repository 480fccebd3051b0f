"""A profile's page says how things are: examples are not one's own, nothing waits for nobody, a conflict is told in words."""

from members.models import ProfileVersion
from tests.factories import make_cluster, make_sector, say
from tests.members.test_profile import OLD, PAGE, has_draft, publish, said, save, section


def test_examples_are_in_no_field_and_go_with_the_first_publishing(owner_client, company):
    say(company, is_placeholder=True, town="Påhittet", phone="+46703028222").sectors.set([make_sector()])
    shown = section(owner_client, "summary")["tagline_sv"]

    save(owner_client, "contact", website="hej.example")
    publish(owner_client)

    now = said(company)
    assert (shown, now.tagline_sv, now.town, str(now.phone), [*now.sectors.all()]) == ("", "", "", "", [])
    assert now.website == "https://hej.example"


def test_untouched_text_that_staff_wrote_is_no_change(owner_client, company):
    say(company, description_sv="Vi gör\r\n\r\nljud.")

    save(owner_client, "story")

    assert not has_draft(company)


def test_sent_and_undone_again_waits_for_nobody(owner_client, company):
    make_cluster(reviews_profiles=True)
    save(owner_client, "summary", tagline_sv="Vi bygger ljud")
    publish(owner_client)
    waited = ProfileVersion.objects.waiting().count()

    save(owner_client, "summary", tagline_sv=OLD)

    assert (waited, has_draft(company)) == (1, False)


def test_sign_in_leads_back_to_the_page_of_the_form_and_its_company(client, company):
    page = f"http://testserver{PAGE}?foretag={company.slug}&del=story"

    plain = client.post(f"{PAGE}del/story/", {}, headers={"Referer": page})
    fragment = client.post(f"{PAGE}del/story/", {}, headers={"HX-Request": "true", "HX-Current-URL": page})
    foreign = client.post(f"{PAGE}del/story/", {}, headers={"Referer": "https://evil.example/"})

    back = "/konto/logga-in/?next=%2Fmitt-foretag%2F%3Fforetag%3Doh-hej-ab%26del%3Dstory"
    assert (plain.url, fragment.headers["HX-Redirect"], foreign.url) == (back, back, "/konto/logga-in/")


def test_conflict_is_told_in_words(owner_client, editor_client, company):
    mine = section(owner_client, "place")
    save(editor_client, "place", municipality="2581")

    response = save(owner_client, "place", mine | {"municipality": "2580"})

    form = next(row["form"] for row in response.context["sections"] if row["key"] == "place")
    assert (response.status_code, form.theirs) == (409, {"municipality": [("Piteå", True)]})


def test_page_before_publishing_names_the_examples_that_go(owner_client, company):
    say(company, is_placeholder=True, town="Påhittet", municipality="2581").sectors.set([make_sector()])
    save(owner_client, "place", municipality="2580")

    page = owner_client.get("/mitt-foretag/publicering/")

    assert [str(label) for label in page.context["vanishing"]] == [
        "En rad om er, på svenska",
        "En rad om er, på engelska",
        "Branscher",
        "Ort",
    ]
