"""Limits in words: money, time, schedule, way of teaching."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand import limits
from catalog.records import Delivery


@pytest.mark.parametrize(
    ("text", "dollars"),
    [
        ("class under $2,000", 2000),
        ("I have about $1,500 and only evenings", 1500),
        ("menos de $2,000", 2000),
        ("hasta 3 mil dólares", 3000),
        ("budget of 2k dollars", 2000),
        ("it must be free", 0),
        ("que sea gratis", 0),
        ("$2.5k at most", 2500),
        ("500 bucks", 500),
    ],
)
def test_money(text, dollars):
    assert limits.max_cost(text).value == dollars


@pytest.mark.parametrize("text", ["24 hours a day", "class 2", "in 12 weeks", "CDL class A", "I am 45 years old"])
def test_other_numbers_are_not_money(text):
    assert limits.max_cost(text) is None


@pytest.mark.parametrize(
    ("text", "weeks"),
    [("in less than 12 weeks", 12), ("within 3 months", 13), ("en menos de 8 semanas", 8), ("hasta 6 meses", 26)],
)
def test_time(text, weeks):
    assert limits.max_weeks(text).value == weeks


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("online IT class", Delivery.ONLINE),
        ("curso en línea", Delivery.ONLINE),
        ("not online please", Delivery.IN_PERSON),
        ("no quiero nada en línea", Delivery.IN_PERSON),
        ("in person", Delivery.IN_PERSON),
        ("hybrid", Delivery.HYBRID),
    ],
)
def test_delivery(text, way):
    assert limits.delivery(text).value is way


def test_a_slot_keeps_its_words():
    assert limits.max_cost("a course for $900 please").words == "for $900"


@given(st.text(max_size=300))
def test_no_text_breaks_the_limits(text):
    limits.max_cost(text)
    limits.max_weeks(text)
    limits.delivery(text)
