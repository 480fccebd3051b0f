import pytest

from creativenorth.text.richtext import plain, render


@pytest.mark.parametrize(
    ("markdown", "html"),
    [
        ("# A\n\n## B", "<h2>A</h2>\n<h3>B</h3>\n"),
        ("## A\n\n### B", "<h2>A</h2>\n<h3>B</h3>\n"),
        ("#### A", "<h2>A</h2>\n"),
        ("# A\n\n###### B", "<h2>A</h2>\n<h4>B</h4>\n"),
    ],
)
def test_highest_heading_is_level_two(markdown, html):
    assert render(markdown) == html


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        '<img src=x onerror="alert(1)">',
        "![x](https://elsewhere.example/spy.png)",
    ],
)
def test_hostile_text_runs_and_fetches_nothing(hostile):
    html = render(hostile)

    assert not any(word in html for word in ("<script", "<img", 'href="javascript', 'href="data', "<svg"))


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        ("# Om oss\n\nVi *gör*\nljud", "Om oss\n\nVi gör\nljud"),
        ("- ett\n- två\n\nslut", "– ett\n– två\n\nslut"),
        ("1. ett\n2. två", "1. ett\n2. två"),
        ("[oss](https://a.example) <https://b.example>", "oss (https://a.example) https://b.example"),
        ("", ""),
    ],
)
def test_plain_text_is_what_a_person_reads(markdown, text):
    assert plain(markdown) == text
