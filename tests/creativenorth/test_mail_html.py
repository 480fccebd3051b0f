"""The HTML part of every mail, in both languages: valid, small, readable in the light and in the dark, true to the text part."""

import html
import re

import pytest
from django.core import mail as outbox

from creativenorth import mail
from creativenorth.mail import delivery
from creativenorth.mail import html as mail_html
from creativenorth.mail.models import Mail
from events.tickets import ticket_url
from tests import html_validator
from tests.creativenorth.mail_samples import samples
from tests.events.seats import join, make_course
from tests.factories import make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(db):
    return make_project()


@pytest.fixture
def every_mail(project):
    return samples()


def addresses_in(text):
    return set(re.findall(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]", text))


def test_every_mail_is_valid_small_and_filled(every_mail):
    for key, (_subject, text, document) in every_mail.items():
        assert (key, len(document.encode()) < 40_000) == (key, True)
        assert (key, re.findall(r"\{\w+\}|%\(\w+\)s|None", text + document)) == (key, [])
    joined = {key: html_validator.errors(document) for key, (_subject, _text, document) in every_mail.items()}
    assert {key: found for key, found in joined.items() if found} == {}


def test_every_mail_links_to_what_its_text_links_to(every_mail):
    for key, (_subject, text, document) in every_mail.items():
        links = {html.unescape(link) for link in re.findall(r'href="([^"]+)"', document)}
        assert (key, links) == (key, addresses_in(text))


def test_every_mail_has_the_statement_of_the_projects_period(every_mail, project):
    assert {key for key, (_s, text, document) in every_mail.items() if str(project.statement) in text} == {
        key
        for key, (_s, _t, document) in every_mail.items()
        if str(project.statement) in document and "cid:eu" in document
    }


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        (mail_html.INK, mail_html.SURFACE),
        (mail_html.SOFT, mail_html.SURFACE),
        (mail_html.LINK, mail_html.SURFACE),
        ("#ffffff", mail_html.INK),
        ("#f5f8fa", "#0f2238"),
        ("#b4c5d6", "#0f2238"),
        ("#9fd0ff", "#0f2238"),
        ("#0a1b30", "#ffb020"),
    ],
)
def test_words_stand_out_in_the_light_and_in_the_dark(text, ground):
    dark, light = sorted([luminance(text), luminance(ground)])

    assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_what_people_typed_is_text_in_the_html_part():
    _subject, _text, document = mail.draft_text(
        subject="<b>Hej", text="<img src=x> & https://a.example/?b=1&c=2", language="sv"
    )

    assert "&lt;img src=x&gt; &amp;" in document
    assert '<a class="link"' in document
    assert 'href="https://a.example/?b=1&amp;c=2"' in document
    assert "<img src=x>" not in document


def test_a_letter_in_markdown_is_plain_in_the_text_part_and_set_in_the_html_part():
    words = "## Program\n\n- **Kaffe** [här](https://a.example/)\n- Film"

    _subject, text, document = mail.draft_text(subject="Hej", text=words, language="sv", is_markdown=True)

    assert text.startswith("Program\n\n– Kaffe här (https://a.example/)\n– Film\n")
    assert re.search(
        r"<h2>Program</h2>.*<strong>Kaffe</strong> <a [^>]*href=\"https://a.example/\"", document, re.DOTALL
    )


def test_the_ticket_travels_with_the_mail(settings, project):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    row = join(make_course(1, sessions=2))
    written = Mail.objects.get()

    delivery.attempt(written.pk)

    message = outbox.outbox[0].message()
    tree = [(part.get_content_type(), part["Content-ID"]) for part in message.walk() if not part.is_multipart()]
    assert written.ticket_url == ticket_url(row)
    assert tree == [
        ("text/plain", None),
        ("text/html", None),
        ("image/png", "<eu>"),
        ("image/png", "<ticket>"),
        ("text/calendar", None),
        ("text/calendar", None),
    ]


def test_the_demo_shows_both_parts_and_the_html_alone_in_its_frame(client, settings, tmp_path):
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "creativenorth.mail.file_backend.Backend", tmp_path
    make_project()
    join(make_course(1))
    delivery.attempt(Mail.objects.get().pk)
    path = f"/demo/mail/{next(tmp_path.glob('*.eml')).name}/"

    page, part = client.get(path), client.get(f"{path}html/")

    assert f'src="{path}html/"' in page.content.decode()
    assert html_validator.errors(page.content.decode()) == []
    assert part.content.decode().count('src="data:image/png;base64,') == 2
    assert "default-src 'none'" in part["Content-Security-Policy"]
