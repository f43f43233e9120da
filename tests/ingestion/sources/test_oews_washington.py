from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Measure, Unit

FILE = "wages/oews_washington_2022.csv.gz"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("oews_washington", fixture_raw)


def figures(reading: Any, subject: str) -> dict[str, Measure]:
    return {measure.name: measure for measure in reading.of(Measure) if measure.subject_id == subject}


def test_percentiles_are_hourly_and_only_the_mean_is_annual(sample: Any) -> None:
    units = {name: measure.unit for name, measure in figures(sample, "29-1141|WA").items()}
    assert units == {
        "employment": Unit.COUNT,
        "wage_hourly_mean": Unit.USD_PER_HOUR,
        "wage_hourly_p25": Unit.USD_PER_HOUR,
        "wage_hourly_median": Unit.USD_PER_HOUR,
        "wage_hourly_p75": Unit.USD_PER_HOUR,
        "wage_annual_mean": Unit.USD_PER_YEAR,
    }


def test_areas_are_apart_from_the_state(sample: Any) -> None:
    area = figures(sample, "29-1141|WA:portland-vancouver-hillsboro-or-wa")
    assert area["wage_hourly_median"].value == 49.40
    assert "employment" not in area


def test_an_occupation_may_have_annual_pay_only(sample: Any) -> None:
    assert set(figures(sample, "11-1031|WA")) == {"employment", "wage_annual_mean"}


def test_a_blank_percentile_is_not_guessed_to_be_above_a_top_code(sample: Any) -> None:
    assert "wage_hourly_median" not in figures(sample, "11-1011|WA")


def test_an_annual_amount_among_hourly_ones_is_held_back(sample: Any) -> None:
    assert "wage_hourly_mean" not in figures(sample, "53-3032|WA")
    assert (8, "Average wage") in [(i["row"], i["field"]) for i in sample.issues_of(FILE, "field")]


def test_unusable_rows_are_held_back(sample: Any) -> None:
    held = [(i["row"], i["field"]) for i in sample.issues_of(FILE, "row")]
    assert held == [(5, "SOC code"), (6, "Year"), (7, "SOC code")]


def test_the_real_file(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("oews_washington", raw_data, check_counts=True)
    assert (real.reports[0].kept, real.issues) == (6920, [])
    measures = real.of(Measure)
    assert len({measure.subject_id.split("|")[1] for measure in measures}) == 16
    assert {(measure.period, measure.provenance.as_of) for measure in measures} == {("2022", "2022")}
    chief = figures(real, "11-1011|WA")
    assert (chief["wage_hourly_mean"].value, chief["wage_annual_mean"].value) == (134.42, 279590)
