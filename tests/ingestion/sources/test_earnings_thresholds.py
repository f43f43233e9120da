from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Measure, Unit
from ingestion.sources.earnings_thresholds import SOURCE

FILE = "federal/earnings_premium_state_thresholds_2024.csv"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("earnings_thresholds", fixture_raw)


def test_a_state_has_one_annual_threshold(sample: Any) -> None:
    found = {measure.subject_id: measure for measure in sample.of(Measure)}
    assert {state: measure.value for state, measure in found.items()} == {"NJ": 32832, "DC": 32592, "US": 31269}
    assert {measure.unit for measure in found.values()} == {Unit.USD_PER_YEAR}


def test_that_it_is_second_hand_is_said(sample: Any) -> None:
    assert {measure.definition for measure in sample.of(Measure)} == {"earnings_premium_threshold_2024_second_hand"}
    assert "second-hand" in SOURCE.vintage


def test_unusable_rows_are_held_back(sample: Any) -> None:
    held = [(i["row"], i["field"], i["value"]) for i in sample.issues_of(FILE, "row")]
    assert held == [
        (4, "State", "Atlantis"),
        (5, "State", "New Jersey"),
        (6, "Threshold", "3079.0"),
        (7, "Threshold", "None"),
    ]


def test_the_real_file(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("earnings_thresholds", raw_data, check_counts=True)
    found = {measure.subject_id: measure.value for measure in real.of(Measure)}
    assert (len(found), real.issues) == (52, [])
    assert (found["NJ"], found["NY"], found["US"]) == (32832, 30793, 31269)
