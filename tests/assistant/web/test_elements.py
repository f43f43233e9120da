from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from assistant.markup import escaped
from assistant.web.elements import badge, block, inline, lines, link, pairs, table, text

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)> \"'&"
TAG = re.compile(r"<\s*/?\s*([a-zA-Z0-9]+)")


def test_hostile_text_stays_text():
    for html in (text(HOSTILE), inline(HOSTILE), block(HOSTILE), lines([HOSTILE]), badge("alert", HOSTILE)):
        assert not set(TAG.findall(html)) & {"script", "img"}
        assert "&lt;script&gt;" in html


def test_links_and_images_in_markdown_are_not_rendered():
    html = block("[a](javascript:alert(1)) ![b](https://evil.example/x.png) <https://evil.example>")
    assert set(TAG.findall(html)) == {"p"}


@given(st.text())
def test_no_source_text_becomes_markup(words):
    assert set(TAG.findall(inline(escaped(words)))) == set()
    assert not TAG.search(text(words))


def test_our_own_emphasis_lists_and_tables_are_rendered():
    assert inline("**found** `x`") == "<strong>found</strong> <code>x</code>"
    assert "<li>" in block("- one\n- two")
    assert "<td>1</td>" in block("| a |\n| --- |\n| 1 |")


def test_a_badge_is_told_by_words_and_a_symbol_not_by_colour_alone():
    html = badge("below", "Below the bar")
    assert "Below the bar" in html
    assert '<span aria-hidden="true">▼</span>' in html


def test_only_a_safe_address_becomes_a_link():
    assert link("https://nces.ed.gov/a", "NCES").startswith('<a href="https://nces.ed.gov/a"')
    assert "noopener" in link("https://nces.ed.gov/a", "NCES")
    assert link("javascript:alert(1)", "NCES") == "NCES"
    assert link('https://x.example/"onclick="y', "<b>") == "&lt;b&gt;"
    assert link(None, "NCES") == "NCES"


def test_indented_lines_stand_further_in():
    html = lines(["a", "  b", "    c", "- d"])
    assert re.findall(r"nav-in-(\d)\">(\w)", html) == [("0", "a"), ("1", "b"), ("2", "c"), ("1", "d")]


def test_a_table_can_be_reached_and_read_without_a_mouse():
    html = table("All & every", ["x", "y"], [("a", "b")])
    assert 'tabindex="0"' in html
    assert "<caption>All &amp; every</caption>" in html
    assert '<th scope="row">a</th><td>b</td>' in html


def test_pairs_keep_their_order():
    assert re.findall(r"<dt>(\w)</dt><dd>(\d)</dd>", pairs([("b", "1"), ("a", "2")])) == [("b", "1"), ("a", "2")]
