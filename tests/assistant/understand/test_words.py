"""Words as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.words import folded, keys, tokens


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Enfermería", ["enfermeria"]),
        ("uñas, unas", ["uña", "una"]),
        ("Nurse's Aides", ["nurse", "aide"]),
        ("CompTIA A+ and C#", ["comptia", "a+", "and", "c#"]),
        ("Security + class", ["security+", "class"]),
        (".NET", [".net"]),
        ("an R.N. or C.N.A.", ["an", "rn", "or", "cna"]),
        ("is it an IT job?", ["is", "it", "an", "i.t", "job"]),
        ("I WANT IT NOW PLEASE", ["i", "want", "it", "now", "please"]),
        ("esthetics business", ["esthetic", "business"]),
        ("X-ray/CT", ["x", "ray", "ct"]),
        ("", []),
        ("😀", []),
    ],
)
def test_words(text, expected):
    assert keys(text) == expected


@given(st.text(max_size=200))
def test_no_text_breaks_the_words(text):
    assert len(folded(text)) == len(text.casefold())
    assert all(token.key for token in tokens(text))
