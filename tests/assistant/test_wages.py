"""Wages: yearly, of the right occupation and place, with date and source."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.evidence import Sources
from assistant.verify import Ledger, verified
from assistant.wages import wage_cards, wage_lines, wages_of
from catalog.home import bundled_folder
from catalog.records import Measure, Place, Program, Provenance, Unit
from catalog.snapshot import Snapshot
from prompts import Texts

TODAY = date(2026, 11, 24)


@pytest.fixture(scope="module")
def bundled():
    snapshot = Snapshot(bundled_folder())
    yield snapshot
    snapshot.close()


def program(*soc: str, state: str | None = "NJ", cip: str | None = "51.3902", method: str = "crosswalk") -> Program:
    return Program(
        id="nj_etpl:1",
        name="Course",
        provider_id="nj_providers:1",
        cip=cip,
        soc=soc,
        soc_method=method,
        place=Place(state=state),
        provenance=Provenance(source="nj_etpl", record_id="1"),
    )


def of(bundled, asked: Program, wanted: tuple[str, ...] = (), on: date = TODAY):
    return wages_of(bundled, [asked], wanted, on)[asked.id]


def test_the_nation_stands_in_for_a_state_without_the_figure(bundled):
    (wage,) = of(bundled, program("31-1131"))
    (published,) = bundled.select(Measure, "subject_id = '31-1131|US' AND name = 'wage_annual_median'")
    assert (wage.area, wage.usd_per_year, wage.measure) == ("US", published.value, published)
    assert wage.title == "Nursing Assistants"


def test_a_dated_figure_of_the_state_counts_before_the_nations_while_it_is_current(bundled):
    (then,) = of(bundled, program("11-1021"), on=date(2021, 1, 1))
    (now,) = of(bundled, program("11-1021"))
    assert (then.area, then.measure.provenance.as_of) == ("NJ", "2019-05")
    assert (now.area, now.measure.provenance.as_of) == ("US", "2024-05")


def test_a_states_figure_without_a_date_gives_way(bundled):
    (wage,) = of(bundled, program("31-9097", state="NY"))
    assert (wage.area, wage.measure.provenance.as_of) == ("US", "2024-05")


def test_an_hourly_wage_is_never_taken_for_a_yearly_one(bundled):
    for wage in of(bundled, program("31-9097", "31-1131", "47-2111", state="WA")):
        assert wage.measure.unit is Unit.USD_PER_YEAR
        assert wage.area == "US"


def test_an_occupation_that_the_survey_counts_with_others_has_their_title(bundled):
    (wage,) = of(bundled, program("31-1121", "31-1122"))
    assert (wage.soc, wage.title) == ("31-1120", "Home Health and Personal Care Aides")


@pytest.mark.parametrize("soc", ["27-2011", "55-2013", "99-9999"])
def test_an_unknown_wage_is_none_at_all(bundled, soc):
    assert of(bundled, program(soc)) == ()


def test_without_occupations_there_is_no_wage(bundled):
    assert of(bundled, program()) == ()
    assert wages_of(bundled, [], (), TODAY) == {}


def test_teachers_of_the_field_are_left_out_unless_the_program_trains_teachers(bundled):
    socs = ("15-1252", "25-1021")
    assert [wage.soc for wage in of(bundled, program(*socs, cip="11.0201"))] == ["15-1252"]
    assert {wage.soc for wage in of(bundled, program(*socs, cip="13.1206"))} == set(socs)
    assert {wage.soc for wage in of(bundled, program(*socs, cip="11.0201", method="published"))} == set(socs)
    assert [wage.soc for wage in of(bundled, program("25-1021", cip="11.0201"))] == ["25-1021"]


def test_the_job_that_was_asked_for_comes_first_then_the_most_common(bundled):
    socs = ("13-2082", "43-3031", "43-9111")
    assert of(bundled, program(*socs))[0].soc == "43-3031"
    assert of(bundled, program(*socs), ("13-2082",))[0].soc == "13-2082"


@pytest.mark.parametrize("language", ["en", "es"])
def test_lines_name_the_unit_the_place_and_the_date_and_stand(bundled, language):
    texts, sources, ledger = Texts(language), Sources(bundled), Ledger()
    wages = of(bundled, program("13-2082", "43-3031", "43-9111"))
    cards = wage_cards(wages, sources, ledger, texts)
    lines = list(wage_lines(cards, texts))
    assert len(lines) == 2 < len(cards)
    assert verified(lines, ledger) == (lines, [])
    for line, card in zip(lines, cards, strict=False):
        assert ("a year" if language == "en" else "al año") in line
        assert texts("wage.nation") in line
        assert f"{card.usd_per_year:,.0f}" in line
        assert card.as_of in line
    wrong = lines[0].replace("$", "$9")
    assert ledger.problem_of(wrong) is not None


def test_most_real_programs_with_a_field_have_a_wage(bundled):
    programs = bundled.select(Program, "len(soc) > 0", order="id")
    found = wages_of(bundled, programs, (), TODAY)
    assert sum(bool(wages) for wages in found.values()) / len(programs) > 0.98
