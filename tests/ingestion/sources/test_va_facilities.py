from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Place, Provider

FILE = "federal/va_facility_crosswalk.csv.gz"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("va_facilities", fixture_raw)


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("va_facilities", raw_data, check_counts=True)


def test_a_facility_carries_both_federal_ids(sample: Any) -> None:
    found = sample.by_id(Provider)["va:99000131"]
    assert (found.ids.va_facility, found.ids.opeid, found.ids.unitid) == ("99000131", "09900100", "999101")
    assert (found.name, found.place) == ("LARKSPUR COLLEGE", Place(city="TRENTON", state="NJ"))
    assert found.provenance.as_of == "2017-03"


def test_none_and_vas_own_numbers_are_unknown(sample: Any) -> None:
    providers = sample.by_id(Provider)
    assert (providers["va:990X0131"].ids.unitid, providers["va:990X0131"].ids.opeid) == (None, "09900300")
    assert (providers["va:99A00131"].ids.unitid, providers["va:99A00131"].ids.opeid) == ("999105", None)
    assert (providers["va:99000331"].ids.unitid, providers["va:99000331"].ids.opeid) == (None, None)
    assert providers["va:99000531"].ids.unitid is None


def test_a_lettered_opeid_is_reported(sample: Any) -> None:
    assert sample.by_id(Provider)["va:99000531"].ids.opeid is None
    assert (7, "ope", '"099004A1"') in [(i["row"], i["field"], i["value"]) for i in sample.issues_of(FILE, "field")]


def test_the_mark_of_a_withdrawn_approval_leaves_the_name(sample: Any) -> None:
    providers = sample.by_id(Provider)
    barbers, harbor, hair = (providers[f"va:{code}"] for code in ("99A00131", "99000231", "99000631"))
    assert (barbers.name, barbers.aliases) == ("GARDEN STATE BARBERS", ("Z (W/D)GARDEN STATE BARBERS",))
    assert harbor.name == "HARBOR TECHNICAL INSTITUTE-DOVER"
    assert (hair.name, hair.aliases) == ("Z HAIR ACADEMY", ())


def test_a_school_abroad_has_no_state(sample: Any) -> None:
    assert sample.by_id(Provider)["va:99000431"].place == Place(city="GALWAY, H91")


def test_filler_and_repeated_rows_are_held_back(sample: Any) -> None:
    held = [(i["row"], i["field"], i["value"]) for i in sample.issues_of(FILE, "row")]
    assert held == [(9, "facility code", "XX"), (10, "facility code", "99000131")]
    assert sample.issues_of(FILE, "column") == []


def test_the_real_crosswalk(real: Any) -> None:
    report = real.reports[0]
    assert (report.rows_read, report.kept, report.held_back) == (11_276, 11_275, 1)
    assert (report.field_issues, report.column_issues) == (6 + 1, 0)
    providers = real.of(Provider)
    assert sum(p.ids.unitid is None for p in providers) == 1_028 + 2 + 1
    assert sum(p.ids.opeid is None for p in providers) == 29 + 6
    assert sum(any(c.isalpha() for c in p.ids.va_facility or "") for p in providers) == 385
    assert sum(bool(p.aliases) for p in providers) == 56
