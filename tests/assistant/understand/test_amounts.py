"""Amounts in words: money, time, pay, hours; and what is none of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.understand import amounts
from assistant.understand.text import text_of


def money(text, language="en"):
    amount, monthly = amounts.max_cost(text_of(text, language))
    return (amount.value, monthly) if amount else None


@pytest.mark.parametrize(
    ("text", "language", "dollars"),
    [
        ("class under $2,000", "en", 2000),
        ("I have about $1,500 and only evenings", "en", 1500),
        ("menos de $2,000", "es", 2000),
        ("hasta 3 mil dólares", "es", 3000),
        ("que no pase de 21 mil", "es", 21000),
        ("tengo mil quinientos dólares", "es", 1500),
        ("up to 2 grand", "en", 2000),
        ("can do maybe 1500 tops", "en", 1500),
        ("a thousand bucks", "en", 1000),
        ("$2.5k at most", "en", 2500),
        ("must be free", "en", 0),
        ("que sea gratis", "es", 0),
    ],
)
def test_money(text, language, dollars):
    assert money(text, language) == (dollars, False)


def test_money_of_each_month():
    assert money("puedo pagar como 300 al mes", "es") == (300, True)


@pytest.mark.parametrize(
    "text",
    [
        "24 hours a day",
        "class 2",
        "in 12 weeks",
        "CDL class A",
        "I am 45 years old",
        "in 2019",
        "07102",
        "my free time",
    ],
)
def test_other_numbers_are_not_money(text):
    assert money(text) is None


@pytest.mark.parametrize(
    ("text", "language", "weeks"),
    [
        ("in less than 12 weeks", "en", 12),
        ("within three months", "en", 13),
        ("en menos de 8 semanas", "es", 8),
        ("hasta seis meses", "es", 26),
        ("one week max", "en", 1),
        ("half a year", "en", 26),
        ("I need to be working in a month", "en", 52 / 12),
    ],
)
def test_time(text, language, weeks):
    assert amounts.max_weeks(text_of(text, language)).value == pytest.approx(weeks)


@pytest.mark.parametrize(
    "text",
    [
        "4 years clean this month",
        "my 3 month old",
        "I worked 2 years as a cook",
        "less than five months isnt realistic",
    ],
)
def test_time_that_is_no_limit(text):
    assert amounts.max_weeks(text_of(text, "en")) is None


@pytest.mark.parametrize(
    ("text", "a_year"),
    [("pays at least $50k", 50_000), ("jobs that pay $25 an hour", 52_000), ("leads to at least $60k a year", 60_000)],
)
def test_pay_that_is_wished_for(text, a_year):
    assert amounts.min_wage(text_of(text, "en")).value == a_year


def test_what_a_person_earns_or_can_pay_is_no_wish_for_pay():
    assert amounts.min_wage(text_of("I can pay $500", "en")) is None
    assert amounts.min_wage(text_of("I only make $15 an hour", "en")) is None


def test_hours_of_class():
    least, most = amounts.hours(text_of("max 200 hours of class", "en"))
    assert (least, most.value) == (None, 200)
    least, most = amounts.hours(text_of("at least 600 hours", "en"))
    assert (least.value, most) == (600, None)


def test_share_at_work():
    assert amounts.min_employment(text_of("where do at least 80% of people end up with a job", "en")).value == 0.8
    assert amounts.min_employment(text_of("it has to be 100% online", "en")) is None


@given(st.text(max_size=80), st.sampled_from(["en", "es"]))
def test_no_text_breaks_the_reading(text, language):
    read = text_of(text, language)
    amounts.min_wage(read), amounts.max_weeks(read), amounts.hours(read), amounts.max_cost(read)
    assert len(read.plain) + 1 == len(read.starts)
    assert len(read.rest) == len(read.plain)
