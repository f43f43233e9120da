"""The tables of the queue; `migrations/` makes them, a test keeps the two equal."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeDecorator

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


class Moment(TypeDecorator[datetime]):
    """A moment with its time zone; SQLite, which knows none, keeps UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Turn it into UTC; a moment without a zone would be a guess."""
        if value is not None and value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:  # noqa: ARG002
        """Give back UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


TICKETS = Table(
    "tickets",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("ticket_id", String(200), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("received_at", Moment),
    Column("status", String(20), nullable=False),
    Column("assignee", String(200)),
    Column("language", String(2), nullable=False),
    Column("category", String(40), nullable=False),
    Column("urgency", String(10), nullable=False),
    Column("urgency_rank", Integer, nullable=False),
    Column("queue", String(40), nullable=False),
    Column("confidence", Float, nullable=False),
    Column("person_decides", Boolean, nullable=False),
    Column("due_at", Moment),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("triage", JSON, nullable=False),
    Column("original", LargeBinary),
    Column("fingerprint", String(64), nullable=False),
    Column("merged_into", Integer, ForeignKey("tickets.id")),
    Column("closed_at", Moment),
    Index("ix_tickets_next", "status", "urgency_rank", "due_at", "id"),
    Index("ix_tickets_fingerprint", "fingerprint"),
)
NOTES = Table(
    "notes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("ticket", Integer, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", String(200), nullable=False),
    Column("text", Text, nullable=False),
)
AUDIT = Table(
    "audit",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("ticket", Integer, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", String(200), nullable=False),
    Column("what", String(40), nullable=False),
    Column("detail", JSON, nullable=False),
)
FEEDBACK = Table(
    "feedback",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("ticket", Integer, ForeignKey("tickets.id"), nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("who", String(200), nullable=False),
    Column("category", String(40), nullable=False),
    Column("categories", JSON, nullable=False),
    Column("urgency", String(10), nullable=False),
    Column("flags", JSON, nullable=False),
)
