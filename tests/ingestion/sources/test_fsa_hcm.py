from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Control, EventKind, Provider, ProviderEvent
from ingestion.sources.fsa_hcm import SOURCE

FILE = "federal/hcm.csv"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("fsa_hcm", fixture_raw)


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("fsa_hcm", raw_data, check_counts=True)


def test_a_row_gives_an_event_with_method_and_reason(sample: Any) -> None:
    event = sample.by_id(ProviderEvent)["fsa_hcm:09900100:cash_monitoring"]
    assert (event.kind, event.provider_id) == (EventKind.CASH_MONITORING, "fsa_hcm:09900100")
    assert (event.action, event.reason) == ("HCM - Cash Monitoring 1", "Audit Late/Missing")
    assert (event.subject_name, event.agency) == ("LARKSPUR COLLEGE", "Federal Student Aid")


def test_the_list_has_no_date_and_says_so(sample: Any) -> None:
    event = sample.by_id(ProviderEvent)["fsa_hcm:09900100:cash_monitoring"]
    assert (event.on, event.ended_on, event.provenance.as_of) == (None, None, None)
    assert "June 2019" in SOURCE.vintage


def test_quotes_go_and_zeros_stay(sample: Any) -> None:
    assert sample.by_id(Provider)["fsa_hcm:09900100"].ids.opeid == "09900100"


def test_a_branch_stays_a_branch(sample: Any) -> None:
    branch = sample.by_id(Provider)["fsa_hcm:09900302"]
    assert (branch.ids.opeid, branch.control) == ("09900302", Control.FOR_PROFIT)


def test_a_school_abroad_has_no_state_and_names_its_country(sample: Any) -> None:
    abroad = sample.by_id(Provider)["fsa_hcm:09900500"]
    assert (abroad.place.city, abroad.place.state, abroad.control) == ("Galway", None, None)
    assert abroad.kind == "Foreign Private (IRELAND)"


def test_a_new_method_or_type_is_kept_and_reported(sample: Any) -> None:
    event = sample.by_id(ProviderEvent)["fsa_hcm:09900600:cash_monitoring"]
    assert (event.action, event.reason) == ("Reimbursement", None)
    reported = [(i["field"], i["value"]) for i in sample.issues_of(FILE, "field")]
    assert reported == [("stop pay/monitor method", "Reimbursement"), ("institution type", "Cooperative")]


def test_unusable_rows_are_held_back(sample: Any) -> None:
    held = [(i["row"], i["field"]) for i in sample.issues_of(FILE, "row")]
    assert held == [
        (5, "ope id"),
        (6, "ope id"),
        (7, "ope id"),
        (8, "institution name"),
        (9, "stop pay/monitor method"),
    ]
    assert sample.by_id(ProviderEvent)["fsa_hcm:09900100:cash_monitoring"].action == "HCM - Cash Monitoring 1"


def test_the_real_list(real: Any) -> None:
    report = real.reports[0]
    assert (report.rows_read, report.kept, report.field_issues, report.column_issues) == (526, 526, 0, 0)
    events = real.of(ProviderEvent)
    assert Counter(event.action for event in events) == {
        "HCM - Cash Monitoring 1": 443,
        "HCM - Cash Monitoring 2": 83,
    }
    assert len(real.by_id(Provider)) == 526
    assert all(event.reason for event in events)
    assert sum("Foreign" in (p.kind or "") for p in real.of(Provider)) == 36
