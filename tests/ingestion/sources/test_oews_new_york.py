from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Measure, Unit
from ingestion.sources.oews_new_york import SOURCE

FILE = "wages/oews_newyork.csv.gz"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("oews_new_york", fixture_raw)


def figures(reading: Any, subject: str) -> dict[str, float | None]:
    return {measure.name: measure.value for measure in reading.of(Measure) if measure.subject_id == subject}


def test_a_padded_header_is_read(sample: Any) -> None:
    assert figures(sample, "29-1141|NY")["wage_annual_experienced"] == 118000
    assert sample.issues_of(FILE, "column") == []


def test_regions_are_apart_from_the_state(sample: Any) -> None:
    assert figures(sample, "29-1141|NY")["wage_annual_median"] == 105600
    assert figures(sample, "29-1141|NY:long-island")["wage_annual_median"] == 109000


def test_a_blank_figure_gives_no_measure(sample: Any) -> None:
    assert set(figures(sample, "29-1141|NY:long-island")) == {
        "wage_annual_mean",
        "wage_annual_median",
        "wage_annual_entry",
        "wage_annual_experienced",
    }
    assert figures(sample, "31-9092|NY:long-island") == {}


def test_an_hourly_wage_among_annual_ones_is_held_back(sample: Any) -> None:
    assert "wage_annual_mean" not in figures(sample, "53-3032|NY:long-island")
    assert (7, "Mean Wage", "27.50") in [(i["row"], i["field"], i["value"]) for i in sample.issues_of(FILE, "field")]


def test_entry_pay_has_a_definition_of_its_own(sample: Any) -> None:
    found = {measure.name: measure.definition for measure in sample.of(Measure)}
    assert found["wage_annual_entry"] == "oews_ny_entry_wage"
    assert found["wage_annual_median"] == "oews_wage"


def test_the_file_states_no_year(sample: Any) -> None:
    measure = sample.of(Measure)[0]
    assert (measure.period, measure.provenance.as_of) == (None, None)
    assert "no year" in SOURCE.vintage


def test_unusable_rows_are_held_back(sample: Any) -> None:
    held = [(i["row"], i["field"]) for i in sample.issues_of(FILE, "row")]
    assert held == [
        (4, "Standard Occupational Code"),
        (5, "Standard Occupational Code"),
        (6, "Area Type"),
    ]


def test_the_real_file(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("oews_new_york", raw_data, check_counts=True)
    assert (real.reports[0].kept, real.issues) == (7010, [])
    measures = real.of(Measure)
    assert len({measure.subject_id.split("|")[1] for measure in measures}) == 11
    assert {measure.unit for measure in measures} == {Unit.USD_PER_YEAR, Unit.COUNT}
    assert figures(real, "00-0000|NY")["employment"] == 9108930
