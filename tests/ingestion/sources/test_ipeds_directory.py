from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import SourceError
from catalog.records import Control, EventKind, Provider, ProviderEvent

HD = "federal/ipeds_hd.csv.gz"
LATER = "federal/ipeds_2023_institutions.csv.gz"


@pytest.fixture(scope="module")
def reading(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("ipeds_directory", fixture_raw)


@pytest.fixture(scope="module")
def providers(reading: Any) -> dict[str, Provider]:
    return dict(reading.by_id(Provider))


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("ipeds_directory", raw_data, check_counts=True)


def test_a_row_becomes_an_institution(providers: dict[str, Provider]) -> None:
    college = providers["ipeds:900001"]
    assert college.name == "Northfield Technical College"
    assert (college.level, college.kind, college.control) == ("institution", "two-year", Control.PUBLIC)
    assert (college.ids.unitid, college.ids.opeid, college.ids.ein) == ("900001", "00900100", "026000001")
    assert college.title_iv is True
    assert college.website == "www.northfield.example"
    assert college.place.latitude is None


def test_commas_that_became_bars(providers: dict[str, Provider]) -> None:
    assert providers["ipeds:900001"].place.street == "12 Mill Road, Suite 3"
    assert providers["ipeds:900003"].name == "ABSECON INSTITUTE, SCHOOL OF TRADES"
    assert providers["ipeds_system:309990"].name == "Shoreline Colleges, LLC"


def test_other_names_without_leftovers_and_without_the_same_name_in_capitals(providers: dict[str, Provider]) -> None:
    assert providers["ipeds:900001"].aliases == ("NTC", "Northfield Tech", "Shore Trade School")


def test_a_branch_is_a_campus_and_a_system_is_a_parent(providers: dict[str, Provider]) -> None:
    campus = providers["ipeds:900002"]
    assert campus.level == "campus"
    assert campus.parent_id == providers["ipeds:900001"].parent_id == "ipeds_system:309990"
    assert providers["ipeds_system:309990"].level == "system"


@pytest.mark.parametrize("unitid", ["900003", "900015"])
def test_shifted_columns_are_not_believed(reading: Any, providers: dict[str, Provider], unitid: str) -> None:
    school = providers[f"ipeds:{unitid}"]
    assert (school.parent_id, school.place.county, school.place.latitude) == (None, None, None)
    assert school.place.city == "Northfield"
    row = school.provenance.row
    assert [i["field"] for i in reading.issues_of(HD, "field") if i["row"] == row] == ["longitud"]


def test_unshifted_columns_give_the_county(providers: dict[str, Provider]) -> None:
    assert providers["ipeds:900005"].place.county == "Atlantic"


def test_the_later_directory_wins_and_fills(providers: dict[str, Provider]) -> None:
    moved = providers["ipeds:900002"]
    assert (moved.name, moved.aliases) == ("Northfield Tech at Absecon", ("NORTHFIELD TECHNICAL COLLEGE-EAST CAMPUS",))
    assert (moved.place.city, moved.place.zip, moved.place.street) == ("Absecon", "08201", None)
    assert moved.ids.ein == "226000001"
    assert moved.provenance.as_of == "2023"


def test_zeros_lost_in_2023_are_put_back(providers: dict[str, Provider]) -> None:
    college, barber = providers["ipeds:900001"], providers["ipeds:900010"]
    assert (college.ids.opeid, college.place.zip) == ("00900100", "08225")
    assert college.place.street == "12 Mill Road, Suite 3"
    assert (barber.ids.opeid, barber.place.zip) == (None, "00602")


def test_a_name_without_facts_is_kept_as_that(providers: dict[str, Provider]) -> None:
    bare = providers["ipeds:900011"]
    assert (bare.place.state, bare.control, bare.kind, bare.level, bare.title_iv) == (None, None, None, None, None)


def test_the_first_digit_that_marks_a_part_is_taken_off(providers: dict[str, Provider]) -> None:
    assert providers["ipeds:900009"].ids.opeid == "00900100"
    assert providers["ipeds:900016"].ids.opeid == "02098800"


def test_an_office_is_a_system(providers: dict[str, Provider]) -> None:
    for unitid in ("900009", "900012"):
        assert (providers[f"ipeds:{unitid}"].level, providers[f"ipeds:{unitid}"].kind) == (
            "system",
            "administrative unit",
        )


def test_participation_in_student_aid(providers: dict[str, Provider]) -> None:
    assert providers["ipeds:900002"].title_iv is True
    assert providers["ipeds:900008"].title_iv is False
    assert providers["ipeds:900009"].title_iv is None


def test_unknown_codes_are_none_and_reported(reading: Any, providers: dict[str, Provider]) -> None:
    odd = providers["ipeds:900013"]
    assert (odd.title_iv, odd.place.zip) == (None, None)
    reported = {(i["field"], i["value"]) for i in reading.issues_of(HD, "field") if i["row"] == odd.provenance.row}
    assert reported == {("opeflag", "9"), ("act", "Q"), ("zip", "ABCDE")}
    assert [i["value"] for i in reading.issues_of(LATER, "field") if i["field"] == "LEVEL"] == ["7"]
    assert providers["ipeds:900008"].ids.ein is None
    assert [i["value"] for i in reading.issues_of(HD, "field") if i["field"] == "ein"] == ["9802816"]


def test_closures_keep_their_words_and_only_real_dates(reading: Any, providers: dict[str, Provider]) -> None:
    closures = {e.provider_id: e for e in reading.of(ProviderEvent)}
    assert {e.kind for e in closures.values()} == {EventKind.CLOSURE}
    assert set(closures) == {"ipeds:900005", "ipeds:900006", "ipeds:900007"}
    gone, absorbed, vanished = (closures[f"ipeds:{u}"] for u in ("900005", "900006", "900007"))
    assert (gone.action, gone.on) == ("Closed in the current year", date(2014, 12, 31))
    assert providers["ipeds:900005"].closed_on == date(2014, 12, 31)
    assert (absorbed.action, absorbed.on, absorbed.reason) == (
        "Combined with another institution",
        None,
        "now part of UNITID 900001",
    )
    assert providers["ipeds:900006"].parent_id == "ipeds:900001"
    assert (vanished.action, vanished.on) == ("Out of business", None)
    assert [i["value"] for i in reading.issues_of(HD, "field") if i["field"] == "closedat"] == ["14-May"]


def test_a_closure_that_the_later_directory_contradicts_is_taken_back(
    reading: Any, providers: dict[str, Provider]
) -> None:
    assert providers["ipeds:900004"].closed_on is None
    assert [i["value"] for i in reading.issues_of(LATER, "field") if i["field"] == "UnitID"] == ["900004"]


def test_rows_without_number_or_name_are_held_back(reading: Any) -> None:
    held = [(i["field"], i["value"]) for file in (HD, LATER) for i in reading.issues_of(file, "row")]
    assert held == [("unitid", "12"), ("instnm", " "), ("UnitID", ""), ("INSTITUTION", "")]


def test_every_column_is_known(reading: Any) -> None:
    assert [i for i in reading.issues if i["kind"] == "column"] == []


def test_a_column_that_went_missing_is_named(
    read_source: Callable[..., Any], fixture_raw: Path, tmp_path: Path
) -> None:
    shutil.copytree(fixture_raw / "federal", tmp_path / "federal")
    path = tmp_path / HD
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"opeflag", b"ope_flag", 1)))
    with pytest.raises(SourceError, match=r"ipeds_hd\.csv\.gz.*'opeflag'.*nearest is 'ope_flag'"):
        read_source("ipeds_directory", tmp_path)


def test_the_real_directories(real: Any) -> None:
    by_file = {report.file: report for report in real.reports}
    assert (by_file[HD].rows_read, by_file[HD].kept, by_file[HD].held_back) == (7_687, 7_687, 0)
    assert (by_file[LATER].kept, by_file[LATER].merged, by_file[LATER].held_back) == (732, 5_318, 0)
    assert sum(report.column_issues for report in real.reports) == 0
    assert len([i for i in real.issues_of(HD) if i["field"] == "longitud"]) == 500
    assert len(real.of(ProviderEvent)) == 182


def test_no_real_record_holds_a_marker_or_a_dangling_parent(real: Any) -> None:
    providers = real.by_id(Provider)
    assert all(p.ids.opeid is None or p.ids.opeid.startswith("0") for p in providers.values())
    assert {p.parent_id for p in providers.values() if p.parent_id} <= providers.keys()
    assert not any(p.name.isdigit() or "|" in p.name for p in providers.values())
    known = providers["ipeds:100654"]
    assert (known.name, known.ids.ein, known.ids.opeid) == ("Alabama A & M University", "636001109", "00100200")
    assert providers["ipeds_system:302410"].name == "ITT Educational Services Inc."
