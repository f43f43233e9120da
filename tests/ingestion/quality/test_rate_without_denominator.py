"""A rate without its number of people can't be told; one with it is left alone."""

from __future__ import annotations

from typing import Any

from catalog.records import Unit

HITS = {
    "placement": lambda m: m.of_program(m.measure("employment_rate_q2", 0.86, None)),
    "completion_of_a_school": lambda m: m.of_school(measures=(m.measure("completion_rate_150pct", 0.4, None),)),
    "veterans": lambda m: m.of_school(measures=(m.measure("veteran_graduation_rate", 0.0, None),)),
}
LEFT_ALONE = {
    "with_its_number": lambda m: m.of_program(m.measure("employment_rate_q2", 0.86, 40)),
    "withheld": lambda m: m.of_program(m.measure("employment_rate_q2", None, None)),
    "pay_is_no_rate": lambda m: m.of_program(m.pay("median_earnings_q2", 9_000.0, None)),
    "a_rate_of_other_things": lambda m: m.of_school(measures=(m.measure("share_with_pell_grant", 0.5, None),)),
    "not_a_fraction": lambda m: m.of_program(m.measure("employment_rate_q2", 86.0, None, unit=Unit.COUNT)),
    "an_older_one": lambda m: m.of_program(
        m.measure("employment_rate_q2", 0.86, None, as_of="2018"),
        m.measure("employment_rate_q2", 0.8, 40, as_of="2024"),
    ),
    "nothing": lambda m: m.of_school(),
}


def test_cannot_tell(make: Any, one: Any, hit: str) -> None:
    found = one("rate_without_denominator", HITS[hit](make))
    assert (found.verdict.value, found.missing, found.severity.value) == ("cannot_tell", "cohort_size", "info")


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    assert verdicts("rate_without_denominator", LEFT_ALONE[left_alone](make)) == []
