"""Age makes a finding stale and weigh less, and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from catalog.ageing import HORIZON_YEARS, aged, is_stale, last_day
from catalog.records import Finding, Provenance, Rule, Severity, Verdict

RULE = Rule(
    id="hcm",
    title="hcm",
    url=None,
    basis="rule",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.SERIOUS,
    level="provider",
    for_whom="everyone",
    population="title_iv",
    measure="monitoring_list",
    horizon="list",
)
FINDING = Finding(
    id="0123456789abcdef",
    rule="hcm",
    subject_kind="provider",
    subject_id="ipeds:100654",
    verdict=Verdict.ALERT,
    severity=Severity.SERIOUS,
    full_severity=Severity.SERIOUS,
    stale=False,
    judged_on=date(2020, 1, 1),
    as_of="2019-06",
    reason="on_the_list",
    provenance=Provenance(source="fsa_hcm", record_id="00100500"),
)


@pytest.mark.parametrize(
    ("as_of", "last"),
    [("2020", date(2020, 12, 31)), ("2020-02", date(2020, 2, 29)), ("2020-06-30", date(2020, 6, 30))],
)
def test_a_date_given_by_period_counts_as_its_last_day(as_of: str, last: date) -> None:
    assert last_day(as_of) == last


@pytest.mark.parametrize(
    ("as_of", "on", "stale"),
    [
        ("2019-06", date(2021, 6, 30), False),
        ("2019-06", date(2021, 7, 1), True),
        ("2019-06-01", date(2021, 6, 1), False),
        ("2022-02-28", date(2024, 2, 29), False),
        ("2022-02-27", date(2024, 2, 29), True),
        ("2030", date(2024, 1, 1), False),
        (None, date(2019, 1, 1), True),
    ],
)
def test_a_list_is_stale_after_two_years_and_always_when_undated(as_of: str | None, on: date, stale: bool) -> None:
    assert is_stale(as_of, "list", on) is stale


def test_outcomes_have_a_longer_horizon_than_lists() -> None:
    assert HORIZON_YEARS == {"list": 2, "outcome": 5}
    assert not is_stale("2019-06", "outcome", date(2024, 6, 30))
    assert is_stale("2019-06", "outcome", date(2024, 7, 1))


@pytest.mark.parametrize(
    ("full", "later"),
    [
        (Severity.SERIOUS, Severity.CAUTION),
        (Severity.CAUTION, Severity.INFO),
        (Severity.INFO, Severity.INFO),
    ],
)
def test_age_takes_one_step_of_severity_and_leaves_the_rest(full: Severity, later: Severity) -> None:
    finding = FINDING.model_copy(update={"full_severity": full, "severity": full})
    old = aged(finding, RULE, date(2026, 11, 24))
    assert (old.severity, old.stale, old.judged_on) == (later, True, date(2026, 11, 24))
    unchanged = {"severity": full, "stale": False, "judged_on": finding.judged_on}
    assert old.model_copy(update=unchanged) == finding


def test_going_back_in_time_restores_the_full_severity() -> None:
    old = aged(FINDING, RULE, date(2026, 11, 24))
    assert aged(old, RULE, FINDING.judged_on) == FINDING
