from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import SourceError
from catalog.home import Home
from catalog.records import CredentialKind, ListStatus, Measure, Program, Provider, Reported
from ingestion.run import run
from ingestion.source import all_sources

FILE = "etp/etp_bulk.xlsx"
MERGED = "dol_etp:00000001-aaaa-bbbb-cccc-000000000000"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("dol_etp_bulk", fixture_raw)


@pytest.fixture(scope="module")
def programs(sample: Any) -> dict[str, list[Program]]:
    out: dict[str, list[Program]] = {}
    for program in sample.of(Program):
        if program.id.startswith("dol_etp_bulk:"):
            out.setdefault(program.name, []).append(program)
    return out


def figures(reading: Any, program: str) -> dict[str, Measure]:
    return {
        measure.name: measure
        for measure in reading.of(Measure)
        if measure.subject_id == program and measure.provenance.source == "dol_etp_bulk"
    }


def test_a_program_of_another_state(programs: dict[str, list[Program]]) -> None:
    welder = programs["Welder"][0]
    assert welder.id.startswith("dol_etp_bulk:OH:")
    assert welder.provider_id == "dol_etp:OH:lakeside-training"
    assert (welder.cip, welder.soc, welder.url) == ("48.0508", ("51-4121",), "https://lakeside.example.org")
    assert (welder.length.clock_hours, welder.length.weeks_min) == (400, 16)
    assert (welder.cost.tuition_usd, welder.cost.total_usd) == (4000, None)
    assert welder.provenance.record_id == welder.id.partition(":")[2]


def test_outcome_codes_are_read_one_by_one(programs: dict[str, list[Program]]) -> None:
    welder, cloud = programs["Welder"][0], programs["Cloud Support"][0]
    assert (welder.claims_certification, welder.claims_license, welder.claims_degree) == (True, False, False)
    assert welder.credential_kind is CredentialKind.CERTIFICATION
    assert (cloud.credential_kind, cloud.degree_name) == (CredentialKind.DEGREE, "Associate's degree")
    grooming = programs["Dog Grooming"][0]
    assert (grooming.claims_certification, grooming.credential_kind) == (None, None)


def test_float_noise_and_lost_zeros_are_repaired(programs: dict[str, list[Program]]) -> None:
    assert programs["Cloud Support"][0].cip == "11.0201"
    assert programs["Dog Grooming"][0].cip == "01.0504"
    assert programs["Dog Grooming"][0].place.zip == "02116"


def test_a_date_is_a_number_of_days(programs: dict[str, list[Program]], sample: Any) -> None:
    assert (programs["Welder"][0].list_status, programs["Welder"][0].list_status_as_of) == (
        ListStatus.APPROVED,
        "2024-06-30",
    )
    assert programs["Cloud Support"][0].list_status_as_of == "2023-07-01"
    assert programs["Dog Grooming"][0].list_status is None
    assert (3, "de172", "12") in fields(sample)


def test_the_rates_denominator_is_its_own(sample: Any, programs: dict[str, list[Program]]) -> None:
    rate = figures(sample, programs["Welder"][0].id)["employment_rate_q2"]
    assert (rate.value, rate.n) == (0.6, 40)
    assert "employment_rate_q2" not in figures(sample, programs["Dog Grooming"][0].id)
    assert (3, "c_q2_employment_percent", "0.6") in fields(sample)


def test_minus_one_is_withheld_but_as_a_length_competency_based(
    sample: Any, programs: dict[str, list[Program]]
) -> None:
    cloud = programs["Cloud Support"][0]
    assert cloud.length.competency_based is True
    found = figures(sample, cloud.id)
    assert {measure.reported for measure in found.values()} == {Reported.SUPPRESSED}
    assert {measure.n for measure in found.values()} == {None}
    assert programs["Welder"][0].length.competency_based is None


def test_an_hourly_wage_is_held_back(sample: Any, programs: dict[str, list[Program]]) -> None:
    assert programs["Dog Grooming"][0].held_back == ("employment_rate_q2", "median_earnings_q2")
    assert "median_earnings_q2" not in figures(sample, programs["Dog Grooming"][0].id)


def test_the_same_program_of_the_search_service_is_not_kept_twice(sample: Any) -> None:
    found = sample.by_id(Program)
    assert found[MERGED].provenance.source == "dol_etp"
    assert (figures(sample, MERGED)["completion_rate"].value, figures(sample, MERGED)["employment_rate_q2"].n) == (
        0.7,
        20,
    )
    assert not any(each.name == "MEDICAL ASSISTANT" for each in found.values())


def test_a_row_said_twice_counts_once_and_a_like_one_has_its_own_id(
    sample: Any, programs: dict[str, list[Program]]
) -> None:
    report = next(report for report in sample.reports if report.file == FILE)
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (10, 6, 2, 2)
    first, second = programs["Welder"]
    assert second.id == f"{first.id}:2"
    assert figures(sample, second.id)["median_earnings_q2"].value == 9900


def test_siblings_with_one_cohort_are_marked(sample: Any, programs: dict[str, list[Program]]) -> None:
    for name in ("Practical Nursing A", "Practical Nursing B"):
        found = figures(sample, programs[name][0].id)
        assert {measure.definition.endswith("_shared_cohort") for measure in found.values()} == {True}


def test_unusable_rows_and_free_text_addresses_are_reported(sample: Any) -> None:
    assert [i["row"] for i in sample.issues_of(FILE, "row")] == [9, 10]
    assert (3, "d107_program_url", "Dog Grooming course") in fields(sample)
    assert (4, "d108_program", "911") in fields(sample)
    assert sample.issues_of(FILE, "column") == []


def test_providers_are_told_apart_by_state(sample: Any) -> None:
    found = {each.id for each in sample.of(Provider)}
    assert {"dol_etp:OH:lakeside-training", "dol_etp:MA:lakeside-training"} <= found
    assert len(found) == 5


def test_a_column_that_the_readme_names_must_be_there(
    read_source: Callable[..., Any], fixture_raw: Path, tmp_path: Path, write_workbook: Callable[..., Path]
) -> None:
    for path in (fixture_raw / "etp").glob("*.json"):
        (tmp_path / "etp").mkdir(exist_ok=True)
        (tmp_path / "etp" / path.name).write_bytes(path.read_bytes())
    header = ["d101_eligible_training_provider", "d104_entity_type", "d105_program_name", "reportingstate", "zip"]
    write_workbook(tmp_path / FILE, [header, ["A", "Public", "B", "OH", 43215]])
    with pytest.raises(SourceError, match=r"etp_bulk.xlsx.*'d114'.*no such column"):
        read_source("dol_etp_bulk", tmp_path)


def test_without_the_workbook_the_source_is_left_out(fixture_raw: Path, tmp_path: Path) -> None:
    name = "crosswalks/soc2018_definitions.csv.gz"
    (tmp_path / "raw" / "crosswalks").mkdir(parents=True)
    (tmp_path / "raw" / name).write_bytes((fixture_raw / name).read_bytes())
    chosen = {name: all_sources()[name] for name in ("soc_codes", "dol_etp_bulk")}
    outcome = run(tmp_path / "raw", Home(tmp_path / "home"), chosen, check_counts=False)
    assert [source.name for source in outcome.manifest.sources] == ["soc_codes"]


def fields(reading: Any) -> list[tuple[int, str, str]]:
    return [(i["row"], i["field"], i["value"]) for i in reading.issues_of(FILE, "field")]
