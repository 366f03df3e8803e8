"""The two checkers of pages find what is put there to be found, and nothing in a good page."""

import pytest

from tests.browser.axe import axe_violations
from tests.browser.conftest import OpenPage, Partner
from tests.browser.nu import nu_messages

GOOD = """<!doctype html>
<html lang="en"><head><title>Garden days</title></head>
<body><main><h1>Garden days</h1><p>Every May.</p></main></body></html>
"""
BAD = GOOD.replace("<p>", '<img src="data:,"><p style="color: #ccc; background: #fff">')
STRICT = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; img-src data:"}


@pytest.mark.reader("chromium", "axe")
def test_axe_reports_what_cannot_be_seen_even_where_a_policy_forbids_all_scripts(
    a_page: OpenPage, partner: Partner
) -> None:
    address = partner({"/good": GOOD, "/bad": BAD}, headers=STRICT)
    page = a_page()
    page.goto(f"{address}/good")
    assert axe_violations(page) == []
    page.goto(f"{address}/bad")
    assert axe_violations(page) == [
        "color-contrast: p: Elements must meet minimum color contrast ratio thresholds",
        "image-alt: img: Images must have alternative text",
    ]


@pytest.mark.reader("nu")
def test_nu_reports_errors_and_warnings_of_html_css_and_svg_by_name() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg">{}</svg>'
    found = nu_messages(
        {
            "/en/": GOOD.encode(),
            "/en/bad": BAD.replace(' lang="en"', "").encode(),
            "/good.css": b"p { color: red; }",
            "/bad.css": b"p { color: rot; }",
            "/good.svg": svg.format('<circle r="1"/>').encode(),
            "/bad.svg": svg.format("<kreis/>").encode(),
        }
    )
    assert [(line.split(": ")[0], line.split(": ")[1]) for line in found] == [
        ("/en/bad", "error"),
        ("/en/bad", "warning"),
        ("/bad.css", "error"),
        ("/bad.svg", "error"),
        ("/bad.svg", "error"),
    ]
    assert "must have an “alt” attribute" in found[0]
    assert found[0].endswith('<img src="data:,"><p sty]')
    assert "“rot” is not a “color” value" in found[2]
