"""The search page of 2018: older figures, marked so."""

from __future__ import annotations

import pytest

from catalog.records import Measure, Program, Provider, Unit

FILE = "nj/nj_etpl_search_list_2018.csv.gz"


@pytest.fixture(scope="module")
def reading(read_source, fixture_raw):
    return read_source("nj_search_list_2018", fixture_raw)


def test_fates(reading):
    report = next(r for r in reading.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (5, 2, 1, 2)


def test_a_program_of_the_later_list_gets_dated_figures(reading):
    program = reading.by_id(Program)["nj_etpl:70001"]
    assert program.cost.total_usd == 1800
    figures = {m.name: m for m in reading.of(Measure) if m.subject_id == program.id}
    assert figures["cost_2018"].value == 1600
    assert figures["clock_hours_2018"].unit is Unit.HOURS
    assert (figures["learner_rating"].value, figures["learner_rating"].n) == (4.5, 6)
    assert {m.provenance.as_of for m in figures.values()} == {"2018-11"}


def test_other_programs_are_kept_as_of_2018(reading):
    program = reading.by_id(Program)["nj_search_list_2018:60001"]
    assert program.provenance.as_of == "2018-11"
    assert program.list_status is None
    assert program.provider_id == "nj_providers:9002"
    assert program.place.county == "Mercer"


def test_a_school_that_no_table_has_is_made_known(reading):
    program = reading.by_id(Program)["nj_search_list_2018:60002"]
    assert reading.by_id(Provider)[program.provider_id].name == "Lily Lane School"


def test_a_rating_by_nobody_is_no_rating(reading):
    assert not [m for m in reading.of(Measure) if m.subject_id == "nj_search_list_2018:60002"]


def test_real_list(read_source, raw_data):
    reading = read_source("nj_search_list_2018", raw_data, check_counts=True)
    report = next(r for r in reading.reports if r.file == FILE)
    assert report.rows_read == 4402
    assert report.kept + report.merged + report.held_back == 4402
    assert sum(m.name == "learner_rating" for m in reading.of(Measure)) == 351
