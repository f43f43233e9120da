"""Complaints count only in proportion, only from ten on, and never without the school's size."""

from __future__ import annotations

from typing import Any

from catalog.records import EventKind, Unit

SIZE = "undergraduates"


def _complaints(m: Any, count: int | None, scope: str | None = "all issues", **more: Any) -> Any:
    return m.event(EventKind.COMPLAINTS, "Complaints", count=count, scope=scope, **{"as_of": "2019-06", **more})


def _size(m: Any, value: float | None, as_of: str | None = "2019-06") -> Any:
    return m.measure(SIZE, value, None, unit=Unit.COUNT, subject_kind="provider", as_of=as_of)


HITS = {
    "many_for_its_size": lambda m: m.of_school(_complaints(m, 30), measures=(_size(m, 1000),)),
    "two_facilities": lambda m: m.of_school(
        _complaints(m, 15), _complaints(m, 15, provider_id="va:2"), measures=(_size(m, 1000),)
    ),
    "of_two_years_the_nearest": lambda m: m.of_school(
        _complaints(m, 30), measures=(_size(m, 1000), _size(m, 100_000, "2025"))
    ),
}
LEFT_ALONE = {
    "many_at_a_large_school": (
        lambda m: m.of_school(_complaints(m, 30), measures=(_size(m, 100_000),)),
        [("meets", "whole_interval_below")],
    ),
    "around_the_bar": (
        lambda m: m.of_school(_complaints(m, 12), measures=(_size(m, 4000),)),
        [("cannot_tell", "interval_straddles_bar")],
    ),
    "fewer_than_ten": (
        lambda m: m.of_school(_complaints(m, 9), measures=(_size(m, 200),)),
        [("cannot_tell", "too_few_complaints")],
    ),
    "size_unknown": (lambda m: m.of_school(_complaints(m, 300)), [("cannot_tell", "enrolment_unknown")]),
    "size_nought": (
        lambda m: m.of_school(_complaints(m, 300), measures=(_size(m, 0),)),
        [("cannot_tell", "enrolment_unknown")],
    ),
    "count_missing": (
        lambda m: m.of_school(_complaints(m, None), measures=(_size(m, 1000),)),
        [("cannot_tell", "count_missing")],
    ),
    "an_undated_size_may_be_the_right_one": (
        lambda m: m.of_school(_complaints(m, 30), measures=(_size(m, 1000), _size(m, 100_000, None))),
        [("cannot_tell", "interval_straddles_bar")],
    ),
    "single_issues_are_not_added_up": (
        lambda m: m.of_school(_complaints(m, 500, "financial"), measures=(_size(m, 1000),)),
        [],
    ),
    "not_counted_ones": (lambda m: m.of_school(_complaints(m, 500, "not counted"), measures=(_size(m, 1000),)), []),
    "no_complaints": (lambda m: m.of_school(measures=(_size(m, 1000),)), []),
}


def test_alert(make: Any, one: Any, hit: str) -> None:
    found = one("complaints_in_proportion", HITS[hit](make))
    assert (found.verdict.value, found.reason) == ("alert", "whole_interval_above")
    assert found.interval_low > found.threshold


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("complaints_in_proportion", case(make)) == expected


def test_the_denominator_is_shown(make: Any, one: Any) -> None:
    case = make.of_school(_complaints(make, 30), measures=(_size(make, 1000),))
    found = one("complaints_in_proportion", case)
    assert {"complaints=30", "undergraduates=1000.0:2019-06"} <= set(found.values)
    assert len(found.evidence) == 2
