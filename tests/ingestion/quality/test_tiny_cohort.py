"""Fewer than ten people: too few to tell; ten are not."""

from __future__ import annotations

from typing import Any

from ingestion.bars import TINY

HITS = {
    "rate": lambda m: m.of_field(m.measure("employment_rate_q2", 1.0, 9)),
    "average": lambda m: m.of_field(m.pay("average_quarterly_wage_q2", 9_000.0, 5)),
    "award_rate": lambda m: m.of_school(measures=(m.measure("award_rate_4yr", 0.5, 2),)),
}
LEFT_ALONE = {
    "ten": lambda m: m.of_field(m.measure("employment_rate_q2", 1.0, 10)),
    "number_unknown": lambda m: m.of_field(m.measure("employment_rate_q2", 1.0, None)),
    "withheld": lambda m: m.of_field(m.measure("employment_rate_q2", None, 4)),
    "another_figure": lambda m: m.of_field(m.measure("completers_q2", 3.0, 3)),
    "an_older_one": lambda m: m.of_program(
        m.measure("completion_rate", 0.5, 5, as_of="2018"), m.measure("completion_rate", 0.5, 50, as_of="2024")
    ),
}


def test_cannot_tell(make: Any, one: Any, hit: str) -> None:
    found = one("tiny_cohort", HITS[hit](make))
    assert (found.verdict.value, found.reason, found.threshold) == ("cannot_tell", "tiny_cohort", None)
    assert "fewest=10" in found.values


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    assert verdicts("tiny_cohort", LEFT_ALONE[left_alone](make)) == []


def test_the_texts_say_ten_in_words() -> None:
    """Their words and the number have to change together."""
    assert TINY == 10
