from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Measure, Provider, Unit

FILE = "federal/ipeds_2023_gradrates.csv"


@pytest.fixture(scope="module")
def reading(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("ipeds_graduation", fixture_raw)


def test_percentages_become_shares_with_their_cohort(reading: Any) -> None:
    rates = {m.name: m for m in reading.of(Measure) if m.subject_id == "ipeds:900001"}
    assert {name: (m.value, m.n) for name, m in rates.items()} == {
        "award_rate_6yr": (0.27, 1814),
        "award_rate_4yr": (0.13, 1814),
    }
    assert {m.unit for m in rates.values()} == {Unit.FRACTION}
    assert {m.period for m in rates.values()} == {"entered 2015-16"}


def test_it_is_not_called_a_graduation_rate_in_normal_time(reading: Any) -> None:
    assert {m.definition for m in reading.of(Measure)} == {
        "ipeds_outcome_measures_award_6yr",
        "ipeds_outcome_measures_award_4yr",
    }


def test_zero_is_a_figure_and_blank_is_none(reading: Any) -> None:
    values = [(m.subject_id, m.value) for m in reading.of(Measure)]
    assert values.count(("ipeds:900002", 0.0)) == 2
    assert "ipeds:900004" not in {subject for subject, _ in values}


def test_what_can_be_no_percentage_is_reported(reading: Any) -> None:
    assert [i["value"] for i in reading.issues_of(FILE, "field")] == ["127", "n/a"]
    assert "ipeds:900010" not in {m.subject_id for m in reading.of(Measure)}


def test_an_institution_that_nobody_names_is_held_back(reading: Any) -> None:
    assert [i["value"] for i in reading.issues_of(FILE, "row")] == ["900019"]
    assert "ipeds:900019" not in reading.by_id(Provider)


def test_the_real_rates(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("ipeds_graduation", raw_data, check_counts=True)
    rates = real.of(Measure)
    assert len(rates) == 2 * 3_620
    assert all(m.n is not None and m.value is not None and 0 <= m.value <= 1 for m in rates)
    by_key = {(m.subject_id, m.name): m.value for m in rates}
    assert all(by_key[s, "award_rate_4yr"] <= by_key[s, "award_rate_6yr"] for s, _ in by_key)
    assert not [i for i in real.issues if i["file"] == FILE]
