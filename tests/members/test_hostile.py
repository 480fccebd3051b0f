"""Every field of every form of a profile, filled with what attackers write; every file they send."""

from io import BytesIO

import pytest
from PIL import Image

from members.forms.profile import SECTIONS
from members.forms.works import WorkForm
from members.models import Work
from tests import html_validator
from tests.members.test_pictures import stored
from tests.members.test_profile import PAGE, publish, said, section, values
from tests.members.test_works import NEW, fields
from tests.uploads import no_picture, picture

TEXTS = {
    "script": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "attribute": "\" onmouseover=alert(1) x='",
    "template": "{{ request.user.password }}{% debug %}",
    "markdown": "[a](javascript:alert(1)) ![b](x) <svg onload=alert(1)>",
    "crlf": "rad\r\nSet-Cookie: a=b\r\n\r\n<b>",
    "formula": '=HYPERLINK("http://ond.example")',
    "nul": "a\x00b",
    "long": "x" * 100_000,
    "turned": "Piteå \u202etxt.exe\u202c \u2066\u2067ab",
    "surrogate": "a\ufffe\uffff\U0010ffff",
    "list": "['a', 'b']",
    "number": "-1e999",
}
UNSAFE = ["<script>alert", "<img src=x", "<svg onload", 'href="javascript:', '" onmouseover', "\u202e", "\x00"]


def names(form):
    return [name for name in form.base_fields if not name.startswith("remove_")]


FIELDS = [
    (key, name) for key, form in SECTIONS.items() for name in [*names(form), *(f"visibility:{w}" for w in form.groups)]
]
WORK_FIELDS = names(WorkForm)


def unsafe_in(response):
    return [mark for mark in UNSAFE if mark in response.content.decode()]


def try_all(client, url, data, name):
    """What each hostile text in the field is answered with, and what of it comes back unharmed."""
    data = {field: value for field, value in data.items() if value != "" and field != "read_digests"}
    answers = {kind: client.post(url, data | {name: text}) for kind, text in TEXTS.items()}
    wrong = {kind: unsafe_in(answer) for kind, answer in answers.items() if answer.status_code != 302}
    assert {answer.status_code for answer in answers.values()} <= {302, 409, 422}
    assert [kind for kind, marks in wrong.items() if marks] == []


@pytest.mark.parametrize(("key", "name"), FIELDS)
def test_field_of_a_section_takes_no_harm(owner_client, client, company, key, name):
    try_all(owner_client, f"{PAGE}del/{key}/", section(owner_client, key), name)
    publish(owner_client)

    own, page = owner_client.get(f"{PAGE}?del={key}"), client.get(company.url)

    assert (unsafe_in(own), unsafe_in(page)) == ([], [])
    assert html_validator.errors(page.content.decode()) == []


@pytest.mark.parametrize("name", WORK_FIELDS)
def test_field_of_a_work_takes_no_harm(owner_client, client, company, name):
    data, url = fields(owner_client, NEW)
    try_all(owner_client, url, data | {"title_sv": "Verk"}, name)
    publish(owner_client)

    own, page = owner_client.get(f"{PAGE}?del=works"), client.get(company.url)

    assert (unsafe_in(own), unsafe_in(page)) == ([], [])
    assert html_validator.errors(page.content.decode()) == []


@pytest.mark.parametrize("size", [1_000_000, 4_900_000])
def test_megabytes_are_answered_beside_the_field_and_come_back(owner_client, company, size):
    data = section(owner_client, "story") | {"description_sv": "x" * size}

    response = owner_client.post(f"{PAGE}del/story/", data)

    form = next(row["form"] for row in response.context["sections"] if row["key"] == "story")
    assert (response.status_code, values(company)) == (422, {})
    assert [*form.errors] == ["description_sv"]
    assert f">\n{'x' * size}</textarea>" in response.content.decode()


def test_more_than_any_text_is_refused_kindly(owner_client, company):
    response = owner_client.post(f"{PAGE}del/story/", {"description_sv": "x" * 5_100_000})

    assert (response.status_code, values(company)) == (400, {})
    assert "<h1" in response.content.decode()


def test_turned_direction_and_control_characters_are_not_kept(owner_client, company):
    data = section(owner_client, "summary") | {"tagline_sv": "Pi\u202ete\u200eå\x07\r\nNorr"}

    owner_client.post(f"{PAGE}del/summary/", data)

    assert values(company) == {"tagline_sv": "Pite\u200eå Norr"}


def bomb():
    file = BytesIO()
    Image.new("1", (11_000, 11_000)).save(file, "PNG")
    return no_picture(file.getvalue(), "bomb.png")


def with_script():
    return no_picture(picture("JPEG").read() + b"<?php system($_GET[0]) ?><script>alert(1)</script>", "a.php.jpg")


FILES = {
    "svg": (no_picture, "Spara bilden som PNG"),
    "html as png": (lambda: no_picture(b"<html><script>alert(1)</script>", "a.png"), "Det här är ingen bild"),
    "gif": (lambda: picture("GIF"), None),
    "tiff": (lambda: picture("TIFF"), "Det här är ingen bild"),
    "pdf": (lambda: no_picture(b"%PDF-1.7", "a.pdf"), "Det här är ingen bild"),
    "empty": (lambda: no_picture(b"", "a.png"), "tom"),
    "cut off": (lambda: no_picture(picture("JPEG").read()[:900], "a.jpg"), "skadad"),
    "121 megapixels": (bomb, "110 miljoner"),
    "41 MB": (lambda: no_picture(b"\x89PNG" + bytes(41_000_000), "a.png"), "40 MB"),
    "path in its name": (lambda: picture(name="../../../etc/passwd.png"), None),
    "script behind it": (with_script, None),
    "script in its name": (lambda: picture(name="<script>alert(1)</script>.png"), None),
}


@pytest.mark.parametrize("kind", FILES)
def test_file_is_refused_with_a_reason_or_written_anew(owner_client, company, kind):
    make, reason = FILES[kind]

    response = owner_client.post(f"{PAGE}del/pictures/", section(owner_client, "pictures") | {"logo": make()})

    if reason:
        assert (response.status_code, stored("logos")) == (422, [])
        assert reason in response.content.decode()
    else:
        assert response.status_code == 302
        assert [name.endswith(".webp") and len(name) < 45 for name in stored("logos")] == [True] * 3


def test_what_hid_behind_the_picture_is_gone(owner_client, company):
    owner_client.post(f"{PAGE}del/pictures/", section(owner_client, "pictures") | {"logo": with_script()})
    publish(owner_client)

    with said(company).logo.open() as file:
        assert b"script" not in file.read()
    assert not Work.objects.exists()
