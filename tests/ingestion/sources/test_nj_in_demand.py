"""In-demand lists, county waivers and online programs."""

from __future__ import annotations

import pytest

from catalog.records import CodeMap


@pytest.fixture(scope="module")
def reading(read_source, fixture_raw):
    return read_source("nj_in_demand", fixture_raw)


def test_lists_keep_their_year(reading):
    pairs = {(m.from_code, m.to_code) for m in reading.of(CodeMap) if m.from_system == "cip"}
    assert ("51.1009", "2020") in pairs
    assert ("51.1009", "2023-05") in pairs
    assert ("48.0508", "county:Mercer") in pairs


def test_only_the_latest_list_makes_a_field_in_demand_everywhere(reading):
    notes = reading.shelf.notes["nj_in_demand"]
    assert notes["statewide"] == {"51.1009", "51.3902"}
    assert notes["waived"] == {"48.0508": {"Mercer"}}
    assert notes["online"] == {"70003"}


def test_unreadable_codes_are_held_back(reading):
    assert {r.file for r in reading.reports if r.held_back} == {
        "nj/nj_in_demand_socs_2023.csv",
        "nj/nj_online_program_ids.csv",
    }


def test_real_lists(read_source, raw_data):
    reading = read_source("nj_in_demand", raw_data, check_counts=True)
    assert {r.file: r.kept for r in reading.reports} == {
        "nj/nj_in_demand_cips_2020.csv": 722,
        "nj/nj_in_demand_cips_2023.csv": 839,
        "nj/nj_in_demand_socs_2020.csv": 109,
        "nj/nj_in_demand_socs_2023.csv": 133,
        "nj/nj_local_exceptions_20200701.csv": 5,
        "nj/nj_online_program_ids.csv": 304,
    }
