"""Ratings of few people say nothing; the interval assumes the widest spread."""

from __future__ import annotations

from typing import Any

from catalog.records import Unit

NAME = "learner_rating"


def _rating(m: Any, value: float | None, n: int | None, **more: Any) -> Any:
    return m.measure(NAME, value, n, unit=Unit.RATING_1_TO_6, **more)


HITS = {
    "many_low_ratings": lambda m: m.of_program(_rating(m, 2.0, 60)),
    "all_the_lowest": lambda m: m.of_program(_rating(m, 1.0, 12)),
}
LEFT_ALONE = {
    "high": (lambda m: m.of_program(_rating(m, 5.5, 22)), [("meets", "whole_interval_at_or_above")]),
    "low_but_spread_unknown": (
        lambda m: m.of_program(_rating(m, 2.5, 11)),
        [("cannot_tell", "interval_straddles_bar")],
    ),
    "nine_people": (lambda m: m.of_program(_rating(m, 1.0, 9)), [("cannot_tell", "tiny_cohort")]),
    "number_unknown": (lambda m: m.of_program(_rating(m, 1.0, None)), [("cannot_tell", "no_cohort_size")]),
    "off_the_scale": (lambda m: m.of_program(_rating(m, 0.5, 50)), [("cannot_tell", "not_a_rating")]),
    "unrated": (lambda m: m.of_program(), []),
}


def test_below(make: Any, one: Any, hit: str) -> None:
    found = one("learner_rating", HITS[hit](make))
    assert (found.verdict.value, found.reason) == ("below", "whole_interval_below")


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("learner_rating", case(make)) == expected
