from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Measure, Provider, Reported, Unit

FILE = "federal/va_outcome.csv.gz"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("va_outcomes", fixture_raw)


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("va_outcomes", raw_data, check_counts=True)


def rates(reading: Any, provider: str) -> dict[str, float | None]:
    return {m.definition: m.value for m in reading.of(Measure) if m.subject_id == provider}


def test_each_rate_is_a_measure_of_the_facility(sample: Any) -> None:
    assert rates(sample, "va:99000131") == {
        "va_veteran_retention_ba": 0.755,
        "va_veteran_retention_otb": 0.767,
        "va_veteran_persistence_ba": 0.865,
        "va_veteran_persistence_otb": 1.0,
    }
    for measure in sample.of(Measure):
        assert (measure.subject_kind, measure.unit, measure.reported) == ("provider", Unit.FRACTION, Reported.VALUE)
        assert (measure.n, measure.period) == (None, None)


def test_zero_is_a_value_and_blank_is_none(sample: Any) -> None:
    assert rates(sample, "va:9900149X") == {"va_veteran_graduation": 0.0}
    assert rates(sample, "va:99000231") == {}


def test_a_known_facility_gains_its_kind_and_a_new_one_is_kept(sample: Any) -> None:
    providers = sample.by_id(Provider)
    assert (providers["va:99000131"].kind, providers["va:99000131"].ids.opeid) == ("4-year school", "09900100")
    assert providers["va:99000231"].aliases == ("Z WD HARBOR TECHNICAL INSTITUTE-DOVER",)
    assert providers["va:9900149X"].kind == "non-college-degree school"
    report = next(r for r in sample.reports if r.file == FILE)
    assert (report.kept, report.merged, report.held_back) == (2, 2, 2)


def test_a_rate_outside_0_to_1_and_a_new_level_are_reported(sample: Any) -> None:
    assert rates(sample, "va:99001631") == {}
    reported = [(i["field"], i["value"]) for i in sample.issues_of(FILE, "field")]
    assert reported == [
        ("school_level_va", "5-year"),
        ("retention_rate_veteran_ba", "75.5"),
        ("transfer_out_rate_veteran", "-0.1"),
    ]


def test_filler_rows_are_held_back(sample: Any) -> None:
    held = [(i["row"], i["value"]) for i in sample.issues_of(FILE, "row")]
    assert held == [(5, "XX"), (6, "XXXXXXXX")]


def test_the_real_table(real: Any) -> None:
    report = next(r for r in real.reports if r.file == FILE)
    assert (report.rows_read, report.held_back, report.field_issues, report.column_issues) == (10_590, 2, 0, 0)
    assert report.merged == 7_780
    assert Counter(m.name for m in real.of(Measure)) == {
        "veteran_retention_rate": 3_291 + 5_715,
        "veteran_persistence_rate": 3_291 + 5_715,
        "veteran_graduation_rate": 2_187,
        "veteran_transfer_out_rate": 1_985,
    }
