from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Measure, Reported, Unit

FILE = "federal/scorecard_field_of_study_one_college.csv.gz"


@pytest.fixture(scope="module")
def reading(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("scorecard_field_of_study", fixture_raw)


@pytest.fixture(scope="module")
def figures(reading: Any) -> dict[tuple[str, str, str | None], Measure]:
    return {(m.subject_id, m.name, m.period): m for m in reading.of(Measure)}


Found = dict[tuple[str, str, str | None], Measure]
DENTAL, NATURE, BEAUTY = "ipeds:900001|51.38|2", "ipeds:900001|03.01|3", "ipeds:900001|12.04|1"


def test_a_field_of_study_is_college_code_and_level(reading: Any) -> None:
    assert {m.subject_id for m in reading.of(Measure)} == {DENTAL, NATURE, BEAUTY}
    assert {m.subject_kind for m in reading.of(Measure)} == {"field_of_study"}


def test_withheld_is_told_from_absent(figures: Found) -> None:
    debt = figures[NATURE, "median_debt_of_graduates", "completed 2014-15 and 2015-16"]
    assert (debt.value, debt.reported, debt.n) == (None, Reported.SUPPRESSED, 13)
    assert {name for subject, name, _ in figures if subject == NATURE} == {
        "median_debt_of_graduates",
        "awards_conferred",
    }


def test_the_number_of_people_may_be_withheld_too(figures: Found) -> None:
    assert figures[DENTAL, "median_debt_of_graduates", "completed 2018-19 and 2019-20"].n is None


def test_each_file_has_its_own_cohorts(figures: Found) -> None:
    first = figures[
        DENTAL,
        "median_earnings_1yr_after_completion",
        "completed 2017-18 and 2018-19; pay of 2019 and 2020 in dollars of 2021",
    ]
    second = figures[
        DENTAL,
        "median_earnings_1yr_after_completion",
        "completed 2018-19 and 2019-20; pay of 2020 and 2021 in dollars of 2022",
    ]
    assert (first.value, first.n, first.unit) == (33709, 53, Unit.USD_PER_YEAR)
    assert (second.value, second.reported) == (None, Reported.SUPPRESSED)
    assert figures[DENTAL, "awards_conferred", "2019-20"].value == 40


def test_pay_after_the_highest_credential_is_another_definition(figures: Found) -> None:
    pay = figures[
        BEAUTY,
        "median_earnings_1yr_after_completion",
        "completed 2015-16 and 2016-17; pay of 2017 and 2018 in dollars of 2019",
    ]
    assert (pay.value, pay.n, pay.definition) == (22000, 27, "scorecard_fos_earn_mdn_hi_1yr")


def test_how_many_earn_more_than_a_high_school_graduate_has_its_base(reading: Any) -> None:
    above = [m for m in reading.of(Measure) if m.name.startswith("earning_above") and m.reported is Reported.VALUE]
    assert [(m.value, m.n, m.unit) for m in above] == [(29, 53, Unit.COUNT)]


def test_a_figure_that_the_dictionary_does_not_know_is_not_used(reading: Any) -> None:
    issues = [(i["field"], i["value"]) for i in reading.issues_of(FILE, "field")]
    assert issues == [("EARN_MDN_4YR", "1")]


def test_rows_that_name_no_field_are_held_back(reading: Any) -> None:
    assert [(i["field"], i["value"]) for i in reading.issues_of(FILE, "row")] == [
        ("CREDLEV", "9"),
        ("CIPCODE", "12.04"),
        ("file_name", "FieldOfStudyData2122_2223_PP.csv"),
        ("UNITID", "n/a"),
    ]


def test_every_column_is_known(reading: Any) -> None:
    assert [i for i in reading.issues if i["kind"] == "column"] == []


def test_the_real_college(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("scorecard_field_of_study", raw_data, check_counts=True)
    report = next(r for r in real.reports if r.file == FILE)
    assert (report.rows_read, report.merged, report.held_back) == (433, 433, 0)
    assert (report.field_issues, report.column_issues) == (0, 0)
    found = Counter((m.name, m.reported) for m in real.of(Measure))
    assert found["median_debt_of_graduates", Reported.VALUE] == 104
    assert found["median_debt_of_graduates", Reported.SUPPRESSED] == 252
    assert found["median_earnings_4yr_after_completion", Reported.VALUE] == 18
    keys = [(m.subject_id, m.name, m.period) for m in real.of(Measure)]
    assert len(keys) == len(set(keys)) == 1_616
    assert all((m.value is None) == (m.reported is Reported.SUPPRESSED) for m in real.of(Measure))
