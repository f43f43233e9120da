"""A provider check as data: the inquiry, and the answer with its receipts, for JSON and batches."""

from __future__ import annotations

from datetime import date

import us
from pydantic import ConfigDict, Field, field_validator

from catalog.records import AsOf, Record


class Inquiry(Record):
    """Whom to check: a name with its place, or a register number, and perhaps one program of it.

    Numbers may be given as numbers; a state by its name or its two letters.
    """

    model_config = ConfigDict(coerce_numbers_to_str=True)

    id: str | int | None = None
    name: str | None = None
    city: str | None = None
    state: str | None = None
    opeid: str | None = None
    unitid: str | None = None
    nj_providerid: str | None = None
    program: str | None = None

    @field_validator("state")
    @classmethod
    def _two_letters(cls, value: str | None) -> str | None:
        if value is None or not value.strip():
            return None
        found = us.states.lookup(value.strip())
        if found is None:
            raise ValueError(f"{value!r} is no state; give two letters, for example NJ")
        return str(found.abbr)


class RecordRef(Record):
    """One register's record of a school, and by what it is known to be the same school."""

    id: str
    name: str
    method: str | None


class Match(Record):
    """The school that is meant: its numbers by kind, and how it was found."""

    id: str
    name: str
    city: str | None
    state: str | None
    ids: dict[str, tuple[str, ...]]
    method: str
    records: tuple[RecordRef, ...] = ()


class SourceRef(Record):
    """Where a statement comes from."""

    publisher: str | None
    url: str | None
    as_of: AsOf | None


class CheckedFinding(Record):
    """A finding with its words and its receipt; `evidence` are published cells, `file|row|column=value`."""

    id: str
    rule: str
    subject_kind: str
    subject_id: str
    verdict: str
    severity: str
    stale: bool
    message: str
    evidence: tuple[str, ...]
    source: SourceRef


class AccreditationRef(Record):
    """An accreditation without an end in the file; `review_past` where its next review was due before the file."""

    agency: str
    scope: str | None
    status: str
    since: date | None
    review_on: date | None
    review_past: bool
    source: SourceRef


class ActRef(Record):
    """A dated act in its source's words: open, unclear or ended, and by what."""

    on: date | None
    kind: str
    action: str
    agency: str | None
    scope: str | None
    reason: str | None
    state: str
    ended_by: str | None
    ended_on: date | None
    source: SourceRef


class Checked(Record):
    """The answer to one inquiry."""

    id: str | int | None
    matched: Match | None
    candidates: tuple[Match, ...] = ()
    candidate_count: int = 0
    program: str | None = None
    findings: tuple[CheckedFinding, ...] = ()
    accreditations: tuple[AccreditationRef, ...] = ()
    events: tuple[ActRef, ...] = ()
    eqos: dict[str, str] = Field(default_factory=dict)
    eqos_figures: tuple[str, ...] = ()
    nobody_reports: tuple[str, ...] = ()
    ask: tuple[str, ...] = ()
    complain: tuple[str, ...] = ()
    snapshot: str = ""
