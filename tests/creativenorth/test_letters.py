"""Names with letters of all kinds: found however they are typed, sorted as in Swedish, kept in one form."""

import sys
import unicodedata

import pytest
from django.urls import reverse

from creativenorth.files.table_reader import read_table
from creativenorth.text.slugs import free_slug
from creativenorth.text.swedish import fold, folded, sort_key, swedish_order
from members.models import Company, Enquiry, User
from tests.factories import make_company, make_user

LATIN = [sign for number in range(128, sys.maxunicode) if unicodedata.name(sign := chr(number), "").startswith("LATIN")]
FOLDED = {
    "Ája": "aja", "Čohkka": "cohkka", "Đoaivi": "doaivi", "Ŋuorra": "nuorra", "Šaldi": "saldi", "Ŧearbmi": "tearbmi",
    "Žiella": "ziella", "Ǥeađgi": "geadgi", "Ǯvezz": "zvezz", "Straße": "strasse", "STRAẞE": "strasse", "Cœur": "coeur",
    "Łódź": "lodz", "Sæther": "sather", "Bjørk": "bjork", "Þór": "thor", "Kadıköy": "kadikoy", "İzmir": "izmir",
    "ﬁlm": "film", "Åäö": "aao", "Ǻland": "aland", "Ａnna": "anna",
}  # fmt: skip


@pytest.mark.parametrize("name", FOLDED)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_letters_fold_to_those_they_are_made_from(name, form):
    assert fold(unicodedata.normalize(form, name)) == FOLDED[name]


@pytest.mark.django_db
def test_python_and_the_database_fold_and_sort_alike():
    samples = ["".join(f"{sign} " for sign in LATIN[start : start + 20]) for start in range(0, len(LATIN), 20)]
    samples += [unicodedata.normalize("NFD", each) for each in [*samples, *FOLDED]] + ["ﷺ" * 120, "Ж й Ω ά", "𝓐 ① ½"]
    User.objects.bulk_create(User(email=f"n{n}@b.example", name=each[:150]) for n, each in enumerate(samples))

    found = User.objects.annotate(folded=folded("name"), key=swedish_order("name"))

    for name, in_sql, key in found.values_list("name", "folded", "key"):
        assert (in_sql, key) == (fold(name), sort_key(name)), name
    assert len(LATIN) > 1000


@pytest.mark.django_db
def test_names_sort_as_in_swedish():
    names = ["Abel", "Ája", "Cia", "Čohkka", "Daga", "Đoaivi", "Zorn", "Žubr", "Åby", "Äng", "Ære", "Ös", "Øst", "Öz"]
    for name in reversed(names):
        make_company(name)

    assert sorted(names, key=sort_key) == names
    assert list(Company.objects.order_by("sort_key").values_list("name", flat=True)) == names


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "slug"), [("Đurđa & Čohkka", "durda-cohkka"), ("Straßenkünstler", "strassenkunstler"), ("Ŋ", "n")]
)
def test_slugs_keep_every_letter(title, slug):
    assert free_slug(Company, title) == slug


@pytest.mark.django_db
@pytest.mark.parametrize("asked", ["NFC", "NFD"])
@pytest.mark.parametrize("kept", ["NFC", "NFD"])
def test_a_name_is_found_by_its_own_name(client, staff_client, kept, asked):
    company = make_company(unicodedata.normalize(kept, "Čáhppes Björk"))

    page = client.get(reverse("members:directory"), {"q": unicodedata.normalize(asked, "Čáhppes")})
    admin = staff_client.get(
        reverse("admin:members_company_changelist"), {"q": unicodedata.normalize(asked, "cahppes")}
    )

    assert (company.name in page.content.decode(), admin.status_code) == (True, 200)


def decomposed(data):
    return {name: unicodedata.normalize("NFD", text) if isinstance(text, str) else text for name, text in data.items()}


def test_a_form_is_kept_composed(client, db):
    form = client.get(reverse("members:contact")).context["form"]
    data = {"name": "Åsa Björk", "email": "asa@b.example", "message": "Hälsningar från Piteå."}

    client.post(reverse("members:contact"), decomposed(data) | {"idempotency_key": form["idempotency_key"].value()})

    assert Enquiry.objects.values_list("name", "message").get() == (data["name"], data["message"])


def test_the_admin_keeps_composed_what_it_is_sent(staff_client):
    person = make_user("asa@b.example", name="Någon")
    data = {
        "email": person.email,
        "name": "Åsa Björk",
        "language": "sv",
        "is_active": "on",
        "affiliations-TOTAL_FORMS": 0,
        "affiliations-INITIAL_FORMS": 0,
    }

    response = staff_client.post(reverse("admin:members_user_change", args=[person.pk]), decomposed(data))

    person.refresh_from_db()
    assert (response.status_code, person.name) == (302, "Åsa Björk")


def test_a_table_is_read_composed():
    content = unicodedata.normalize("NFD", "Namn;Ort\nBjörk;Piteå\n").encode()

    assert read_table(content, "lista.csv").rows == [(1, ["Namn", "Ort"]), (2, ["Björk", "Piteå"])]
