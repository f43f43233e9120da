from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import SourceError
from catalog.records import Measure, Reported, Unit

FILE = "wages/national_M2024_dl.xlsx"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("oews_national", fixture_raw)


def figures(reading: Any, subject: str) -> dict[str, Measure]:
    return {measure.name: measure for measure in reading.of(Measure) if measure.subject_id == subject}


def test_hourly_and_annual_pay_keep_their_units(sample: Any) -> None:
    nurse = figures(sample, "29-1141|US")
    assert (nurse["wage_hourly_median"].value, nurse["wage_hourly_median"].unit) == (45.0, Unit.USD_PER_HOUR)
    assert (nurse["wage_annual_median"].value, nurse["wage_annual_median"].unit) == (93600, Unit.USD_PER_YEAR)
    assert (nurse["employment"].value, nurse["employment"].unit) == (3282010, Unit.COUNT)
    assert len(nurse) == 9


def test_the_time_of_the_estimate_is_said(sample: Any) -> None:
    measure = figures(sample, "29-1141|US")["wage_annual_median"]
    assert (measure.period, measure.provenance.as_of) == ("May 2024", "2024-05")


def test_a_number_sign_is_above_the_top_code(sample: Any) -> None:
    top = figures(sample, "11-1011|US")["wage_annual_p90"]
    assert (top.value, top.reported) == (None, Reported.ABOVE_TOP_CODE)


def test_an_asterisk_is_not_released(sample: Any) -> None:
    legislators = figures(sample, "11-1031|US")
    assert (legislators["wage_hourly_median"].value, legislators["wage_hourly_median"].reported) == (
        None,
        Reported.NOT_RELEASED,
    )
    assert legislators["wage_annual_median"].value == 44810
    assert figures(sample, "31-9092|US")["employment"].reported is Reported.NOT_RELEASED


def test_a_wage_of_zero_is_held_back(sample: Any) -> None:
    assert "wage_annual_p90" not in figures(sample, "31-9092|US")
    assert [(i["row"], i["field"], i["value"]) for i in sample.issues_of(FILE, "field")] == [
        (4, "A_PCT90", "0"),
        (5, "OCC_CODE", "31-9"),
    ]


def test_rows_of_other_areas_or_without_a_code_are_held_back(sample: Any) -> None:
    assert [(i["row"], i["field"]) for i in sample.issues_of(FILE, "row")] == [(5, "OCC_CODE"), (6, "PRIM_STATE")]


def test_a_file_that_is_no_workbook_is_refused(read_source: Callable[..., Any], tmp_path: Path) -> None:
    (tmp_path / "wages").mkdir()
    (tmp_path / FILE).write_text("OCC_CODE,A_MEDIAN\n")
    with pytest.raises(SourceError, match="workbook can't be read"):
        read_source("oews_national", tmp_path)


def test_the_real_workbook(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("oews_national", raw_data, check_counts=True)
    assert (real.reports[0].kept, real.issues) == (854, [])
    kinds = Counter(measure.reported for measure in real.of(Measure) if measure.name == "wage_annual_median")
    assert kinds == {Reported.VALUE: 832, Reported.ABOVE_TOP_CODE: 17, Reported.NOT_RELEASED: 5}
    assert figures(real, "29-1141|US")["wage_annual_median"].value == 93600
