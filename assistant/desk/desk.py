"""The queue: tickets come in once, are handled by one worker each, and every change is on record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, func, insert, or_, select, text, update

from assistant.desk.database import DeskError, open_engine
from assistant.desk.labels import Category, Flag, Urgency
from assistant.desk.message import Message
from assistant.desk.personal import Masker
from assistant.desk.sealing import Sealer
from assistant.desk.tables import AUDIT, FEEDBACK, NOTES, TICKETS
from assistant.desk.tickets import CLOSED, Entry, Status, Ticket, due_of
from assistant.desk.triager import Triage
from catalog.settings import Settings

RANKS = {urgency: rank for rank, urgency in enumerate(Urgency)}
SHOWN = [column for column in TICKETS.c if column.name in Ticket.model_fields]


def open_desk(settings: Settings) -> Desk:
    """Return the queue of these settings, its tables up to date."""
    secret = settings.secret.get_secret_value() if settings.secret else None
    return Desk(open_engine(settings), Sealer(secret))


class Desk:
    """The queue; safe to share between threads and between processes."""

    def __init__(self, engine: Engine, sealer: Sealer) -> None:
        self._engine, self._sealer, self._masker = engine, sealer, Masker()

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def add(self, message: Message, triage: Triage, who: str) -> int:
        """Take a message in and return its ticket; the same text of the same sender is merged into the first."""
        now = datetime.now(UTC)
        print_ = self._sealer.fingerprint(" ".join(message.text.split()).casefold(), message.sender.strip().casefold())
        values = {**_values(message, triage, now), "original": self._sealer.seal(message.text), "fingerprint": print_}
        with self._engine.begin() as connection:
            first = _first_with(connection, print_)
            if first is not None:
                values |= {"status": Status.MERGED, "merged_into": first, "closed_at": now}
            ticket = connection.execute(insert(TICKETS).values(values).returning(TICKETS.c.id)).scalar_one()
            self._record(
                connection, ticket, who, "added", {"urgency": triage.urgency.value, "queue": triage.queue.value}
            )
            if first is not None:
                self._record(connection, first, who, "duplicate", {"of": ticket})
        return int(ticket)

    def get(self, ticket: int) -> Ticket:
        """Return a ticket; raises DeskError for an unknown one."""
        with self._engine.begin() as connection:
            return _ticket(_row(connection, ticket))

    def search(
        self,
        words: str = "",
        status: Status | None = None,
        queue: str | None = None,
        assignee: str | None = None,
        limit: int = 100,
    ) -> list[Ticket]:
        """Return tickets whose masked text holds all words, those to be handled first."""
        query = select(*SHOWN).order_by(TICKETS.c.urgency_rank, TICKETS.c.due_at, TICKETS.c.id).limit(limit)
        for word in words.split():
            query = query.where(or_(*(c.icontains(word, autoescape=True) for c in (TICKETS.c.subject, TICKETS.c.body))))
        for column, value in ((TICKETS.c.status, status), (TICKETS.c.queue, queue), (TICKETS.c.assignee, assignee)):
            query = query if value is None else query.where(column == value)
        with self._engine.begin() as connection:
            return [_ticket(row) for row in connection.execute(query)]

    def claim(self, who: str, queue: str | None = None) -> Ticket | None:
        """Give the most pressing new ticket to a person; None when there is none. No two persons get the same."""
        with self._engine.begin() as connection:
            row = connection.execute(_next(queue)).first()
            if row is None:
                return None
            self._change(connection, row.id, who, "claimed", {"status": Status.OPEN, "assignee": who})
            return _ticket(_row(connection, row.id))

    @contextmanager
    def handling(self, who: str, status: Status = Status.DONE) -> Iterator[Ticket | None]:
        """Lend the most pressing new ticket to a worker; it changes state when the block ends, exactly once.

        The ticket stays locked meanwhile. A worker that fails or is killed leaves it as it was, for the next one.
        """
        with self._engine.begin() as connection:
            row = connection.execute(_next(None)).first()
            if row is None:
                yield None
                return
            yield _ticket(row)
            self._change(connection, row.id, who, "handled", {"status": status, "assignee": who})

    def change(self, ticket: int, who: str, **values: Any) -> Ticket:
        """Change status, assignee, urgency or due_at of a ticket."""
        unknown = values.keys() - {"status", "assignee", "urgency", "due_at"}
        if unknown:
            raise DeskError(f"A ticket has no {', '.join(sorted(unknown))} to change.")
        with self._engine.begin() as connection:
            _row(connection, ticket, lock=True)
            self._change(connection, ticket, who, "changed", values)
            return _ticket(_row(connection, ticket))

    def merge(self, ticket: int, into: int, who: str) -> None:
        """Close a ticket as a duplicate of another one."""
        with self._engine.begin() as connection:
            # In the order of their numbers: two merges the other way round would wait for each other.
            rows = {number: _row(connection, number, lock=True) for number in sorted({ticket, into})}
            if len(rows) == 1 or rows[into].status == Status.MERGED:
                raise DeskError(f"Ticket {ticket} can't be merged into {into}: that is itself, or merged already.")
            self._change(connection, ticket, who, "merged", {"status": Status.MERGED, "merged_into": into})
            self._record(connection, into, who, "duplicate", {"of": ticket})

    def note(self, ticket: int, who: str, words: str) -> None:
        """Add a note; personal data in it are masked."""
        with self._engine.begin() as connection:
            _row(connection, ticket)
            masked = self._masker.mask(words).text
            connection.execute(insert(NOTES).values(ticket=ticket, at=datetime.now(UTC), who=who, text=masked))
            self._record(connection, ticket, who, "noted", {})

    def notes(self, ticket: int) -> list[Entry]:
        """Return the notes of a ticket, the oldest first."""
        query = select(NOTES).where(NOTES.c.ticket == ticket).order_by(NOTES.c.id)
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [Entry(ticket=r.ticket, at=r.at, who=r.who, what="note", detail={"text": r.text}) for r in rows]

    def trail(self, ticket: int | None = None) -> list[Entry]:
        """Return the audit trail of a ticket, or of all, the oldest first."""
        query = select(AUDIT).order_by(AUDIT.c.id)
        if ticket is not None:
            query = query.where(AUDIT.c.ticket == ticket)
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        return [Entry(ticket=r.ticket, at=r.at, who=r.who, what=r.what, detail=r.detail) for r in rows]

    def original(self, ticket: int, who: str) -> str | None:
        """Return the text as it came, None where it was not kept; who looked is on record."""
        with self._engine.begin() as connection:
            _row(connection, ticket)
            sealed = connection.execute(select(TICKETS.c.original).where(TICKETS.c.id == ticket)).scalar_one()
            self._record(connection, ticket, who, "original read", {})
        return None if sealed is None else self._sealer.open(sealed)

    def correct(
        self, ticket: int, who: str, categories: Sequence[Category], urgency: Urgency, flags: Sequence[Flag]
    ) -> None:
        """Keep what a member of staff says that the triage should have been; it becomes a case to train on."""
        if not categories:
            raise DeskError("A correction needs at least one category.")
        said = {"category": categories[0], "categories": list(categories), "urgency": urgency, "flags": list(flags)}
        with self._engine.begin() as connection:
            _row(connection, ticket)
            connection.execute(insert(FEEDBACK).values(ticket=ticket, at=datetime.now(UTC), who=who, **said))
            self._record(connection, ticket, who, "corrected", said)

    def cases(self) -> Iterator[dict[str, Any]]:
        """Yield the newest correction of each ticket as a training case, its text masked."""
        newest = select(func.max(FEEDBACK.c.id)).group_by(FEEDBACK.c.ticket)
        query = select(FEEDBACK, TICKETS.c.subject, TICKETS.c.body, TICKETS.c.language, TICKETS.c.received_at)
        query = (
            query.join(TICKETS, TICKETS.c.id == FEEDBACK.c.ticket)
            .where(FEEDBACK.c.id.in_(newest))
            .order_by(FEEDBACK.c.id)
        )
        with self._engine.begin() as connection:
            rows = connection.execute(query).all()
        for row in rows:
            yield {
                "id": f"feedback-{row.ticket}",
                "language": row.language,
                "received_at": row.received_at.isoformat() if row.received_at else None,
                **{
                    name: getattr(row, name)
                    for name in ("subject", "body", "category", "categories", "urgency", "flags")
                },
            }

    def _change(self, connection: Connection, ticket: int, who: str, what: str, values: dict[str, Any]) -> None:
        now = datetime.now(UTC)
        status = values.get("status")
        stored = {**values, **({"closed_at": now if status in CLOSED else None} if status else {})}
        if "urgency" in values:
            stored["urgency_rank"] = RANKS[Urgency(values["urgency"])]
        connection.execute(update(TICKETS).where(TICKETS.c.id == ticket).values(stored))
        detail = {name: value.isoformat() if isinstance(value, datetime) else value for name, value in values.items()}
        self._record(connection, ticket, who, what, detail)

    @staticmethod
    def _record(connection: Connection, ticket: int, who: str, what: str, detail: dict[str, Any]) -> None:
        line = {"ticket": ticket, "at": datetime.now(UTC), "who": who, "what": what, "detail": detail}
        connection.execute(insert(AUDIT).values(line))


def _values(message: Message, triage: Triage, now: datetime) -> dict[str, Any]:
    return {
        "ticket_id": message.ticket_id[:200],
        "created_at": now,
        "received_at": message.received_at,
        "status": Status.NEW,
        "language": triage.language,
        "category": triage.category,
        "urgency": triage.urgency,
        "urgency_rank": RANKS[triage.urgency],
        "queue": triage.queue,
        "confidence": triage.confidence,
        "person_decides": triage.person_decides,
        "due_at": due_of(triage, message.received_at or now),
        "subject": triage.masked_subject,
        "body": triage.masked_body,
        "triage": triage.model_dump(mode="json", exclude={"masked_subject", "masked_body"}),
    }


def _first_with(connection: Connection, fingerprint: str) -> int | None:
    if connection.dialect.name == "postgresql":
        # Two that come in at once: the second waits until the first is seen.
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": int(fingerprint[:15], 16)})
    query = select(TICKETS.c.id).where(TICKETS.c.fingerprint == fingerprint, TICKETS.c.status != Status.MERGED)
    found = connection.execute(query.order_by(TICKETS.c.id).limit(1)).scalar()
    return None if found is None else int(found)


def _next(queue: str | None) -> Select[Any]:
    """Return the query of the most pressing new ticket, locked; those that others hold are passed over.

    SQLite needs no such lock: each transaction there holds the whole database.
    """
    query = select(*SHOWN).where(TICKETS.c.status == Status.NEW)
    query = query if queue is None else query.where(TICKETS.c.queue == queue)
    order = (TICKETS.c.urgency_rank, TICKETS.c.due_at, TICKETS.c.id)
    return query.order_by(*order).limit(1).with_for_update(skip_locked=True)


def _row(connection: Connection, ticket: int, *, lock: bool = False) -> Row[Any]:
    query = select(*SHOWN).where(TICKETS.c.id == ticket)
    row = connection.execute(query.with_for_update() if lock else query).first()
    if row is None:
        raise DeskError(f"There is no ticket {ticket}.")
    return row


def _ticket(row: Row[Any]) -> Ticket:
    return Ticket.model_validate(dict(row._mapping))
