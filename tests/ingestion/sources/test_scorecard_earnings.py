from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Measure, Provider, Unit

FILE = "federal/scorecard_earnings_20250519.csv"


@pytest.fixture(scope="module")
def reading(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("scorecard_earnings", fixture_raw)


def test_medians_are_yearly_and_say_whose_they_are(reading: Any) -> None:
    medians = {m.name: m for m in reading.of(Measure) if m.subject_id == "ipeds:900001"}
    ten, six = medians["median_earnings_10yr_after_entry"], medians["median_earnings_6yr_after_entry"]
    assert (ten.value, ten.unit, ten.n) == (40628, Unit.USD_PER_YEAR, None)
    assert ten.period == "entered 2009-10 and 2010-11; pay of 2020 and 2021 in dollars of 2022"
    assert (six.value, six.period) == (27851, "entered 2013-14 and 2014-15; pay of 2020 and 2021 in dollars of 2022")
    assert ten.provenance.as_of == "2025-05-19"


def test_blank_is_no_figure(reading: Any) -> None:
    assert {m.name for m in reading.of(Measure) if m.subject_id == "ipeds:900002"} == {
        "median_earnings_10yr_after_entry"
    }
    assert not [m for m in reading.of(Measure) if m.subject_id == "ipeds:900004"]


def test_a_new_name_is_taken_over_and_an_old_one_stays_dated(reading: Any) -> None:
    providers = reading.by_id(Provider)
    renamed, same = providers["ipeds:900002"], providers["ipeds:900001"]
    assert renamed.name == "Absecon Technical College"
    assert "Northfield Tech at Absecon" in renamed.aliases
    assert same.provenance.as_of == "2023"


def test_a_location_is_kept_under_its_institution(reading: Any) -> None:
    location = reading.by_id(Provider)["ipeds:90000101"]
    assert (location.parent_id, location.level, location.place.state) == ("ipeds:900001", None, "NJ")


def test_unusable_values_and_rows_are_reported(reading: Any) -> None:
    assert [i["value"] for i in reading.issues_of(FILE, "field")] == ["PS"]
    assert [i["value"] for i in reading.issues_of(FILE, "row")] == ["900022", ""]


def test_the_real_earnings(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("scorecard_earnings", raw_data, check_counts=True)
    report = next(r for r in real.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (6_429, 507, 5_922, 0)
    names = [m.name for m in real.of(Measure)]
    assert names.count("median_earnings_10yr_after_entry") == 5_280
    assert names.count("median_earnings_6yr_after_entry") == 5_450
    assert not [i for i in real.issues if i["file"] == FILE]
