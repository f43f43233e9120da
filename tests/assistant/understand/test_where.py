"""Places in words."""

from __future__ import annotations

import pytest

from assistant.understand.where import where

STATES = ("NJ", "CA")


@pytest.mark.parametrize(
    ("text", "city", "near"),
    [
        ("class near Newark under $2,000", "Newark", True),
        ("clase cerca de Paterson", "Paterson", True),
        ("courses in Jersey City", "Jersey City", False),
        ("I live in Cape May Court House", "Cape May Court House", False),
        ("07102 area", "Newark", True),
        ("in San Diego", "San Diego", False),
    ],
)
def test_towns(text, city, near):
    found = where(text, STATES)
    assert found.city == city
    assert (found.radius_miles is not None) is near


def test_counties_and_states():
    assert where("CDL class in Union County", STATES).county == "Union"
    assert where("en el condado de Essex", STATES).county == "Essex"
    assert where("anywhere in New Jersey", STATES).state == "NJ"


@pytest.mark.parametrize("text", ["get into healthcare fast", "a class in welding", "union electrician", "in 12345678"])
def test_words_that_are_no_place(text):
    assert where(text, STATES) is None
