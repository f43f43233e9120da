"""Placement in the second quarter: below or above only where the whole interval is, and only in its population."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.records import Reported, Severity
from ingestion.evidence import Peers

NAME = "employment_rate_q2"
NJ, WIOA = {"definition": "nj_wage_match"}, {"definition": "wioa_employment_q2"}

HITS = {
    "new_jersey_field": lambda m: m.of_field(m.measure(NAME, 0.40, 100, **NJ)),
    "program_on_a_state_list": lambda m: m.of_program(m.measure(NAME, 0.5, 60, **WIOA)),
    "just_below_with_many_people": lambda m: m.of_field(m.measure(NAME, 0.69, 20_000, **NJ)),
    "nobody_placed_of_many": lambda m: m.of_program(m.measure(NAME, 0.0, 30, **WIOA)),
    "later_figure_counts": lambda m: m.of_program(
        m.measure(NAME, 0.95, 100, as_of="2020", **WIOA), m.measure(NAME, 0.4, 100, as_of="2025", **WIOA)
    ),
}
LEFT_ALONE = {
    "whole_interval_above": (
        lambda m: m.of_field(m.measure(NAME, 0.9, 100, **NJ)),
        [("meets", "whole_interval_at_or_above")],
    ),
    "interval_straddles": (
        lambda m: m.of_field(m.measure(NAME, 0.6, 20, **NJ)),
        [("cannot_tell", "interval_straddles_bar")],
    ),
    "below_by_a_hair_of_few": (
        lambda m: m.of_field(m.measure(NAME, 0.69, 100, **NJ)),
        [("cannot_tell", "interval_straddles_bar")],
    ),
    "fewer_than_ten": (lambda m: m.of_field(m.measure(NAME, 0.0, 9, **NJ)), [("cannot_tell", "tiny_cohort")]),
    "suppressed": (lambda m: m.of_field(m.measure(NAME, None, 4, **NJ)), [("cannot_tell", "suppressed")]),
    "nobody_found": (
        lambda m: m.of_field(m.measure(NAME, None, 40, reported=Reported.NOBODY_FOUND, **NJ)),
        [("cannot_tell", "nobody_found")],
    ),
    "without_cohort": (lambda m: m.of_program(m.measure(NAME, 0.2, None, **WIOA)), [("cannot_tell", "no_cohort_size")]),
    "school_outside_the_state": (
        lambda m: m.of_field(m.measure(NAME, 0.1, 100, **NJ), provider=m.provider("nj_providers:1", state="PA")),
        [("cannot_tell", "provider_outside_state")],
    ),
    "state_unknown": (
        lambda m: m.of_field(m.measure(NAME, 0.1, 100, **NJ), provider=m.provider("nj_providers:1", state=None)),
        [("cannot_tell", "provider_state_unknown")],
    ),
    "sources_of_one_date_disagree": (
        lambda m: m.of_program(m.measure(NAME, 0.95, 100, **WIOA), m.measure(NAME, 0.4, 100, **WIOA)),
        [("cannot_tell", "sources_disagree")],
    ),
    "an_undated_figure_may_be_the_later": (
        lambda m: m.of_program(m.measure(NAME, 0.95, 100, as_of=None, **WIOA), m.measure(NAME, 0.4, 100, **WIOA)),
        [("cannot_tell", "sources_disagree")],
    ),
    "no_figure_of_a_program": (lambda m: m.of_program(), [("cannot_tell", "not_published")]),
    "no_figure_of_a_program_but_of_its_field": (
        lambda m: m.of_program(field_measures=(m.measure(NAME, 0.1, 100, **NJ),)),
        [],
    ),
    "another_quarter": (lambda m: m.of_field(m.measure("employment_rate_q8", 0.1, 100, **NJ)), []),
    "wages_only": (lambda m: m.of_field(m.pay("average_quarterly_wage_q2", 100.0)), []),
}


def test_below(make: Any, one: Any, hit: str) -> None:
    found = one("placement_q2", HITS[hit](make))
    assert (found.verdict.value, found.reason) == ("below", "whole_interval_below")
    assert found.full_severity is Severity.CAUTION
    assert found.interval_high < found.threshold == 0.70
    assert found.evidence


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("placement_q2", case(make)) == expected


def test_a_wage_match_of_another_state_does_not_matter_to_other_sources(make: Any, one: Any) -> None:
    case = make.of_program(make.measure(NAME, 0.5, 60, **WIOA), provider=make.provider("dol_etp:CA:x", state="CA"))
    assert one("placement_q2", case).verdict.value == "below"


def test_peers_are_said_and_change_nothing(make: Any, one: Any) -> None:
    case = make.of_field(make.measure(NAME, 0.4, 100, **NJ), peers=Peers("NJ", "48.0508", 12, 11))
    found = one("placement_q2", case)
    assert found.verdict.value == "below"
    assert {"peers=12", "peers_lower=11", "peers_state=NJ"} <= set(found.values)


def test_a_cohort_shared_with_siblings_is_said(make: Any, one: Any) -> None:
    shared = make.measure(NAME, 0.5, 60, definition="wioa_employment_q2_shared_cohort")
    found = one("placement_q2", make.of_program(shared))
    assert "cohort=shared_with_siblings" in found.values


@pytest.mark.parametrize(("value", "n"), [(0.7, 10), (0.8, 30), (0.75, 100)])
def test_a_rate_at_the_bar_needs_many_people(make: Any, one: Any, value: float, n: int) -> None:
    found = one("placement_q2", make.of_program(make.measure(NAME, value, n, **WIOA)))
    assert found.verdict.value == "cannot_tell"
    assert found.interval_low < 0.70 <= found.interval_high
