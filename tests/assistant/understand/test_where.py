"""Places in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand.text import text_of
from assistant.understand.where import places


def found(text, language="en"):
    inside, outside, _ = places(text_of(text, language))
    return (inside.value if inside else ()), (outside.value if outside else ())


@pytest.mark.parametrize(
    ("text", "city", "near"),
    [
        ("class near Newark under $2,000", "Newark", True),
        ("clase cerca de Paterson", "Paterson", True),
        ("courses in Jersey City", "Jersey City", False),
        ("I live in Cape May Court House", "Cape May Court House", True),
        ("07102 area", "Newark", True),
        ("in the Trenton area", "Trenton", True),
        ("en Camden o cerca", "Camden", True),
        ("in San Diego", "San Diego", False),
        ("cna classes hackensack", "Hackensack", False),
        ("no, I meant Newark, Delaware", "Newark", False),
        ("im near trenton", "Trenton", True),
    ],
)
def test_towns(text, city, near):
    ((place, *_), _) = found(text)
    assert place.city == city
    assert (place.radius_miles is not None) is near


def test_another_state_by_name():
    ((place,), _) = found("I meant Newark DE")
    assert (place.city, place.state) == ("Newark", "DE")


def test_counties_and_states():
    assert found("CDL class in Union County")[0][0].county == "Union"
    assert found("en el condado de Essex")[0][0].county == "Essex"
    assert found("anywhere in New Jersey")[0][0].state == "NJ"
    assert [each.county for each in found("in Union or Hudson county")[0]] == ["Union", "Hudson"]
    assert [each.county for each in found("en Hudson o Passaic, barato", "es")[0]] == ["Hudson", "Passaic"]


def test_a_radius_in_either_language():
    assert found("within 12 miles of 07601")[0][0].radius_miles == 12
    assert found("a menos de 20 millas de Union City", "es")[0][0].radius_miles == 20


def test_a_place_that_is_ruled_out():
    inside, outside = found("the one in Atlantic City, not in Cape May County")
    assert (inside[0].city, outside[0].county) == ("Atlantic City", "Cape May")


@pytest.mark.parametrize(
    "text",
    [
        "get into healthcare fast",
        "a class in welding",
        "union electrician",
        "in 12345678",
        "my uncle was a fireman in Trenton",
        "programs on the New Jersey list",
        "Passaic County Community College",
    ],
)
def test_words_that_are_no_place_to_learn_in(text):
    assert found(text) == ((), ())


@given(st.text(max_size=80))
def test_no_text_breaks_the_reading(text):
    found(text)
