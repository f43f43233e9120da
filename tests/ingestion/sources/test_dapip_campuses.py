from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Place, Provider

FILE = "federal/dapip_institute_campuses.csv.gz"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("dapip_campuses", fixture_raw)


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("dapip_campuses", raw_data, check_counts=True)


def reasons(reading: Any, kind: str) -> list[tuple[str, str]]:
    return [(i["field"], i["value"]) for i in reading.issues_of(FILE, kind)]


def test_an_institution_has_ids_address_and_page(sample: Any) -> None:
    college = sample.by_id(Provider)["dapip:900010"]
    assert (college.name, college.level, college.parent_id) == ("Larkspur College", "institution", None)
    assert (college.ids.dapip, college.ids.opeid, college.ids.unitid) == ("900010", "09900100", "999101")
    assert college.place == Place(street="12 Elm Street, Suite 4", city="Trenton", state="NJ", zip="08608")
    assert college.provenance.url == "https://ope.ed.gov/dapip/#/institution-profile/900010"
    assert (college.provenance.as_of, college.provenance.row) == ("2020-11", 1)


def test_a_location_that_reports_to_ipeds_is_a_campus(sample: Any) -> None:
    providers = sample.by_id(Provider)
    assert (providers["dapip:900010002"].level, providers["dapip:900010002"].parent_id) == ("campus", "dapip:900010")
    assert (providers["dapip:900010003"].level, providers["dapip:900010003"].parent_id) == ("location", "dapip:900010")
    assert (providers["dapip:900060"].level, providers["dapip:900060"].parent_id) == ("location", None)


def test_a_site_is_no_institution(sample: Any) -> None:
    providers = sample.by_id(Provider)
    assert (providers["dapip:900020"].level, providers["dapip:900020"].kind) == (None, "Site")
    assert (providers["dapip:900020002"].level, providers["dapip:900020002"].parent_id) == ("location", "dapip:900020")


def test_damaged_addresses_and_names_are_read_as_meant(sample: Any) -> None:
    providers = sample.by_id(Provider)
    assert providers["dapip:900010003"].name == "Larkspur College – High School Center"
    assert providers["dapip:900010003"].place == Place(street="1 Oak Ave", city="Newark", state="NJ", zip="07102")
    assert providers["dapip:900020"].place == Place(street="40 West Street", city="Dover", state="DE")
    assert providers["dapip:900020002"].place == Place(city="Dover", state="DE", zip="19901")
    assert providers["dapip:900030"].place == Place(city="Salem", state="OR", zip="97301")
    assert providers["dapip:900040"].place == Place(street="PO Box 9", city="Ponce", state="PR")
    assert providers["dapip:900060"].place.zip == "89501"
    assert providers["dapip:900090"].place == Place()


def test_unusable_ids_are_reported_not_guessed(sample: Any) -> None:
    providers = sample.by_id(Provider)
    for number in ("900020", "900030", "900040", "900050", "900060", "900090"):
        assert providers[f"dapip:{number}"].ids.unitid is None
    for number in ("900020", "900040", "900050", "900060", "900090"):
        assert providers[f"dapip:{number}"].ids.opeid is None
    assert reasons(sample, "field") == [
        ("IpedsUnitIds", "999103, 999104"),
        ("OpeId", "099004A1"),
        ("OpeId", "666800"),
        ("Address", "5 Ash Lane, Pearson, GA GA"),
        ("LocationType", "Annex"),
        ("ParentDapipId", "none given"),
        ("IpedsUnitIds", "12345"),
    ]


def test_nameless_repeated_and_misnumbered_rows_are_held_back(sample: Any) -> None:
    assert reasons(sample, "row") == [("LocationName", ""), ("DapipId", "900010"), ("DapipId", "90A080")]
    assert sample.by_id(Provider)["dapip:900010"].name == "Larkspur College"


def test_the_real_table(real: Any) -> None:
    report = real.reports[0]
    assert (report.rows_read, report.kept, report.held_back) == (32_738, 32_738, 0)
    assert report.column_issues == 0
    providers = real.by_id(Provider)
    assert len(providers) == 32_738
    parents = {p.parent_id for p in providers.values() if p.parent_id}
    assert len(parents) == 2_925
    assert parents <= set(providers)
    levels = [p.level for p in providers.values()]
    assert {level: levels.count(level) for level in ("institution", "campus", "location", None)} == {
        "institution": 9_682,
        "campus": 1_898,
        "location": 19_871,
        None: 1_287,
    }
    institutions = [p for p in providers.values() if p.level == "institution"]
    assert round(sum(p.ids.opeid is None for p in institutions) / len(institutions), 2) == 0.26
    assert providers["dapip:141893"].ids.unitid is None


def test_the_real_addresses(real: Any) -> None:
    places = [p.place for p in real.of(Provider)]
    assert sum(place.state is None for place in places) == 1
    assert sum(place.zip is None for place in places) == 261
    assert all(place.city and "," not in place.city for place in places if place.state)
    assert len(real.issues_of(FILE, "field")) == 38
