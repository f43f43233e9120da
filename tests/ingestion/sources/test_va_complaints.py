from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import EventKind, Fate, Provider, ProviderEvent
from ingestion.sources.va_complaints import ALL_ISSUES, COUNTED, INVALID, NOT_COUNTED

FILE = "federal/va_complaint.csv.gz"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("va_complaints", fixture_raw)


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("va_complaints", raw_data, check_counts=True)


def test_cases_are_counted_once_in_all_and_once_in_each_issue(sample: Any) -> None:
    counts = {
        e.scope: e.count for e in sample.of(ProviderEvent) if e.provider_id == "va:99000131" and e.action == COUNTED
    }
    assert counts == {
        ALL_ISSUES: 3,
        "Financial Issues (e.g. Tuition/Fee charges)": 2,
        "Other": 1,
        "Quality of Education": 1,
    }


def test_the_sum_says_how_the_cases_ended(sample: Any) -> None:
    event = sample.by_id(ProviderEvent)["va:99000131:complaints:all"]
    assert (event.kind, event.on) == (EventKind.COMPLAINTS, None)
    assert event.reason == "closed as resolved: 2, information only: 1"
    assert event.subject_name == "LARKSPUR COLLEGE"
    assert sample.by_id(ProviderEvent)["va:990X0131:complaints:all"].reason == "closed as outcome not stated: 1"


def test_invalid_and_open_cases_are_counted_apart(sample: Any) -> None:
    events = sample.by_id(ProviderEvent)
    invalid, open_ = events["va:99000131:complaints:invalid"], events["va:99000131:complaints:open"]
    assert (invalid.count, invalid.action, invalid.scope) == (1, INVALID, NOT_COUNTED)
    assert (open_.count, open_.scope) == (1, NOT_COUNTED)


def test_a_school_with_invalid_cases_alone_has_no_count(sample: Any) -> None:
    ids = {e.id for e in sample.of(ProviderEvent) if e.provider_id == "va:9900149X"}
    assert ids == {"va:9900149X:complaints:invalid"}


def test_every_row_merges_into_an_event_that_exists(sample: Any) -> None:
    fates = [f for f in sample.of(Fate) if f.file == FILE]
    assert [f.fate for f in fates] == ["merged"] * 8 + ["held_back"] * 2
    assert {f.record_id for f in fates if f.record_id} <= set(sample.by_id(ProviderEvent))


def test_schools_met_only_here_are_providers_and_spellings_are_aliases(sample: Any) -> None:
    providers = sample.by_id(Provider)
    lab, sky = providers["va:9900149X"], providers["va:99001531"]
    assert (lab.name, lab.ids.opeid, lab.place.state) == ("CAREER LAB INSTITUTE", None, "TN")
    assert sky.ids.opeid == "09901100"
    assert providers["va:99000131"].aliases == ("LARKSPUR COLLEGE (MAIN)",)


def test_unusable_rows_are_held_back(sample: Any) -> None:
    assert [(i["row"], i["field"]) for i in sample.issues_of(FILE, "row")] == [(9, "status"), (10, "facility code")]
    assert sample.issues_of(FILE, "field") == []


def test_the_real_cases(real: Any) -> None:
    report = next(r for r in real.reports if r.file == FILE)
    assert (report.rows_read, report.merged, report.held_back) == (10_320, 10_320, 0)
    assert (report.field_issues, report.column_issues) == (0, 0)
    events = real.of(ProviderEvent)
    assert len({event.id for event in events}) == len(events)
    assert sum(e.count for e in events if e.scope == ALL_ISSUES) == 4_037 + 741 + 436 + 57
    assert sum(e.count for e in events if e.action == INVALID) == 5_000
    assert sum(e.count for e in events if e.scope == NOT_COUNTED) == 5_000 + 49
    assert len({e.scope for e in events if e.action == COUNTED}) == 1 + 12
    assert max(e.count for e in events if e.scope == ALL_ISSUES) == 270
    fates = {f.record_id for f in real.of(Fate) if f.file == FILE}
    assert fates <= {event.id for event in events}
