from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Accreditation, EventKind, ProviderEvent
from ingestion.accreditors import INSTITUTIONAL, OWN_DOING, SCHOOL_CLOSED, SCHOOLS_DOING, is_negative

FILE = "federal/dapip_accreditation_actions.csv.gz"
PROBATION = "Probation or Equivalent or a More Severe Status: Probation"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("dapip_actions", fixture_raw)


@pytest.fixture(scope="module")
def real(read_source: Callable[..., Any], raw_data: Path) -> Any:
    return read_source("dapip_actions", raw_data, check_counts=True)


def test_an_action_carries_all_that_a_judgement_needs(sample: Any) -> None:
    probation = sample.by_id(ProviderEvent)["dapip:900010:action:4-1-1:2018-05-14:1"]
    assert probation.kind is EventKind.ACCREDITOR_ACTION
    assert (probation.provider_id, probation.agency) == ("dapip:900010", "Board of Regional Colleges")
    assert (probation.scope, probation.sequence) == ("Institutional Accreditation", 1)
    assert (probation.action, probation.on, probation.ended_on) == (PROBATION, date(2018, 5, 14), date(2020, 7, 24))
    assert probation.reason == "Significantly out of compliance - student achievement"
    assert probation.url == "https://ope.ed.gov/dapip/#/institution-profile/900010"


def test_the_end_and_its_action_meet_by_key_and_day(sample: Any) -> None:
    events = sample.by_id(ProviderEvent)
    probation = events["dapip:900010:action:4-1-1:2018-05-14:1"]
    removal = events["dapip:900010:action:4-1-1:2020-07-24:1"]
    assert probation.provenance.record_id == removal.provenance.record_id == "900010:4:1:1"
    assert probation.ended_on == removal.on
    assert removal.reason is None, "an agency's own words name owners and officers: they stay out"


def test_an_action_shares_the_key_of_its_accreditation(read_source: Callable[..., Any], fixture_raw: Path) -> None:
    accreditations = read_source("dapip_accreditations", fixture_raw).of(Accreditation)
    keys = {record.provenance.record_id for record in accreditations}
    events = read_source("dapip_actions", fixture_raw).of(ProviderEvent)
    assert {event.provenance.record_id for event in events} <= keys


def test_repeated_rows_merge(sample: Any) -> None:
    renewals = {
        key: event.reason for key, event in sample.by_id(ProviderEvent).items() if event.action.startswith("Renewal")
    }
    assert renewals == {
        "dapip:900010:action:36-90-2:2019-07-26:1": "Additional oversight is required",
    }
    report = next(r for r in sample.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (11, 6, 2, 3)


def test_a_placeholder_end_is_no_end_and_spaces_are_single(sample: Any) -> None:
    removed = sample.by_id(ProviderEvent)["dapip:900010:action:4-1-1:2017-11-02:1"]
    assert removed.ended_on is None
    assert removed.reason is None
    assert removed.action == "Accreditation Reaffirmed: Warning Removed"


def test_an_end_before_the_action_is_reported_and_still_an_end(sample: Any) -> None:
    warning = sample.by_id(ProviderEvent)["dapip:900010002:action:4-1-1:2020-05-21:1"]
    assert warning.ended_on == date(2020, 5, 8)
    assert [(i["field"], i["value"]) for i in sample.issues_of(FILE, "field")] == [("EndDate", "2020-05-08")]


def test_no_words_are_no_reason(sample: Any) -> None:
    events = sample.by_id(ProviderEvent)
    assert events["dapip:900010002:action:4-1-1:2020-05-21:1"].reason is None
    assert events["dapip:900030:action:4-1-1:undated:1"].reason is None
    assert events["dapip:900030:action:4-1-1:undated:1"].on is None


def test_rows_about_nobody_or_nothing_are_held_back(sample: Any) -> None:
    held = [(i["row"], i["field"]) for i in sample.issues_of(FILE, "row")]
    assert held == [(9, "DapipId"), (10, "ActionDescription"), (11, "ProgramName")]


def test_the_real_table(real: Any) -> None:
    report = next(r for r in real.reports if r.file == FILE)
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (30_599, 29_522, 1_077, 0)
    assert (report.field_issues, report.column_issues) == (3, 0)
    events = real.by_id(ProviderEvent)
    assert len(events) == 29_522
    ended = [event for event in events.values() if event.ended_on is not None]
    assert len(ended) == 383
    assert sum(event.on is None for event in events.values()) == 0
    assert len({event.reason for event in events.values()}) < 60, "only the agency's listed reasons"
    assert not any("JustificationOther" in cell for event in events.values() for cell in event.provenance.cells)


def test_every_real_end_date_has_its_restoring_action(real: Any) -> None:
    events = real.of(ProviderEvent)
    restored = {
        (event.provenance.record_id, event.on)
        for event in events
        if event.action.startswith(("Accreditation Reaffirmed", "Removal of", "Renewal of"))
    }
    assert all((e.provenance.record_id, e.ended_on) in restored for e in events if e.ended_on)


def test_of_an_agency_s_own_words_only_the_school_s_doing_is_kept(real: Any) -> None:
    """A loss by closing, merger or withdrawal is no sanction; the words that say so are left out."""
    losses = [e for e in real.of(ProviderEvent) if e.action in OWN_DOING]
    own = [e for e in losses if e.reason in (SCHOOLS_DOING, SCHOOL_CLOSED)]
    assert 100 <= len(own) < len(losses)
    assert 30 <= sum(e.reason == SCHOOL_CLOSED and e.scope == INSTITUTIONAL for e in own) <= 45
    assert not any(is_negative(event) for event in own)
    assert not any(
        e.reason in (SCHOOLS_DOING, SCHOOL_CLOSED) for e in real.of(ProviderEvent) if e.action not in OWN_DOING
    )
