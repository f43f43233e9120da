"""Tickets as staff see them, and what can be done with them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from assistant.desk.labels import Urgency
from assistant.desk.triager import Triage
from catalog.records import Record


class Status(StrEnum):
    """Where a ticket is on its way."""

    NEW = "new"
    OPEN = "open"
    WAITING = "waiting"
    DONE = "done"
    MERGED = "merged"


CLOSED = frozenset((Status.DONE, Status.MERGED))
HOURS = {Urgency.URGENT: 4, Urgency.HIGH: 24, Urgency.NORMAL: 72, Urgency.LOW: 240}
"""In how many hours a ticket is due; an earlier deadline of its message comes first."""


class Ticket(Record):
    """One ticket; `subject` and `body` are masked."""

    id: int
    ticket_id: str
    created_at: datetime
    received_at: datetime | None
    status: Status
    assignee: str | None
    language: str
    category: str
    urgency: Urgency
    queue: str
    confidence: float
    person_decides: bool
    due_at: datetime | None
    subject: str
    body: str
    merged_into: int | None
    closed_at: datetime | None
    triage: dict[str, Any]


class Entry(Record):
    """One line of the audit trail, or a note."""

    ticket: int
    at: datetime
    who: str
    what: str
    detail: dict[str, Any]


def due_of(triage: Triage, received: datetime) -> datetime:
    """Return when an answer is due: hours by urgency, or the end of the first deadline's day."""
    by_urgency = received + timedelta(hours=HOURS[triage.urgency])
    if not triage.deadlines:
        return by_urgency
    on = triage.deadlines[0].on
    return min(by_urgency, datetime(on.year, on.month, on.day, 17, tzinfo=received.tzinfo or UTC))
