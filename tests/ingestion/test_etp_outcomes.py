from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.records import Provenance, Reported, Unit
from ingestion.etp_outcomes import Filed, Outcome, implied_denominator, measures

ORIGIN = Provenance(source="test", record_id="1")
COUNTS = {"learners_served": 40, "learners_exited": 30, "learners_completed": 24, "employed_q2": 18}


def outcome(program: str, provider: str = "p", **parts: Any) -> Outcome:
    facts: dict[str, Any] = {
        "counts": COUNTS,
        "completion": Filed(0.8),
        "employment": Filed(0.62),
        "employment_n": 29,
        "earnings": Filed(9100),
    }
    return Outcome(program_id=program, provider_id=provider, provenance=ORIGIN, **facts | parts)


def definitions(*outcomes: Outcome) -> dict[str, set[str]]:
    out: dict[str, set[str]] = {}
    for measure in measures(outcomes):
        out.setdefault(measure.subject_id, set()).add(measure.definition)
    return out


def test_each_rate_has_its_own_cohort() -> None:
    found = {measure.name: measure for measure in measures([outcome("a")])}
    assert (found["completion_rate"].value, found["completion_rate"].n) == (0.8, 30)
    assert (found["employment_rate_q2"].value, found["employment_rate_q2"].n) == (0.62, 29)
    earnings = found["median_earnings_q2"]
    assert (earnings.value, earnings.unit, earnings.n) == (9100, Unit.USD_PER_QUARTER, 18)
    assert found["learners_served"].unit is Unit.COUNT


def test_counts_can_be_left_out() -> None:
    names = [measure.name for measure in measures([outcome("a")], counts=False)]
    assert names == ["completion_rate", "employment_rate_q2", "median_earnings_q2"]


def test_a_withheld_figure_is_no_zero_and_nothing_filed_no_measure() -> None:
    found = {m.name: m for m in measures([outcome("a", completion=Filed(None, Reported.SUPPRESSED), earnings=None)])}
    assert (found["completion_rate"].value, found["completion_rate"].reported) == (None, Reported.SUPPRESSED)
    assert "median_earnings_q2" not in found


def test_siblings_with_one_cohort_are_marked() -> None:
    found = definitions(outcome("a"), outcome("b"), outcome("c", earnings=Filed(9200)))
    assert found["a"] == found["b"]
    assert all(definition.endswith("_shared_cohort") for definition in found["a"])
    assert not any(definition.endswith("_shared_cohort") for definition in found["c"])


def test_equal_figures_of_two_providers_or_of_few_learners_are_chance() -> None:
    few = {"learners_served": 9, "learners_exited": 9}
    found = definitions(
        outcome("a", "p"), outcome("b", "q"), outcome("c", "p", counts=few), outcome("d", "p", counts=few)
    )
    assert not any("shared" in definition for each in found.values() for definition in each)


def test_a_cohort_said_to_be_shared_is_marked_alone() -> None:
    assert all("shared" in definition for definition in definitions(outcome("a", shared=True))["a"])


@pytest.mark.parametrize(
    ("rate", "part", "whole"),
    [
        (0.94, 15, 16),
        (0.46, 12, 26),
        (1.0, 16, 16),
        (0.62, 572, 916),
        (0.5, 1, 2),
        (0.0, 0, None),
        (None, 12, None),
        (0.5, None, None),
        (0.34, 2, None),
        (0.001, 1, 167),
    ],
)
def test_a_denominator_follows_from_rate_and_numerator(rate: float | None, part: int | None, whole: int | None) -> None:
    assert implied_denominator(rate, part) == whole


@given(part=st.integers(1, 3000), more=st.integers(0, 3000))
def test_an_implied_denominator_is_never_larger_than_the_true_one(part: int, more: int) -> None:
    true = part + more
    rate = round(part / true, 2)
    found = implied_denominator(rate, part)
    if rate == 0:
        assert found is None
    else:
        assert found is not None
        assert part <= found <= true
        assert abs(part / found - rate) <= 0.005 + 1e-9
