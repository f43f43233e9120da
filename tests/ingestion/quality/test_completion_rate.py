"""Completion: programs' own rates against our bar; rates of schools without a cohort can't tell."""

from __future__ import annotations

from typing import Any

NAME, OF_SCHOOL = "completion_rate", "completion_rate_150pct"
WIOA = {"definition": "wioa_completion"}
SCORECARD = {"definition": "scorecard_c150_4_pooled_supp", "subject_kind": "provider", "subject_id": "ipeds:900001"}

HITS = {
    "program": lambda m: m.of_program(m.measure(NAME, 0.37, 186, **WIOA)),
    "school_with_a_cohort": lambda m: m.of_school(measures=(m.measure(OF_SCHOOL, 0.2, 300, **SCORECARD),)),
    "nobody_finished": lambda m: m.of_program(m.measure(NAME, 0.0, 10, **WIOA)),
}
LEFT_ALONE = {
    "above": (
        lambda m: m.of_program(m.measure(NAME, 0.93, 235, **WIOA)),
        [("meets", "whole_interval_at_or_above")],
    ),
    "straddling": (
        lambda m: m.of_program(m.measure(NAME, 0.67, 212, **WIOA)),
        [("cannot_tell", "interval_straddles_bar")],
    ),
    "tiny": (lambda m: m.of_program(m.measure(NAME, 0.1, 9, **WIOA)), [("cannot_tell", "tiny_cohort")]),
    "all_of_a_tiny_class": (lambda m: m.of_program(m.measure(NAME, 1.0, 9, **WIOA)), [("cannot_tell", "tiny_cohort")]),
    "school_without_cohort": (
        lambda m: m.of_school(measures=(m.measure(OF_SCHOOL, 0.05, None, **SCORECARD),)),
        [("cannot_tell", "no_cohort_size")],
    ),
    "suppressed": (lambda m: m.of_program(m.measure(NAME, None, 100, **WIOA)), [("cannot_tell", "suppressed")]),
    "award_rates_are_another_measure": (
        lambda m: m.of_school(measures=(m.measure("award_rate_6yr", 0.1, 3000),)),
        [],
    ),
    "school_without_any_rate": (lambda m: m.of_school(), []),
    "program_without_a_rate": (lambda m: m.of_program(), [("cannot_tell", "not_published")]),
}


def test_below(make: Any, one: Any, hit: str) -> None:
    found = one("completion_rate", HITS[hit](make))
    assert (found.verdict.value, found.reason) == ("below", "whole_interval_below")
    assert found.interval_high < found.threshold == 0.70


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("completion_rate", case(make)) == expected


def test_award_rates_stand_beside_it(make: Any, one: Any) -> None:
    measures = (make.measure(OF_SCHOOL, 0.5, None, **SCORECARD), make.measure("award_rate_6yr", 0.61, 3000))
    found = one("completion_rate", make.of_school(measures=measures))
    assert "beside=award_rate_6yr:0.61:3000" in found.values
    assert found.verdict.value == "cannot_tell"
