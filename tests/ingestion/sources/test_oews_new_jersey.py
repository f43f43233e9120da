from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Measure, Reported, Unit

FILE = "wages/oews_nj_2019_excerpt.csv"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("oews_new_jersey", fixture_raw)


def figures(reading: Any, subject: str) -> dict[str, Measure]:
    return {measure.name: measure for measure in reading.of(Measure) if measure.subject_id == subject}


def test_thousands_separators_are_read(sample: Any) -> None:
    everyone = figures(sample, "00-0000|NJ")
    assert (everyone["employment"].value, everyone["wage_annual_median"].value) == (4087950, 45000)
    assert everyone["wage_annual_median"].unit is Unit.USD_PER_YEAR
    assert (everyone["employment"].period, everyone["employment"].provenance.as_of) == ("May 2019", "2019-05")


def test_marks_are_kept_apart(sample: Any) -> None:
    assert figures(sample, "11-1031|NJ")["wage_annual_median"].reported is Reported.NOT_RELEASED
    assert figures(sample, "11-2021|NJ")["wage_annual_p90"].reported is Reported.ABOVE_TOP_CODE


def test_a_code_that_became_a_month_comes_back_by_its_title(sample: Any) -> None:
    assert figures(sample, "11-2021|NJ")["wage_annual_median"].value == 162610
    assert figures(sample, "11-9021|NJ")["wage_annual_median"].value == 133520
    assert figures(sample, "11-2030|NJ")["wage_annual_median"].value == 144890


def test_a_month_that_disagrees_with_the_title_is_held_back(sample: Any) -> None:
    held = [(i["row"], i["field"], i["value"]) for i in sample.issues_of(FILE, "field")]
    assert held == [(6, "occ_code", "Nov-22"), (7, "occ_code", "Nov-10"), (8, "occ_code", "Dec-11")]
    assert [i["row"] for i in sample.issues_of(FILE, "row")] == [6, 7, 8]


def test_the_real_excerpt(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("oews_new_jersey", raw_data, check_counts=True)
    report = real.reports[-1]
    assert (report.file, report.rows_read, report.kept, real.issues) == (FILE, 19, 19, [])
    subjects = {measure.subject_id for measure in real.of(Measure)}
    assert len(subjects) == 19
    assert {"11-2021|NJ", "11-3021|NJ", "11-9021|NJ", "11-3121|NJ"} <= subjects
