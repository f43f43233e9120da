from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.records import EventKind, Provider, ProviderEvent

FILE = "federal/va_caution_flag.csv"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("va_caution_flags", fixture_raw)


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("va_caution_flags", raw_data, check_counts=True)


def test_a_flag_keeps_its_words_date_and_link(sample: Any) -> None:
    flag = sample.by_id(ProviderEvent)["va:99000131:caution_flag:2015-11-16:1"]
    assert (flag.kind, flag.provider_id) == (EventKind.CAUTION_FLAG, "va:99000131")
    assert flag.action == "Settlement with the Example Bureau, Upcoming Campus Closure (Details on Website)"
    assert (flag.on, flag.url) == (date(2015, 11, 16), "https://www.example.gov/press/settlement")
    assert (flag.reason, flag.scope, flag.system_name) == (None, "school system 309900", None)
    assert flag.subject_name == "LARKSPUR COLLEGE-TRENTON"


def test_a_description_that_says_more_is_the_reason(sample: Any) -> None:
    flag = sample.by_id(ProviderEvent)["va:990X0131:caution_flag:undated:1"]
    assert flag.reason == "States Attorney General Filed Suit over job claims"
    assert flag.on is None


def test_a_closing_date_is_an_event_and_no_fact_of_the_school(sample: Any) -> None:
    closure = sample.by_id(ProviderEvent)["va:99000131:closure:2019-02-25:1"]
    assert (closure.kind, closure.on) == (EventKind.CLOSURE, date(2019, 2, 25))
    assert sample.by_id(Provider)["va:99000131"].closed_on is None


def test_only_a_false_section_702_is_a_flag(sample: Any) -> None:
    flagged = [e.provider_id for e in sample.of(ProviderEvent) if "Section 702" in e.action]
    assert flagged == ["va:99000731"]


def test_a_repeated_flag_is_merged(sample: Any) -> None:
    assert sum(e.action.startswith("Flight") for e in sample.of(ProviderEvent)) == 1
    report = next(r for r in sample.reports if r.file == FILE)
    assert (report.kept, report.merged, report.held_back) == (4, 1, 2)


def test_a_school_met_only_here_is_a_provider_and_a_known_one_gains_a_name(sample: Any) -> None:
    providers = sample.by_id(Provider)
    assert providers["va:99000731"].name == "STATE COLLEGE OF EXAMPLE"
    assert providers["va:99000131"].name == "LARKSPUR COLLEGE"
    assert providers["va:99000131"].aliases == ("LARKSPUR COLLEGE-TRENTON",)


def test_bad_cells_and_rows_are_reported(sample: Any) -> None:
    assert [(i["field"], i["value"]) for i in sample.issues_of(FILE, "field")] == [("settlement date", "soon")]
    assert [(i["row"], i["field"]) for i in sample.issues_of(FILE, "row")] == [(6, "settlement title"), (7, "id")]
    assert "va:99000831:caution_flag:undated:1" in sample.by_id(ProviderEvent)


def test_the_real_flags(real: Any) -> None:
    report = next(r for r in real.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.field_issues, report.column_issues) == (227, 227, 0, 0)
    events = real.of(ProviderEvent)
    assert Counter(event.kind for event in events) == {EventKind.CAUTION_FLAG: 227, EventKind.CLOSURE: 31}
    assert sum(event.on is None for event in events) == 11
    assert not any("702" in event.action for event in events)
    new = [p for p in real.of(Provider) if p.provenance.source == "va_caution_flags"]
    assert len(new) == 227 - 187
