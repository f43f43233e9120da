"""Programs of New Jersey's list: each defect of the published table is met on purpose."""

from __future__ import annotations

import pytest

from catalog.records import CredentialKind, Delivery, ListStatus, Prerequisite, Program, Provider, ProviderEvent

FILE = "nj/nj_etpl_programs_with_outcomes.csv.gz"


@pytest.fixture(scope="module")
def reading(read_source, fixture_raw):
    return read_source("nj_etpl", fixture_raw)


@pytest.fixture(scope="module")
def programs(reading):
    return reading.by_id(Program)


def test_every_row_has_one_fate(reading):
    report = next(r for r in reading.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (14, 11, 0, 3)


def test_facts_of_a_program(programs):
    program = programs["nj_etpl:70001"]
    assert program.cip == "51.1009"
    assert program.cost.total_usd == 1800
    assert program.cost.tuition_usd == 1700
    assert (program.length.weeks_min, program.length.weeks_max, program.length.clock_hours) == (4, 11, 120)
    assert program.credential_kind is CredentialKind.CERTIFICATION
    assert program.credential_ids == ("nj_credentials:degree-101", "nj_credentials:industry-1214")
    assert program.in_demand is True
    assert program.evening is True
    assert program.list_status is ListStatus.APPROVED
    assert program.provenance.as_of == "2022-09"


def test_lost_zeros_come_back(programs):
    assert programs["nj_etpl:70001"].place.zip == "07102"
    assert programs["nj_etpl:70006"].cip == "04.9205"


def test_wrapping_quotes_go(programs):
    assert programs["nj_etpl:70003"].name == "Office Skills, Excel and Word"


def test_a_41_million_dollar_program_is_held_back_and_reported(programs, reading):
    program = programs["nj_etpl:70006"]
    assert program.cost.total_usd is None
    assert program.cost.tuition_usd == 4198
    assert program.held_back == ("cost_total_usd",)
    assert any(i["field"] == "totalcost" and i["value"] == "41984198" for i in reading.issues_of(FILE, "field"))


def test_a_total_that_differs_from_its_parts_is_shown_as_published(programs, reading):
    assert programs["nj_etpl:70011"].cost.total_usd == 3300
    assert any("add up to 3100" in i["reason"] for i in reading.issues_of(FILE, "field"))


@pytest.mark.parametrize("number", ["70006", "70007"])
def test_placeholder_hours_are_unknown(programs, number):
    assert programs[f"nj_etpl:{number}"].length.clock_hours is None


def test_placeholder_date_is_unknown(programs):
    assert programs["nj_etpl:70007"].submitted_on is None
    assert programs["nj_etpl:70001"].submitted_on is not None


def test_a_published_price_of_zero_stays_zero(programs):
    assert programs["nj_etpl:70003"].cost.total_usd == 0


def test_a_formula_and_an_empty_price_are_unknown(programs, reading):
    cost = programs["nj_etpl:70013"].cost
    assert cost.total_usd is None
    assert cost.tuition_usd is None
    assert any(i["field"] == "totalcost" and "not a number" in i["reason"] for i in reading.issues_of(FILE, "field"))


def test_an_unknown_length_band_is_reported(programs, reading):
    assert programs["nj_etpl:70013"].length.weeks_max is None
    assert any(i["field"] == "calendarlengthid" for i in reading.issues_of(FILE, "field"))


def test_a_row_that_swallowed_another_is_held_back(programs, reading):
    assert "nj_etpl:70010" not in programs
    assert any("another row" in i["reason"] for i in reading.issues_of(FILE, "row"))


def test_another_programs_cleaned_name_is_reported_and_unused(programs, reading):
    assert programs["nj_etpl:70008"].name == "Network Support"
    assert any(i["value"] == "Basket Weaving" for i in reading.issues_of(FILE, "field"))


def test_a_second_row_with_the_same_number_is_held_back(programs):
    assert programs["nj_etpl:70002"].name == "Certified Nurse Aide"


def test_a_program_without_provider_block_finds_its_provider_in_the_tables(programs):
    program = programs["nj_etpl:70008"]
    assert program.provider_name == "Meadow County College - Continuing Education"
    assert program.place.city == "Trenton"


def test_a_program_whose_provider_nobody_lists_is_kept_without_one(programs, reading):
    assert programs["nj_etpl:70009"].provider_name is None
    assert "nj_providers:9099" not in reading.by_id(Provider)


def test_a_newer_block_makes_the_later_status_count(reading):
    provider = reading.by_id(Provider)["nj_providers:9001"]
    assert provider.list_status is ListStatus.APPROVED
    assert provider.list_status_as_of == "2022-09"
    statuses = {e.action for e in reading.of(ProviderEvent) if e.provider_id == provider.id and e.scope is None}
    assert {"approved", "suspended"} <= statuses


def test_delivery_and_waivers(programs):
    assert programs["nj_etpl:70003"].delivery is Delivery.ONLINE
    assert programs["nj_etpl:70007"].delivery is Delivery.HYBRID
    assert programs["nj_etpl:70005"].delivery is None
    assert programs["nj_etpl:70004"].in_demand is True
    assert programs["nj_etpl:70005"].in_demand is False


def test_prerequisites(programs):
    assert programs["nj_etpl:70001"].prerequisite is Prerequisite.HS_DIPLOMA_OR_GED
    assert programs["nj_etpl:70004"].prerequisite is Prerequisite.NONE
    assert programs["nj_etpl:70005"].prerequisite is Prerequisite.NONE
    assert programs["nj_etpl:70007"].prerequisite is Prerequisite.BACHELOR


def test_a_staff_comment_on_a_suspension_is_an_event_of_the_program(reading):
    event = next(e for e in reading.of(ProviderEvent) if e.scope == "nj_etpl:70011")
    assert event.action == "staff comment mentions suspension"


def test_no_column_is_unknown(reading):
    assert [i for i in reading.issues if i["kind"] == "column"] == []


def test_real_programs(read_source, raw_data):
    reading = read_source("nj_etpl", raw_data, check_counts=True)
    report = next(r for r in reading.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.held_back, report.column_issues) == (1156, 1154, 2, 0)
    programs = reading.by_id(Program)
    assert programs["nj_etpl:50472"].cost.total_usd is None
    assert sum(p.provider_name is None for p in programs.values()) == 55
    assert sum(p.cost.total_usd is None for p in programs.values()) == 1
