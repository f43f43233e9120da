"""Complaints about schools to VA's feedback system, counted by school and by issue.

As in VA's own comparison tool only cases count that VA has closed, and not as invalid; the others
are counted apart. A case can name several issues, so the issues' counts add up to more than the
count of all cases. The file says nothing about when a case came in.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from catalog.records import EventKind, Place, Provenance, Provider, ProviderEvent
from ingestion import cells, va
from ingestion.context import Context
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILES = (
    SourceFile(
        "federal/va_complaint.csv.gz",
        as_of="2019-06",
        rows=(5_000, 40_000),
        # Level and both dates are blank; the benefits say which law paid, not what went wrong.
        ignored=frozenset({"case id", "level", "submitted", "closed", "education benefits"}),
    ),
)

COUNTED = "Complaints to the Department of Veterans Affairs"
INVALID = "Complaints that the Department of Veterans Affairs closed as invalid"
OPEN = "Complaints that the Department of Veterans Affairs had not closed"
ALL_ISSUES = "all issues"
NOT_COUNTED = "not counted"

STATUSES = frozenset({"closed", "active", "pending", "reserved"})
VA_OPEID = re.compile(r"VA\d{6}")
ID_WORDS = re.compile(r"[^a-z]+")


@dataclass
class Tally:
    """The cases about one facility so far."""

    provider: Provider
    first: Provenance
    issues: Counter[str] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    rows: list[int] = field(default_factory=list)
    counted: int = 0
    invalid: int = 0
    open: int = 0


def read(context: Context) -> None:
    """Merge the cases of each facility into its counts, and emit these at the end."""
    tallies: dict[str, Tally] = {}
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row, tallies)
    for tally in tallies.values():
        for event in _events(tally):
            context.emit(event)


def _read_row(context: Context, row: Row, tallies: dict[str, Tally]) -> None:
    status, outcome, issues = row.text("status"), row.text("closed reason"), row.text("issues")
    place = Place(city=row.text("school city"), state=row.parse("school state", cells.as_state))
    opeid = row.parse("opeid", _as_opeid)
    found = va.facility(row, "facility code", "school")
    if found is None:
        return None
    if status not in STATUSES:
        return row.hold("status", status or "", f"not one of {', '.join(sorted(STATUSES))}")
    provider = va.described(found, place=place, opeid=opeid)
    if va.is_new(context.shelf, provider):
        row.also(provider)
    tally = tallies.setdefault(provider.id, Tally(provider, provider.provenance))
    if status != "closed":
        tally.open += 1
        return row.merge(_event_id(provider.id, "open"))
    if outcome == "invalid":
        tally.invalid += 1
        return row.merge(_event_id(provider.id, "invalid"))
    tally.counted += 1
    tally.rows.append(row.number)
    tally.outcomes[outcome or "outcome not stated"] += 1
    tally.issues.update(dict.fromkeys((part.strip() for part in (issues or "").split(",") if part.strip()), 1))
    return row.merge(_event_id(provider.id, "all"))


def _as_opeid(raw: str) -> str | None:
    """Numbers that VA gave to schools without OPEID are none."""
    return None if VA_OPEID.fullmatch(cells.clean(raw)) else cells.as_opeid(raw)


def _event_id(provider: str, what: str) -> str:
    return f"{provider}:complaints:{what}"


def _events(tally: Tally) -> list[ProviderEvent]:
    events = []
    if tally.counted:
        outcomes = ", ".join(f"{outcome}: {count}" for outcome, count in tally.outcomes.most_common())
        event = _event(tally, "all", COUNTED, ALL_ISSUES, tally.counted, f"closed as {outcomes}")
        counted = f"rows counted={' '.join(map(str, tally.rows))}"
        first = tally.first.model_copy(update={"cells": (*tally.first.cells, counted)})
        events.append(event.model_copy(update={"provenance": first}))
    for issue, count in sorted(tally.issues.items()):
        slug = ID_WORDS.sub("-", issue.lower()).strip("-")
        events.append(_event(tally, f"issue:{slug}", COUNTED, issue, count))
    if tally.invalid:
        events.append(_event(tally, "invalid", INVALID, NOT_COUNTED, tally.invalid))
    if tally.open:
        events.append(_event(tally, "open", OPEN, NOT_COUNTED, tally.open))
    return events


def _event(tally: Tally, what: str, action: str, scope: str, count: int, reason: str | None = None) -> ProviderEvent:
    return ProviderEvent(
        id=_event_id(tally.provider.id, what),
        provider_id=tally.provider.id,
        subject_name=tally.provider.name,
        kind=EventKind.COMPLAINTS,
        action=action,
        reason=reason,
        scope=scope,
        count=count,
        provenance=tally.first,
    )


SOURCE = Source(
    name="va_complaints",
    title="Complaints to VA about schools",
    publisher=va.PUBLISHER,
    url=va.URL,
    licence=va.LICENCE,
    vintage="cases of about 2014 to June 2019; the cases' dates are blank",
    files=FILES,
    read=read,
    after=("va_facilities",),
)
