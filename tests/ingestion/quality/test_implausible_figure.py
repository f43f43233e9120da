"""What was held back is said; a program whose figures stand is left alone."""

from __future__ import annotations

from typing import Any

HITS = {
    "price": lambda m: m.of_program(program=m.program(held_back=("cost_total_usd",))),
    "named_twice": lambda m: m.of_program(program=m.program(held_back=("clock_hours", "clock_hours"))),
}
LEFT_ALONE = {
    "nothing_held_back": lambda m: m.of_program(),
    "a_dear_program": lambda m: m.of_program(program=m.program(cost={"total_usd": 90_000})),
    "a_school": lambda m: m.of_school(),
}


def test_cannot_tell(make: Any, one: Any, hit: str) -> None:
    found = one("implausible_figure", HITS[hit](make))
    assert (found.verdict.value, found.reason, found.severity.value) == ("cannot_tell", "held_back", "info")
    assert found.evidence


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    assert verdicts("implausible_figure", LEFT_ALONE[left_alone](make)) == []
