"""Folding: one character for one, slips of deciding words mended, the original words found again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.desk.reading import MENDED, Folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("¿Reembolso MAÑANA?", "¿reembolso manana?"),
        ("my refnud", "my refund"),
        ("el abogdo", "el abogado"),
        ("a closet is no closing", "a closet is no closing"),
        ("estaba formed", "estaba formed"),
        ("don’t", "don't"),
    ],
)
def test_folded(text, folded):
    assert Folded(text).text == folded


def test_words_lead_back_over_mended_ones():
    folded = Folded("Quiero mi refnud ya, por favor")
    at = folded.text.index("ya")
    assert folded.words(at, at + 2) == "ya"


@given(st.text(max_size=200))
def test_each_character_leads_to_one_of_the_original(text):
    folded = Folded(text)
    assert len(folded._where) == len(folded.text)
    assert all(0 <= at < len(text) for at in folded._where)


def test_mended_words_are_comparable():
    assert all(word.isascii() and word.islower() for word in MENDED)
