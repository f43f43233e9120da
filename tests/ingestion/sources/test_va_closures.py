from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.records import EventKind, Provider, ProviderEvent

FILE = "federal/va_school_closure.csv"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("va_closures", fixture_raw)


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("va_closures", raw_data, check_counts=True)


def test_a_closure_has_date_and_message(sample: Any) -> None:
    closure = sample.by_id(ProviderEvent)["va:99000231:school_closure"]
    assert (closure.kind, closure.on) == (EventKind.CLOSURE, date(2016, 9, 6))
    assert closure.action == "Harbor Technical schools are closing on September 6th, 2016."
    assert sample.by_id(Provider)["va:99000231"].provenance.source == "va_facilities"


def test_notes_and_a_missing_message(sample: Any) -> None:
    events = sample.by_id(ProviderEvent)
    assert events["va:99A01131:school_closure"].reason == "teach-out at another school"
    undated = events["va:99001231:school_closure"]
    assert (undated.action, undated.on) == ("School closing", None)


def test_a_school_met_only_here_is_a_provider(sample: Any) -> None:
    madison = sample.by_id(Provider)["va:99A01131"]
    assert madison.name == "HARBOR TECHNICAL INSTITUTE-MADISON"
    assert madison.aliases == ("Z WD HARBOR TECHNICAL INSTITUTE-MADISON",)


def test_a_school_that_does_not_close_is_no_closure(sample: Any) -> None:
    held = [(i["row"], i["field"], i["value"]) for i in sample.issues_of(FILE, "row")]
    assert held == [(4, "school closing", "false"), (5, "school closing", ""), (6, "facility code", "1431")]
    assert "va:99001331" not in sample.by_id(Provider)


def test_the_real_list(real: Any) -> None:
    report = next(r for r in real.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.field_issues, report.column_issues) == (154, 154, 0, 0)
    events = real.of(ProviderEvent)
    assert {event.on for event in events} == {date(2016, 9, 6)}
    assert all("ITT TECH" in (event.subject_name or "") for event in events)
    assert sum(p.provenance.source == "va_closures" for p in real.of(Provider)) == 4
