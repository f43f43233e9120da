from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.records import EventKind, Provider, ProviderEvent

FILE = "federal/va_settlement.csv"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("va_settlements", fixture_raw)


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("va_settlements", raw_data, check_counts=True)


def mine(reading: Any) -> dict[str, ProviderEvent]:
    return {e.id: e for e in reading.of(ProviderEvent) if e.provenance.source == "va_settlements"}


def test_one_settlement_repeated_on_a_chain_names_the_system(sample: Any) -> None:
    events = [e for e in mine(sample).values() if e.system_name == "Chain Colleges Inc."]
    assert [(e.id, e.subject_name) for e in events] == [
        ("ipeds:999201:settlement:2016-12-21:1", "CHAIN COLLEGE-ALBANY"),
        ("ipeds:999202:settlement:2016-12-21:1", "CHAIN COLLEGE-BOSTON"),
        ("ipeds:999202:settlement:2016-12-21:2", "CHAIN COLLEGE-CONCORD"),
    ]
    assert {(e.action, e.on, e.url, e.scope) for e in events} == {
        (
            "Settlement reached with the Example Commission",
            date(2016, 12, 21),
            "https://www.example.gov/press/settlement",
            "school system 309900",
        )
    }


def test_the_name_beside_the_id_stays_for_a_check(sample: Any) -> None:
    institution = sample.by_id(Provider)["ipeds:999202"]
    assert (institution.name, institution.aliases) == ("CHAIN COLLEGE-BOSTON", ())
    assert institution.ids.unitid == "999202"


def test_the_id_of_another_school_leaves_that_school_unchanged(sample: Any) -> None:
    event = mine(sample)["ipeds:999201:settlement:2016-02-02:1"]
    school = sample.by_id(Provider)["ipeds:999201"]
    assert (event.subject_name, event.action) == ("PALM HARBOR COLLEGE", "Flight Program - Suspended")
    assert (school.name, school.aliases) == ("CHAIN COLLEGE-ALBANY", ())


def test_a_notice_that_is_no_settlement_is_not_called_one(sample: Any) -> None:
    kinds = {e.id: e.kind for e in mine(sample).values()}
    assert kinds["ipeds:999201:settlement:2016-12-21:1"] is EventKind.SETTLEMENT
    assert kinds["ipeds:999203:settlement:2020-03-09:1"] is EventKind.CAUTION_FLAG
    assert kinds["ipeds:999204:settlement:undated:1"] is EventKind.CAUTION_FLAG


def test_a_repeated_row_is_merged_and_its_own_name_is_no_system(sample: Any) -> None:
    events = [e for e in mine(sample).values() if e.provider_id == "ipeds:999203"]
    assert [(e.system_name, e.scope) for e in events] == [(None, None)]
    report = next(r for r in sample.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (12, 8, 1, 3)


def test_an_id_in_the_shape_of_a_facility_code_is_a_facility(sample: Any) -> None:
    providers = sample.by_id(Provider)
    assert mine(sample)["va:990X0131:settlement:2018-01-30:1"].subject_name == "TWIN RIVERS UNIVERSITY"
    assert providers["va:990X0131"].provenance.source == "va_facilities"
    assert providers["va:99001031"].name == "ISLES TECHNICAL UNIVERSITY"


def test_unusable_rows_are_held_back(sample: Any) -> None:
    held = [(i["row"], i["field"]) for i in sample.issues_of(FILE, "row")]
    assert held == [(9, "unitid"), (10, "instnm"), (12, "settlement_description")]


def test_the_real_list(real: Any) -> None:
    report = next(r for r in real.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (260, 258, 2, 0)
    assert (report.field_issues, report.column_issues) == (0, 0)
    events = mine(real).values()
    assert Counter(e.kind for e in events) == {EventKind.SETTLEMENT: 140, EventKind.CAUTION_FLAG: 118}
    assert sum(e.provider_id.startswith("va:") for e in events) == 11
    assert sum(e.on is None for e in events) == 4
    chains = Counter(e.system_name for e in events if e.system_name)
    assert chains["Dream Center Education Holdings, LLC"] == 37
    assert chains["DeVry University Inc."] == 27
    providers = real.by_id(Provider)
    assert {e.provider_id for e in events} <= set(providers)
    strange = mine(real)["ipeds:442222:settlement:2016-02-02:1"]
    assert strange.subject_name == "PALO ALTO COLLEGE"
    assert "PALO ALTO COLLEGE" not in (providers["ipeds:442222"].name, *providers["ipeds:442222"].aliases)
