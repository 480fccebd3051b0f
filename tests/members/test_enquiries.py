"""The forms to join, to ask and to report a barrier."""

import re
import uuid

import pytest
from django.core.cache import cache

from creativenorth.mail.models import Mail
from creativenorth.site.models import PageText
from members.models import Enquiry
from tests.factories import make_cluster, make_company

JOIN = {
    "company_name": "Ny & Co",
    "name": "Nora Ny",
    "email": "nora@ny.example",
    "phone": "",
    "website": "ny.example",
    "message": "Vi gör spel.",
}
BARRIER = {"message": "Kartan går inte att nå.", "address": "/om/", "name": "", "email": ""}


@pytest.fixture(autouse=True)
def cluster(db):
    cache.clear()
    return make_cluster(contact_email="kim@kluster.example")


@pytest.fixture
def idempotency_key():
    return {"idempotency_key": str(uuid.uuid4())}


def recipients():
    return sorted(Mail.objects.values_list("to", flat=True))


def test_joining_becomes_an_enquiry_and_two_mails(visitor_client, idempotency_key):
    response = visitor_client.post("/bli-medlem/", JOIN | idempotency_key)

    enquiry = Enquiry.objects.get()
    assert (response.status_code, response.url) == (302, "/tack/join/")
    assert (enquiry.kind, enquiry.stage, enquiry.company_name) == ("join", "new", "Ny & Co")
    assert (enquiry.website, enquiry.language) == ("https://ny.example", "sv")
    assert recipients() == ["kim@kluster.example", "nora@ny.example"]


def test_there_are_no_thanks_for_what_no_form_of_the_site_sends(visitor_client):
    assert visitor_client.get("/tack/lead/").status_code == 404


def test_thanks_come_in_the_writers_language_and_repeat_nothing(visitor_client, idempotency_key):
    visitor_client.post("/en/join/", JOIN | idempotency_key | {"message": "BUY-THIS", "name": "SPAM-NAME"})

    thanks = Mail.objects.get(to="nora@ny.example")

    assert thanks.subject == "Thank you for writing to Creative North"
    assert not re.search("BUY-THIS|SPAM-NAME|Ny & Co", thanks.subject + thanks.text)


def test_contact_is_told_everything_and_can_answer(visitor_client, idempotency_key):
    visitor_client.post("/bli-medlem/", JOIN | idempotency_key)

    told = Mail.objects.get(to="kim@kluster.example")

    assert told.subject == "Ett företag vill vara med"
    assert told.reply_to == "nora@ny.example"
    assert "Vi gör spel." in told.text
    assert f"/admin/members/enquiry/{Enquiry.objects.get().pk}/change/" in told.text


def test_same_form_twice_answers_like_the_first(visitor_client, idempotency_key):
    answers = [visitor_client.post("/bli-medlem/", JOIN | idempotency_key) for _ in range(2)]

    assert [answer.url for answer in answers] == ["/tack/join/", "/tack/join/"]
    assert (Enquiry.objects.count(), Mail.objects.count()) == (1, 2)


def test_other_words_from_the_same_form_are_not_lost(visitor_client, idempotency_key):
    visitor_client.post("/bli-medlem/", JOIN | idempotency_key)
    visitor_client.post("/bli-medlem/", JOIN | idempotency_key | {"message": "En sak till."})

    assert sorted(Enquiry.objects.values_list("message", flat=True)) == ["En sak till.", "Vi gör spel."]


def test_invalid_form_comes_back_with_errors_and_words(visitor_client, idempotency_key):
    response = visitor_client.post("/bli-medlem/", JOIN | idempotency_key | {"email": "nora", "company_name": ""})

    page = response.content.decode()
    assert response.status_code == 422
    assert sorted(response.context["form"].errors) == ["company_name", "email"]
    assert 'href="#id_email"' in page
    assert "Vi gör spel.</textarea>" in page
    assert (Enquiry.objects.count(), Mail.objects.count()) == (0, 0)


def test_too_many_are_refused_with_the_words_kept_and_others_beside_are_not(visitor_client, idempotency_key):
    for _ in range(8):
        visitor_client.post("/bli-medlem/", JOIN | {"idempotency_key": uuid.uuid4()} | {"email": ""})
        visitor_client.post("/bli-medlem/", JOIN | {"idempotency_key": uuid.uuid4()})

    other = visitor_client.post("/kontakt/", JOIN | idempotency_key | {"message": "Hej där"})
    beside = visitor_client.post("/kontakt/", JOIN | idempotency_key | {"email": "nils@annan.example"})

    assert (other.status_code, beside.status_code, Enquiry.objects.count()) == (429, 302, 9)
    assert "Hej där</textarea>" in other.content.decode()
    assert "Du har skickat 8 meddelanden inom en timme." in other.content.decode()
    assert Mail.objects.filter(to=JOIN["email"]).count() == 4


def test_trap_catches_without_telling(visitor_client, idempotency_key):
    response = visitor_client.post("/bli-medlem/", JOIN | idempotency_key | {"subject_line": "casino"})

    assert (response.status_code, response.url) == (302, "/tack/join/")
    assert (Enquiry.objects.count(), Mail.objects.count()) == (0, 0)


def test_trap_is_neither_seen_nor_announced(visitor_client):
    page = visitor_client.get("/bli-medlem/").content.decode()

    assert re.search(r'<div hidden>.*?name="subject_line".*?tabindex="-1".*?</div>', page, re.S)


def test_barrier_needs_no_name(visitor_client, idempotency_key):
    response = visitor_client.post("/tillganglighet/anmal-hinder/", BARRIER | idempotency_key)

    assert response.url == "/tack/barrier/"
    assert Enquiry.objects.get().kind == "barrier"
    assert recipients() == ["kim@kluster.example"]


def test_barrier_form_knows_the_page_one_comes_from(visitor_client):
    address = "/tillganglighet/anmal-hinder/"

    own = visitor_client.get(address, headers={"Referer": "http://testserver/om/?a=b"})
    foreign = visitor_client.get(address, headers={"Referer": "http://annan.example/om/"})

    assert 'value="/om/"' in own.content.decode()
    assert "/om/" not in str(foreign.context["form"]["address"])


def test_question_becomes_an_enquiry(visitor_client, idempotency_key):
    response = visitor_client.post("/en/contact/", JOIN | idempotency_key)

    assert response.url == "/en/thank-you/contact/"
    assert (Enquiry.objects.get().kind, Enquiry.objects.get().language) == ("contact", "en")


@pytest.mark.parametrize("broken", [{}, {"idempotency_key": "x"}])
def test_form_without_its_nonce_is_refused(visitor_client, broken):
    assert visitor_client.post("/bli-medlem/", JOIN | broken).status_code == 422


def test_line_break_in_a_name_makes_no_header(visitor_client, idempotency_key):
    response = visitor_client.post("/bli-medlem/", JOIN | idempotency_key | {"company_name": "Ny\r\nBcc: a@b.example"})

    assert response.status_code == 302
    assert "\n" not in Mail.objects.get(to="kim@kluster.example").subject


@pytest.mark.parametrize(("kind", "status"), [("join", 200), ("contact", 200), ("barrier", 200), ("x", 404)])
def test_thanks_page_knows_the_three_kinds(visitor_client, kind, status):
    assert visitor_client.get(f"/tack/{kind}/").status_code == status


@pytest.mark.parametrize("address", ["/bli-medlem/", "/kontakt/", "/tillganglighet/anmal-hinder/"])
def test_forms_refuse_other_methods(visitor_client, address):
    assert visitor_client.put(address).status_code == 405


def test_the_page_to_join_tells_who_may_what_it_gives_costs_and_when_an_answer_comes(visitor_client):
    page = visitor_client.get("/bli-medlem/").content.decode()

    headings = re.findall(r"<h2>(.*?)</h2>", page)
    assert headings == ["Vem kan vara med", "Vad det ger", "Vad det kostar", "När du får svar"]


def test_staff_edit_what_the_page_to_join_tells(visitor_client):
    PageText.objects.update_or_create(page="join", defaults={"lead_sv": "Hej", "details_sv": "## Pris\n\nInget."})

    page = visitor_client.get("/bli-medlem/").content.decode()

    assert re.findall(r"<h2>(.*?)</h2>", page) == ["Pris"]


def test_a_company_without_contact_details_is_reached_through_us(visitor_client):
    silent, told = make_company("Tysta AB"), make_company("Talande AB", email="hej@talande.example")
    pages = [visitor_client.get(f"/foretag/{company.slug}/").content.decode() for company in (silent, told)]

    form = visitor_client.get("/kontakt/?foretag=tysta-ab").context["form"]

    assert ["/kontakt/?foretag=tysta-ab" in page for page in pages] == [True, False]
    assert form["message"].value() == "Jag vill gärna komma i kontakt med Tysta AB."


def test_a_company_that_is_not_public_is_not_named_in_the_form(visitor_client):
    make_company("Hemliga AB", published=False)

    assert visitor_client.get("/kontakt/?foretag=hemliga-ab").context["form"]["message"].value() is None
