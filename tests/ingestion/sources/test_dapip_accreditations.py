from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Accreditation, Provider

FILE = "federal/dapip_accreditation_records.csv.gz"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("dapip_accreditations", fixture_raw)


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("dapip_accreditations", raw_data, check_counts=True)


def test_an_accreditation_names_agency_scope_and_dates(sample: Any) -> None:
    found = sample.by_id(Accreditation)["dapip:900010:accreditation:36-90-1"]
    assert found.provider_id == "dapip:900010"
    assert (found.agency_id, found.scope) == ("36", "Practical Nursing (PN) - Certificate programs")
    assert found.agency == "Council for Nursing Programs, Inc. – formerly: League of Nursing"
    assert (found.status, found.since, found.ended_on) == ("Preaccredited", date(2010, 11, 3), date(2015, 6, 30))
    assert (found.review_on, found.ending_action_id) == (date(2025, 9, 21), "1")
    assert found.provenance.record_id == "900010:36:90:1"


def test_an_estimated_date_says_so(sample: Any) -> None:
    records = sample.by_id(Accreditation)
    institutional = records["dapip:900010:accreditation:4-1-1"]
    assert (institutional.since, institutional.since_estimated) == (date(1954, 1, 1), True)
    assert records["dapip:900010:accreditation:36-90-2"].since_estimated is False


def test_an_impossible_year_is_reported_and_unknown(sample: Any) -> None:
    found = sample.by_id(Accreditation)["dapip:900010002:accreditation:4-1-1"]
    assert (found.since, found.since_estimated, found.review_on) == (None, None, None)
    reported = {i["value"]: i["reason"] for i in sample.issues_of(FILE, "field") if i["row"] == 4}
    assert reported["9/22/8014 12:00:00 AM"] == "year 8014 is not plausible"
    assert reported["12/31/2123"] == "year 2123 is not plausible"


def test_the_placeholder_date_is_unknown_without_a_report(sample: Any) -> None:
    found = sample.by_id(Accreditation)["dapip:900010003:accreditation:4-1-1"]
    assert (found.since, found.since_estimated) == (None, None)
    assert [i for i in sample.issues_of(FILE) if i["row"] == 5] == []


def test_other_bad_cells_are_reported(sample: Any) -> None:
    reported = [(i["row"], i["field"], i["value"]) for i in sample.issues_of(FILE, "field")]
    assert (3, "ReviewDate", "4/1//2022") in reported
    assert (9, "AccreditationDate", "2/30/2005 12:00:00 AM") in reported
    assert (9, "InitialDateFlag", "Guessed") in reported
    assert sample.by_id(Accreditation)["dapip:900030:accreditation:4-1-2"].since is None


def test_rows_that_cannot_stand_are_held_back(sample: Any) -> None:
    held = [(i["row"], i["field"]) for i in sample.issues_of(FILE, "row")]
    assert held == [
        (7, "DapipId"),
        (8, "SequentialId"),
        (10, "AccreditationStatus"),
        (11, "AgencyName"),
        (12, "AgencyId"),
    ]


def test_the_real_table(real: Any) -> None:
    report = next(r for r in real.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.held_back, report.field_issues) == (49_204, 49_204, 0, 4)
    assert report.column_issues == 0
    records = real.by_id(Accreditation)
    assert len(records) == 49_204
    assert {r.provider_id for r in records.values()} <= set(real.by_id(Provider))
    assert sum(r.since is None for r in records.values()) == 28 + 1 + 1
    assert sum(bool(r.since_estimated) for r in records.values()) == 14_014
    assert sum(r.ended_on is not None for r in records.values()) == 17_045
    assert records["dapip:137272010:accreditation:4-1-1"].since is None
