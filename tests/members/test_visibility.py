"""Each field × word × reader × page where a profile shows: nobody finds what the company's word keeps from them."""

import pytest

from members.models import Company, ProfileAudience, Visibility
from members.models.profile.visibility import FIELDS, shows_field
from tests.factories import make_cluster, make_company, make_project, make_sector, make_skill, make_work, say

# What tells a field wherever it stands.
MARKS = {
    "tagline": ["Marklinje"],
    "description": ["Markberättelse"],
    "sectors": ["Marksektor"],
    "skills": ["Markkunskap"],
    "looking_for": ["tag--open"],
    "location": ["Markstad", "Överkalix"],
    "website": ["marksida.example"],
    "email": ["mark@brev.example"],
    "phone": ["0911-23 45 67", "+46911234567"],
    "logo": ["logos/mark"],
    "cover": ["covers/mark", "Markomslag"],
    "works": ["Markverk"],
}
SEARCHED = ["tagline", "description", "sectors", "skills", "location"]
FILTERS = {"sectors": "sektor=marksektor", "location": "kommun=2513", "looking_for": "soker=premises"}
WORDS = [Visibility.MEMBERS, Visibility.HIDDEN]


@pytest.fixture
def marked(company):
    """A company that says something unmistakable in every field."""
    make_cluster()
    make_project()
    make_company("Grannbolaget")
    version = say(
        company,
        tagline_sv="Marklinje",
        description_sv="Markberättelse",
        looking_for=["premises"],
        town="Markstad",
        municipality="2513",
        website="https://marksida.example/",
        email="mark@brev.example",
        phone="+46911234567",
        logo="logos/mark-9x9.webp",
        cover="covers/mark-9x9.webp",
        cover_alt_sv="Markomslag",
    )
    version.sectors.add(make_sector("Marksektor", "Marksektor"))
    version.skills.add(make_skill("Markkunskap", "Markkunskap"))
    make_work(company, "Markverk")
    return company


def found_in(text):
    return {field for field, marks in MARKS.items() if any(mark in text for mark in marks)}


def read(client, path):
    response = client.get(path)
    assert (path, response.status_code) == (path, 200)
    return response.content.decode().partition("<main")[2] + response.content.decode().partition("<body")[0]


def listed(client, path, company):
    return f'href="{company.url}"' in read(client, path)


def surfaces(client, company, editor_client, audience):
    """Where the profile shows, and which fields give themselves away there."""
    seen_as = "medlem" if audience == ProfileAudience.MEMBERS else "alla"
    return {
        "page": found_in(read(client, company.url)),
        "front page": found_in(read(client, "/")),
        "directory": found_in(
            read(client, "/foretag/").replace(">Marksektor</option>", "").replace(">Överkalix</option>", "")
        ),
        "choices of the directory": found_in(read(client, "/foretag/").partition("<form")[2].partition("</form")[0]),
        "directory's search": {f for f in SEARCHED if listed(client, f"/foretag/?q={MARKS[f][0]}", company)},
        "site's search": {f for f in SEARCHED if listed(client, f"/sok/?q={MARKS[f][0]}", company)},
        "filters": {
            f
            for f, query in FILTERS.items()
            if listed(client, f"/foretag/?{query}", company)
            and not listed(client, f"/foretag/?{query}", Company.objects.get(name="Grannbolaget"))
        },
        "sitemap": found_in(client.get("/sitemap-members.xml").content.decode()),
        "preview": found_in(read(editor_client, f"/mitt-foretag/forhandsvisning/?som={seen_as}")),
    }


@pytest.fixture
def reader_of(client, other_owner_client):
    return {ProfileAudience.PUBLIC: client, ProfileAudience.MEMBERS: other_owner_client}.get


def test_every_field_has_a_mark_and_shows_somewhere(marked, reader_of, owner_client):
    shown = surfaces(reader_of(ProfileAudience.PUBLIC), marked, owner_client, ProfileAudience.PUBLIC)

    assert MARKS.keys() == FIELDS.keys()
    assert shown["page"] == shown["preview"] == set(FIELDS)
    assert (shown["site's search"], shown["filters"]) == (set(SEARCHED), set(FILTERS))


# Each half is kept from somebody while the other shows. A card without the large picture shows the logo: one half has both.
HALVES = [
    ["tagline", "sectors", "looking_for", "website", "phone", "works"],
    ["description", "skills", "location", "email", "logo", "cover"],
]


@pytest.mark.parametrize("audience", ProfileAudience)
@pytest.mark.parametrize("word", WORDS)
def test_field_is_kept_from_those_it_is_not_for(marked, reader_of, owner_client, audience, word):
    reader = reader_of(audience)
    whole = surfaces(reader, marked, owner_client, audience)
    wrong = []
    for half in HALVES:
        Company.objects.filter(pk=marked.pk).update(visibility=dict.fromkeys(half, word.value))
        kept = {field for field in half if not shows_field({field: word}, field, audience)}
        now = surfaces(reader, marked, owner_client, audience)
        wrong += [(place, fields ^ (whole[place] - kept)) for place, fields in now.items()]

    assert sorted(HALVES[0] + HALVES[1]) == sorted(FIELDS)
    assert [(place, fields) for place, fields in wrong if fields] == []


def test_own_people_and_staff_read_as_members_do(marked, owner_client, staff_client):
    Company.objects.filter(pk=marked.pk).update(visibility={"phone": "hidden", "email": "members"})

    for client in (owner_client, staff_client):
        assert found_in(read(client, marked.url)) == set(FIELDS) - {"phone"}
