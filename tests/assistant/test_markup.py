"""Source text is shown as text: no markup, no links, no hidden characters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from assistant.markup import escaped, plain, safe_url

HARMLESS = {"p", "/p"}


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[click](https://evil.example)",
        "https://evil.example/path",
        "![x](javascript:alert(1))",
        "**bold** _it_ `code`",
        "| a | b |",
        "<img src=x onerror=alert(1)>",
    ],
)
def test_hostile_text_renders_as_itself(text):
    html = MarkdownIt("js-default").render(f"School {escaped(text)} here")
    for tag in ("<script", "<a ", "<img", "<strong", "<em", "<code", "<table"):
        assert tag not in html


@given(st.text(max_size=200))
def test_escaped_text_never_makes_an_element(text):
    html = MarkdownIt("js-default").render(f"x {escaped(text)} x")
    assert html.count("<") == html.count("<p>") + html.count("</p>")


def test_a_bare_address_is_broken_where_renderers_would_link_it():
    assert "www.evil" not in escaped("see www.evil.example or WWW.evil.example").lower()
    assert escaped("wwwevil.example") == "wwwevil.example"


def test_plain_drops_control_and_direction_characters():
    assert plain("a\u202eb\x00c\n d") == "a b c d"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://studentaid.gov/data?x=1", True),
        ("http://www.pccc.edu", True),
        ("javascript:alert(1)", False),
        ('https://a.example/"><script>', False),
        ("www.liit.com", False),
        (None, False),
    ],
)
def test_only_plain_web_addresses_are_links(url, kept):
    assert (safe_url(url) is not None) is kept
