from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Measure, Unit

FILE = "federal/ipeds_2023_distance.csv.gz"
ALL, ONLY, PARTLY = "students", "students_only_at_a_distance", "students_partly_at_a_distance"


@pytest.fixture(scope="module")
def reading(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("ipeds_distance", fixture_raw)


def test_each_year_has_its_counts(reading: Any) -> None:
    counts = {(m.period, m.name): m.value for m in reading.of(Measure) if m.subject_id == "ipeds:900001"}
    assert counts == {
        ("2024", ALL): 400,
        ("2024", ONLY): 120,
        ("2024", PARTLY): 60,
        ("2023", ALL): 420,
        ("2023", ONLY): 0,
        ("2023", PARTLY): 0,
        ("2020", ALL): 500,
        ("2020", ONLY): 300,
        ("2020", PARTLY): 25,
    }
    assert {m.unit for m in reading.of(Measure)} == {Unit.COUNT}


def test_a_blank_beside_a_total_is_no_zero(reading: Any) -> None:
    assert [m.name for m in reading.of(Measure) if m.subject_id == "ipeds:900004"] == [ALL]


def test_what_can_be_no_count_is_reported(reading: Any) -> None:
    assert [i["value"] for i in reading.issues_of(FILE, "field")] == ["-4", "many"]
    assert not [m for m in reading.of(Measure) if m.subject_id == "ipeds:900010"]


def test_the_real_counts(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("ipeds_distance", raw_data, check_counts=True)
    by_key = {(m.subject_id, m.period, m.name): m.value for m in real.of(Measure)}
    assert len(by_key) == len(real.of(Measure)) == 65_619
    for subject, period, name in by_key:
        if name == ONLY:
            partly = by_key.get((subject, period, PARTLY), 0)
            assert by_key[subject, period, ONLY] + partly <= by_key[subject, period, ALL]
    assert not [i for i in real.issues if i["file"] == FILE]
