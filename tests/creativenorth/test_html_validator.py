from tests import html_validator

PAGE = '<!DOCTYPE html><html lang="sv"><head><title>Norr</title></head><body>{}</body></html>'


def test_errors_are_none_for_a_valid_page():
    html = PAGE.format('<a href="/" data-hx-get="/" data-hx-target:inherited="#å">Piteå</a><div popover id="å"></div>')

    assert html_validator.errors(html) == []


def test_errors_name_line_and_reason():
    html = PAGE.format("\n<p hx-get='/'>Piteå</p>")

    (error,) = html_validator.errors(html)

    assert error.startswith("line 2: Attribute “hx-get” not allowed on element “p” at this point.")
