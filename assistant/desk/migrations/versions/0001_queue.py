"""The queue: tickets, notes, the audit trail, feedback."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from assistant.desk.tables import Moment

revision, down_revision = "0001", None

ONLY_ADDED = "the audit trail is only added to"


def upgrade() -> None:
    """Make the tables, and hold the audit trail append-only."""
    _tickets()
    _lines("notes", sa.Column("text", sa.Text, nullable=False))
    _lines("audit", sa.Column("what", sa.String(40), nullable=False), sa.Column("detail", sa.JSON, nullable=False))
    _lines(
        "feedback",
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("categories", sa.JSON, nullable=False),
        sa.Column("urgency", sa.String(10), nullable=False),
        sa.Column("flags", sa.JSON, nullable=False),
    )
    if op.get_bind().dialect.name == "sqlite":
        _hold_on_sqlite()
    else:
        _hold_on_postgresql()


def downgrade() -> None:
    """Refused: it would delete tickets."""
    raise NotImplementedError("going back would delete the tickets; restore a backup instead")


def _tickets() -> None:
    op.create_table(
        "tickets",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("ticket_id", sa.String(200), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("received_at", Moment),
        sa.Column("status", sa.String(20), nullable=False),
        sa.Column("assignee", sa.String(200)),
        sa.Column("language", sa.String(2), nullable=False),
        sa.Column("category", sa.String(40), nullable=False),
        sa.Column("urgency", sa.String(10), nullable=False),
        sa.Column("urgency_rank", sa.Integer, nullable=False),
        sa.Column("queue", sa.String(40), nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("person_decides", sa.Boolean, nullable=False),
        sa.Column("due_at", Moment),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("triage", sa.JSON, nullable=False),
        sa.Column("original", sa.LargeBinary),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("merged_into", sa.Integer),
        sa.Column("closed_at", Moment),
        sa.PrimaryKeyConstraint("id", name="pk_tickets"),
        sa.ForeignKeyConstraint(["merged_into"], ["tickets.id"], name="fk_tickets_merged_into"),
    )
    op.create_index("ix_tickets_next", "tickets", ["status", "urgency_rank", "due_at", "id"])
    op.create_index("ix_tickets_fingerprint", "tickets", ["fingerprint"])


def _lines(name: str, *columns: sa.Column[object]) -> None:
    """Make a table of lines about tickets: who wrote what when."""
    op.create_table(
        name,
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("ticket", sa.Integer, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("who", sa.String(200), nullable=False),
        *columns,
        sa.PrimaryKeyConstraint("id", name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["ticket"], ["tickets.id"], name=f"fk_{name}_ticket"),
    )
    op.create_index(f"ix_{name}_ticket", name, ["ticket"])


def _hold_on_sqlite() -> None:
    for act in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_no_{act.lower()} BEFORE {act} ON audit BEGIN SELECT RAISE(ABORT, '{ONLY_ADDED}'); END"
        )


def _hold_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION audit_only_added() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{ONLY_ADDED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION audit_only_added()"
    )
