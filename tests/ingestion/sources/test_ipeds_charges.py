from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Measure, Provider, Unit

BY_YEAR = "federal/ipeds_ic_ay.csv.gz"
BY_PROGRAM = "federal/ipeds_ic_py.csv.gz"
OF_2023 = "federal/ipeds_2023_cost.csv"


@pytest.fixture(scope="module")
def reading(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("ipeds_charges", fixture_raw)


@pytest.fixture(scope="module")
def charges(reading: Any) -> Callable[..., dict[str, float | None]]:
    def of(subject: str, period: str = "2014-15") -> dict[str, float | None]:
        return {m.name: m.value for m in reading.of(Measure) if (m.subject_id, m.period) == (subject, period)}

    return of


Charges = Callable[..., dict[str, float | None]]


def test_a_years_charges_are_in_dollars_a_year(reading: Any, charges: Charges) -> None:
    assert charges("ipeds:900001") == {
        "tuition_and_fees_in_district": 4500,
        "tuition_and_fees_in_state": 5200,
        "tuition_and_fees_out_of_state": 9100,
        "books_and_supplies": 0,
    }
    assert {m.unit for m in reading.of(Measure) if m.subject_id == "ipeds:900001"} == {Unit.USD_PER_YEAR}


def test_a_figure_counts_only_with_a_letter_that_says_reported(reading: Any, charges: Charges) -> None:
    assert charges("ipeds:900003") == {}
    assert [(i["field"], i["value"]) for i in reading.issues_of(BY_YEAR, "field")] == [
        ("chg2ay3", "7000"),
        ("chg3ay3", "."),
        ("chg4ay3", "300"),
    ]


def test_the_largest_program_has_columns_of_its_own(reading: Any, charges: Charges) -> None:
    assert charges("ipeds:900002|12.0401") == {
        "program_tuition_and_fees": 12500,
        "program_books_and_supplies": 1400,
        "program_clock_hours": 1200,
        "program_weeks": 40,
        "program_months": 10,
    }
    of_program = [m for m in reading.of(Measure) if m.subject_id == "ipeds:900002|12.0401"]
    assert {m.subject_kind for m in of_program} == {"provider_cip"}
    assert {m.unit for m in of_program if m.name == "program_tuition_and_fees"} == {Unit.USD}


def test_its_charges_stand_elsewhere_without_first_time_students(charges: Charges) -> None:
    program = charges("ipeds:900004|09.0701")
    assert program["program_tuition_and_fees"] == 15600
    assert program["program_books_and_supplies"] == 0


def test_credit_hours_are_not_clock_hours(charges: Charges) -> None:
    assert charges("ipeds:900002|51.0710") == {
        "program_tuition_and_fees": 9000,
        "program_credit_hours": 36,
        "program_months": 9,
    }


def test_hours_of_an_unknown_kind_are_left_out(reading: Any, charges: Charges) -> None:
    assert charges("ipeds:900004|51.0000") == {"program_tuition_and_fees": 800, "program_months": 2}
    assert ("prgmsr2", "7") in {(i["field"], i["value"]) for i in reading.issues_of(BY_PROGRAM)}


def test_a_second_program_with_one_code_is_reported(reading: Any) -> None:
    reported = {(i["field"], i["value"]) for i in reading.issues_of(BY_PROGRAM)}
    assert ("cipcode3", "12.0401") in reported
    assert ("cipcode3", "weld") in reported


def test_2023_is_another_figure(reading: Any, charges: Charges) -> None:
    assert charges("ipeds:900001", "2023") == {
        "tuition_and_fees_in_state": 6200,
        "tuition_and_fees_out_of_state": 11900,
    }
    definitions = {m.period: m.definition for m in reading.of(Measure) if m.name == "tuition_and_fees_in_state"}
    assert definitions == {"2014-15": "ipeds_published_tuition_fees", "2023": "ipeds_tuition_fees_2023"}


def test_blank_is_no_figure_and_a_negative_price_is_none(reading: Any, charges: Charges) -> None:
    assert charges("ipeds:900004", "2023") == {}
    assert charges("ipeds:900018", "2023") == {"tuition_and_fees_in_state": 3000}
    assert [i["value"] for i in reading.issues_of(OF_2023, "field")] == ["-5"]


def test_an_institution_met_here_first_is_kept(reading: Any) -> None:
    assert reading.by_id(Provider)["ipeds:900018"].name == "Cost Only College"


def test_figures_without_an_institution_are_held_back(reading: Any) -> None:
    assert [i["value"] for i in reading.issues_of(BY_YEAR, "row")] == ["999999", "none"]
    assert [i["value"] for i in reading.issues_of(OF_2023, "row")] == [""]
    assert not [m for m in reading.of(Measure) if "999999" in m.subject_id]


def test_every_column_is_known(reading: Any) -> None:
    assert [i for i in reading.issues if i["kind"] == "column"] == []


def test_the_real_charges(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("ipeds_charges", raw_data, check_counts=True)
    by_file = {report.file: report for report in real.reports}
    assert (by_file[BY_YEAR].merged, by_file[BY_PROGRAM].merged, by_file[OF_2023].merged) == (4_660, 2_758, 6_050)
    assert sum(report.column_issues for report in real.reports) == 0
    names = [m.name for m in real.of(Measure)]
    assert names.count("program_tuition_and_fees") == 8_870
    assert names.count("tuition_and_fees_in_district") == 4_177
    assert names.count("tuition_and_fees_in_state") == 4_177 + 3_410
    keys = [(m.subject_id, m.name, m.period) for m in real.of(Measure)]
    assert len(keys) == len(set(keys))
    known = {m.name: m.value for m in real.of(Measure) if m.subject_id == "ipeds:101277|12.0401"}
    assert (known["program_tuition_and_fees"], known["program_clock_hours"]) == (10050, 1500)
