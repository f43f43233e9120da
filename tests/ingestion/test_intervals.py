"""Intervals: they hold the figure, narrow with people, and never claim more than the scale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingestion.intervals import mean_rating, wilson

RATES, PEOPLE = st.floats(0, 1), st.integers(1, 100_000)


@pytest.mark.parametrize(
    ("rate", "n", "low", "high"),
    [(0.5, 10, 0.2366, 0.7634), (0.0, 10, 0.0, 0.2775), (1.0, 9, 0.7008, 1.0), (0.7, 100, 0.6042, 0.7811)],
)
def test_wilson_by_the_textbook(rate: float, n: int, low: float, high: float) -> None:
    assert wilson(rate, n) == pytest.approx((low, high), abs=1e-4)


@given(RATES, PEOPLE)
def test_an_interval_holds_the_rate_and_stays_on_the_scale(rate: float, n: int) -> None:
    low, high = wilson(rate, n)
    assert 0 <= low <= rate + 1e-12
    assert rate - 1e-12 <= high <= 1


@given(RATES, st.integers(1, 50_000))
def test_more_people_narrow_it(rate: float, n: int) -> None:
    few, many = wilson(rate, n), wilson(rate, 2 * n)
    assert many.high - many.low <= few.high - few.low


@pytest.mark.parametrize(("rate", "n"), [(-0.1, 10), (1.1, 10), (0.5, 0), (0.5, -3), (float("nan"), 10)])
def test_what_is_no_rate_has_no_interval(rate: float, n: int) -> None:
    with pytest.raises(ValueError, match="no interval"):
        wilson(rate, n)


@given(st.floats(1, 6), PEOPLE)
def test_a_mean_rating_stays_on_its_scale(mean: float, n: int) -> None:
    low, high = mean_rating(mean, n, 1, 6)
    assert 1 <= low <= mean <= high <= 6


def test_ratings_all_alike_are_still_uncertain() -> None:
    assert mean_rating(6, 10, 1, 6).low < 6
    with pytest.raises(ValueError, match="no interval"):
        mean_rating(0.5, 10, 1, 6)
