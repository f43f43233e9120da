"""What rules rest on bears the published cells, so that a finding can be followed to the file without having it."""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path
from typing import Any

import pytest

from catalog.records import EventKind, Measure, Program, ProviderEvent

EVENTS = {
    "dapip_actions": EventKind.ACCREDITOR_ACTION,
    "fsa_hcm": EventKind.CASH_MONITORING,
    "va_caution_flags": EventKind.CAUTION_FLAG,
    "va_closures": EventKind.CLOSURE,
    "va_settlements": EventKind.SETTLEMENT,
    "va_complaints": EventKind.COMPLAINTS,
    "nj_providers": EventKind.LIST_STATUS,
}
MEASURES = {
    "nj_outcomes": {"employment_rate_q2", "average_quarterly_wage_q2"},
    "nj_search_list_2018": {"learner_rating"},
    "dol_etp": {"completion_rate", "employment_rate_q2", "median_earnings_q2"},
    "scorecard_earnings": {"median_earnings_10yr_after_entry"},
    "scorecard_institution": {"completion_rate_150pct", "undergraduates"},
    "ipeds_graduation": {"award_rate_4yr", "award_rate_6yr"},
    "va_outcomes": {"veteran_graduation_rate"},
    "earnings_thresholds": {"earnings_premium_threshold"},
}


@pytest.mark.parametrize(("source", "kind"), EVENTS.items())
def test_events_bear_their_cells(read_source: Any, fixture_raw: Path, source: str, kind: EventKind) -> None:
    found = [e for e in read_source(source, fixture_raw).of(ProviderEvent) if e.kind == kind]
    found = [e for e in found if e.provenance.source == source]
    found = [e for e in found if kind is not EventKind.COMPLAINTS or e.scope == "all issues"]
    assert found
    assert all(len(e.provenance.cells) >= 2 for e in found)


@pytest.mark.parametrize(("source", "names"), MEASURES.items())
def test_figures_bear_their_cells(read_source: Any, fixture_raw: Path, source: str, names: set[str]) -> None:
    found = [m for m in read_source(source, fixture_raw).of(Measure) if m.provenance.source == source]
    found = [m for m in found if m.name in names]
    assert {m.name for m in found} == names
    assert all(m.provenance.cells for m in found)


@pytest.mark.parametrize("source", ["nj_etpl", "dol_etp"])
def test_programs_bear_the_cells_of_price_and_length(read_source: Any, fixture_raw: Path, source: str) -> None:
    found = [p for p in read_source(source, fixture_raw).of(Program) if p.id.startswith(source)]
    assert found
    assert all(len(p.provenance.cells) >= 4 for p in found)


def test_cells_are_those_of_the_file(read_source: Any, raw_data: Path) -> None:
    """Hold every cell of New Jersey's outcomes and of the actions against the row that it names."""
    for source, name in (("nj_outcomes", "nj/nj_outcomes_by_provider_cip.csv"), ("fsa_hcm", "federal/hcm.csv")):
        rows = list(csv.DictReader(io.StringIO((raw_data / name).read_text(encoding="utf-8-sig"))))
        reading = read_source(source, raw_data)
        records = [*reading.of(Measure), *reading.of(ProviderEvent)]
        origins = [r.provenance for r in records if r.provenance.source == source]
        assert len(origins) > 500
        for origin in origins:
            for cell in origin.cells:
                column, _, text = cell.partition("=")
                assert rows[origin.row - 1][column] == text


def test_cells_of_a_packed_file_are_those_of_the_file(read_source: Any, raw_data: Path) -> None:
    path = raw_data / "federal/dapip_accreditation_actions.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    events = [e for e in read_source("dapip_actions", raw_data).of(ProviderEvent) if e.provenance.file]
    for event in events[::37]:
        for cell in event.provenance.cells:
            column, _, text = cell.partition("=")
            assert rows[event.provenance.row - 1][column] == text
