"""Monitoring: level 1 a caution, level 2 serious, and only a later dated word ends it."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.records import EventKind, Severity
from ingestion.quality.hcm import LEVEL_1, LEVEL_2, OFF_2, ON_2


def _act(m: Any, action: str, as_of: str | None = None, **more: Any) -> Any:
    return m.event(EventKind.CASH_MONITORING, action, as_of=as_of, **more)


HITS = {
    "level_1": (lambda m: m.of_school(_act(m, LEVEL_1)), "level_1", Severity.CAUTION),
    "level_2": (lambda m: m.of_school(_act(m, LEVEL_2)), "level_2", Severity.SERIOUS),
    "scorecard_says_level_2": (lambda m: m.of_school(_act(m, ON_2, "2021-04")), "level_2", Severity.SERIOUS),
    "both_levels": (lambda m: m.of_school(_act(m, LEVEL_1), _act(m, LEVEL_2)), "level_2", Severity.SERIOUS),
    "off_level_2_says_nothing_of_level_1": (
        lambda m: m.of_school(_act(m, LEVEL_1), _act(m, OFF_2, "2021-04")),
        "level_1",
        Severity.CAUTION,
    ),
    "on_again": (
        lambda m: m.of_school(_act(m, OFF_2, "2019-06"), _act(m, ON_2, "2021-04")),
        "level_2",
        Severity.SERIOUS,
    ),
    "branch_of_a_monitored_institution": (
        lambda m: m.of_school(institution_events=(_act(m, LEVEL_1, provider_id="fsa_hcm:00999900"),)),
        "level_1_of_institution",
        Severity.CAUTION,
    ),
}
LEFT_ALONE = {
    "not_listed": (lambda m: m.of_school(), []),
    "off": (lambda m: m.of_school(_act(m, OFF_2, "2021-04")), []),
    "on_and_later_off": (lambda m: m.of_school(_act(m, ON_2, "2019-06"), _act(m, OFF_2, "2021-04")), []),
    "off_by_month_after_a_day": (
        lambda m: m.of_school(_act(m, ON_2, "2019-06-15"), _act(m, OFF_2, "2021")),
        [],
    ),
    "undated_list_and_off": (
        lambda m: m.of_school(_act(m, LEVEL_2), _act(m, OFF_2, "2021-04")),
        [("cannot_tell", "level_2_perhaps_ended")],
    ),
    "on_and_off_of_one_date": (
        lambda m: m.of_school(_act(m, ON_2, "2021-04"), _act(m, OFF_2, "2021-04")),
        [("cannot_tell", "level_2_perhaps_ended")],
    ),
    "on_and_undated_off": (
        lambda m: m.of_school(_act(m, ON_2, "2021-04"), _act(m, OFF_2)),
        [("cannot_tell", "level_2_perhaps_ended")],
    ),
    "unknown_method": (
        lambda m: m.of_school(_act(m, "HCM - Something new")),
        [("cannot_tell", "level_not_stated")],
    ),
    "another_kind_of_event": (lambda m: m.of_school(m.event(EventKind.CAUTION_FLAG, LEVEL_2)), []),
}


def test_alert(make: Any, one: Any, hit: str) -> None:
    case, reason, severity = HITS[hit]
    found = one("hcm", case(make))
    assert (found.verdict.value, found.reason, found.full_severity) == ("alert", reason, severity)


def test_left_alone(make: Any, verdicts: Any, left_alone: str) -> None:
    case, expected = LEFT_ALONE[left_alone]
    assert verdicts("hcm", case(make)) == expected


def test_the_list_says_its_reason_and_that_it_has_no_date(make: Any, one: Any) -> None:
    found = one("hcm", make.of_school(_act(make, LEVEL_1, reason="Audit Late/Missing")))
    assert (found.as_of, found.stale, found.severity) == (None, True, Severity.INFO)
    assert "stated_reason=Audit Late/Missing" in found.values
    assert f"list_without_a_date={LEVEL_1}" in found.values


@pytest.mark.parametrize("order", [1, -1])
def test_the_list_s_own_row_leads_whatever_the_order(make: Any, one: Any, order: int) -> None:
    acts = [_act(make, ON_2, "2021-04"), _act(make, LEVEL_2, reason="OIG")][::order]
    found = one("hcm", make.of_school(*acts))
    assert "stated_reason=OIG" in found.values
    assert found.as_of == "2021-04"
    assert len(found.evidence) == 2


def test_being_off_level_2_lends_an_undated_list_no_date(make: Any, one: Any) -> None:
    found = one("hcm", make.of_school(_act(make, LEVEL_1), _act(make, OFF_2, "2021-04")))
    assert (found.reason, found.as_of, found.stale) == ("level_1", None, True)
    assert f"2021-04={OFF_2}" in found.values
    assert len(found.evidence) == 2


def test_the_date_of_level_2_is_that_of_who_says_so(make: Any, one: Any) -> None:
    found = one("hcm", make.of_school(_act(make, OFF_2, "2019-06"), _act(make, ON_2, "2019-12")))
    assert (found.reason, found.as_of) == ("level_2", "2019-12")


def test_level_1_stands_though_level_2_has_perhaps_ended(make: Any, one: Any) -> None:
    acts = (_act(make, LEVEL_1), _act(make, ON_2, "2019-06"), _act(make, OFF_2))
    found = one("hcm", make.of_school(*acts))
    assert (found.verdict.value, found.reason) == ("alert", "level_1")
    with_an_end = one("hcm", make.of_school(*acts, _act(make, OFF_2, "2021-04")))
    assert (with_an_end.verdict.value, with_an_end.reason) == ("alert", "level_1")
