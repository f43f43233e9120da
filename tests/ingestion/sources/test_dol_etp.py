from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import SourceError
from catalog.records import Control, Delivery, Measure, Program, Provider, Reported, Unit

FILE = "etp/ca_etp_programs_sample.json"
COVERAGE = "etp/ca_etp_coverage.json"


def program_id(number: int) -> str:
    return f"dol_etp:0000000{number}-aaaa-bbbb-cccc-000000000000"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("dol_etp", fixture_raw)


@pytest.fixture(scope="module")
def programs(sample: Any) -> dict[str, Program]:
    return sample.by_id(Program)  # type: ignore[no-any-return]


def figures(reading: Any, number: int) -> dict[str, Measure]:
    return {measure.name: measure for measure in reading.of(Measure) if measure.subject_id == program_id(number)}


def test_a_program_with_its_provider(sample: Any, programs: dict[str, Program]) -> None:
    program = programs[program_id(1)]
    assert (program.name, program.provider_id) == ("Medical Assistant", "dol_etp:CA:harbor-skills-center")
    assert (program.cip, program.soc, program.soc_method) == ("51.0801", ("31-9092",), "published")
    assert (program.delivery, program.place.county) == (Delivery.IN_PERSON, "San Diego")
    assert (program.cost.tuition_usd, program.cost.supplies_usd, program.cost.total_usd) == (5000, 250.5, 5250.5)
    providers = sample.by_id(Provider)
    assert sorted(providers) == ["dol_etp:CA:bay-code-school", "dol_etp:CA:harbor-skills-center"]
    assert providers["dol_etp:CA:harbor-skills-center"].control is Control.FOR_PROFIT


def test_earnings_are_of_a_quarter_and_rates_name_their_cohorts(sample: Any) -> None:
    found = figures(sample, 4)
    assert (found["completion_rate"].value, found["completion_rate"].n) == (0.8, 25)
    assert (found["employment_rate_q2"].value, found["employment_rate_q2"].n) == (0.89, 35)
    assert figures(sample, 1)["median_earnings_q2"].unit is Unit.USD_PER_QUARTER
    assert {measure.period for measure in found.values()} == {"program year not stated"}


def test_an_hourly_wage_among_quarterly_earnings_is_held_back(sample: Any, programs: dict[str, Program]) -> None:
    assert "median_earnings_q2" not in figures(sample, 4)
    assert "median_earnings_q2" in programs[program_id(4)].held_back
    assert (4, "outcomes.median_earnings", "16") in fields(sample)
    assert (6, "outcomes.median_earnings", "98000") in fields(sample)


def test_minus_one_is_withheld_and_null_not_released(sample: Any) -> None:
    assert figures(sample, 6)["employment_rate_q2"].reported is Reported.SUPPRESSED
    assert figures(sample, 3)["employment_rate_q2"].reported is Reported.NOT_RELEASED
    assert figures(sample, 3)["employment_rate_q2"].value is None
    assert figures(sample, 5) == {}


def test_minus_one_as_a_length_is_competency_based(programs: dict[str, Program]) -> None:
    assert programs[program_id(4)].length.competency_based is True
    assert programs[program_id(3)].length.competency_based is True
    assert programs[program_id(1)].length.competency_based is False
    assert programs[program_id(4)].length.weeks_min is None


def test_hours_that_may_be_of_a_week_are_held_back(programs: dict[str, Program]) -> None:
    assert programs[program_id(1)].length.clock_hours is None
    assert "clock_hours" in programs[program_id(1)].held_back
    assert programs[program_id(5)].length.clock_hours == 40
    assert programs[program_id(6)].length.clock_hours == 240


def test_a_cost_that_is_withheld_leaves_no_total(programs: dict[str, Program]) -> None:
    cost = programs[program_id(4)].cost
    assert (cost.tuition_usd, cost.supplies_usd, cost.total_usd) == (None, 250.5, None)


def test_a_cohort_filed_for_siblings_is_marked(sample: Any) -> None:
    assert figures(sample, 1)["completion_rate"].definition == "wioa_completion_shared_cohort"
    assert figures(sample, 2)["completion_rate"].definition == "wioa_completion_shared_cohort"
    assert figures(sample, 4)["completion_rate"].definition == "wioa_completion"
    assert figures(sample, 7)["employment_rate_q2"].definition == "wioa_employment_q2_shared_cohort"


def test_a_rate_that_contradicts_its_counts_is_held_back(sample: Any, programs: dict[str, Program]) -> None:
    assert "completion_rate" not in figures(sample, 6)
    assert "completion_rate" not in figures(sample, 7)
    assert programs[program_id(6)].held_back == ("completion_rate", "median_earnings_q2")
    assert {(6, "outcomes.completion_rate", "1.2"), (7, "outcomes.completion_rate", "0.5")} <= set(fields(sample))


def test_web_addresses_are_free_text(sample: Any, programs: dict[str, Program]) -> None:
    assert programs[program_id(5)].url == "https://www.baycode.example.org/data"
    assert (programs[program_id(4)].url, programs[program_id(6)].url) == (None, None)
    assert (6, "program_url", "javascript:alert(1)") in fields(sample)


def test_a_damaged_occupation_does_not_cost_the_others(sample: Any, programs: dict[str, Program]) -> None:
    assert programs[program_id(5)].soc == ("15-2051",)
    assert (5, "soc_codes", "15-20") in fields(sample)


def test_a_zip_code_of_another_state_and_an_unknown_entity_are_reported(sample: Any) -> None:
    assert {(7, "location.zip", "10001"), (7, "entity_type", "Guild")} <= set(fields(sample))


def test_unusable_rows_are_held_back(sample: Any) -> None:
    assert [(i["row"], i["field"]) for i in sample.issues_of(FILE, "row")] == [(8, "uuid"), (9, "uuid")]
    assert sample.issues_of(FILE, "column") == []


def test_the_states_totals_have_names_of_their_own(sample: Any) -> None:
    found = {measure.name: measure for measure in sample.of(Measure) if measure.subject_kind == "state"}
    assert found["statewide_employment_rate_q2"].value == 0.25
    assert {measure.subject_id for measure in found.values()} == {"CA"}
    assert {measure.definition for measure in found.values()} == {"wioa_statewide_total"}
    assert "statewide_credential_rate" not in found
    assert not set(found) & {measure.name for measure in sample.of(Measure) if measure.subject_kind == "program"}


@pytest.mark.parametrize("content", [[], {"state": "CA"}, {"state": "CA", "programs": [1]}, {"programs": [{}]}])
def test_another_shape_is_refused(
    read_source: Callable[..., Any], fixture_raw: Path, tmp_path: Path, content: Any
) -> None:
    (tmp_path / "etp").mkdir()
    (tmp_path / FILE).write_text(json.dumps(content))
    (tmp_path / COVERAGE).write_bytes((fixture_raw / COVERAGE).read_bytes())
    with pytest.raises(SourceError, match=r"ca_etp_programs_sample\.json"):
        read_source("dol_etp", tmp_path)


def test_the_real_sample(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("dol_etp", raw_data, check_counts=True)
    found = [(report.rows_read, report.kept, report.column_issues) for report in real.reports]
    assert found == [
        (60, 60, 0),
        (1, 1, 0),
    ]
    assert (len(real.of(Program)), len(real.of(Provider))) == (60, 17)
    assert {i["field"] for i in real.issues} == {"length.hours"}
    values = Counter(m.name for m in real.of(Measure) if m.value is not None)
    assert (values["completion_rate"], values["employment_rate_q2"], values["median_earnings_q2"]) == (46, 41, 38)
    rates = [m for m in real.of(Measure) if m.name in ("completion_rate", "employment_rate_q2") and m.value is not None]
    assert all(measure.n for measure in rates)
    assert sum(bool(each.length.competency_based) for each in real.of(Program)) == 5


def fields(reading: Any) -> list[tuple[int, str, str]]:
    return [(i["row"], i["field"], i["value"]) for i in reading.issues_of(FILE, "field")]
