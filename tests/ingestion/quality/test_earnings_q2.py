"""A quarter's pay against a quarter's bar: medians with their cohort, averages only where they are too low."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.records import Unit
from ingestion.quality.earnings_q2 import BAR

MEDIAN, AVERAGE = "median_earnings_q2", "average_quarterly_wage_q2"

HITS = {
    "median": (lambda m: m.of_program(m.pay(MEDIAN, 4000.0)), "median_below"),
    "average": (lambda m: m.of_field(m.pay(AVERAGE, 4000.0)), "average_below"),
    "median_before_average": (
        lambda m: m.of_program(m.pay(AVERAGE, 9000.0), m.pay(MEDIAN, 4000.0)),
        "median_below",
    ),
}
LEFT_ALONE = {
    "median_above": (lambda m: m.of_program(m.pay(MEDIAN, 9000.0)), [("meets", "median_at_or_above")]),
    "median_at_the_bar": (lambda m: m.of_program(m.pay(MEDIAN, BAR)), [("meets", "median_at_or_above")]),
    "average_above": (
        lambda m: m.of_field(m.pay(AVERAGE, 9000.0)),
        [("cannot_tell", "average_above_says_nothing_of_the_middle")],
    ),
    "median_without_cohort": (lambda m: m.of_program(m.pay(MEDIAN, 1000.0, None)), [("cannot_tell", "no_cohort_size")]),
    "tiny": (lambda m: m.of_program(m.pay(MEDIAN, 1000.0, 9)), [("cannot_tell", "tiny_cohort")]),
    "suppressed": (lambda m: m.of_field(m.pay(AVERAGE, None, 3)), [("cannot_tell", "suppressed")]),
    "yearly_pay_never_meets_a_quarterly_bar": (
        lambda m: m.of_program(m.measure(MEDIAN, 30_000.0, 100, unit=Unit.USD_PER_YEAR)),
        [("cannot_tell", "not_quarterly_pay")],
    ),
    "hourly_pay": (
        lambda m: m.of_program(m.measure(MEDIAN, 16.0, 100, unit=Unit.USD_PER_HOUR)),
        [("cannot_tell", "not_quarterly_pay")],
    ),
    "none_published": (lambda m: m.of_program(), [("cannot_tell", "not_published")]),
    "its_field_has_it": (lambda m: m.of_program(field_measures=(m.pay(AVERAGE, 100.0),)), []),
}


def test_below(make: Any, one: Any, hit: str) -> None:
    case, reason = HITS[hit]
    found = one("earnings_q2", case(make))
    assert (found.verdict.value, found.reason, found.threshold) == ("below", reason, BAR)
    assert found.unit is Unit.USD_PER_QUARTER


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("earnings_q2", case(make)) == expected


@pytest.mark.parametrize("value", [BAR - 0.01, BAR])
def test_the_bar_is_a_quarter_of_the_interim_yearly_amount(make: Any, one: Any, value: float) -> None:
    assert pytest.approx(5868.75) == BAR
    verdict = one("earnings_q2", make.of_program(make.pay(MEDIAN, value))).verdict.value
    assert verdict == ("meets" if value >= BAR else "below")
