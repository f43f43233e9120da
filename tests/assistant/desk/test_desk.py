"""The queue on SQLite, and on PostgreSQL in the end-to-end suite."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from assistant.desk.database import DeskError, open_engine
from assistant.desk.desk import Desk, open_desk
from assistant.desk.labels import Category, Flag, Urgency
from assistant.desk.sealing import Sealer, SealError
from assistant.desk.tables import METADATA
from assistant.desk.tickets import Status
from catalog.errors import SettingsError
from catalog.settings import Settings


def test_the_migrations_make_the_tables(settings):
    engine = open_engine(settings)
    with engine.begin() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []
    engine.dispose()


def test_opening_again_keeps_the_tickets(settings, make):
    first = open_desk(settings)
    ticket = first.add(*make(1), "mail")
    first.close()
    again = open_desk(settings)
    assert again.get(ticket).ticket_id == "t1"
    again.close()


def test_the_most_pressing_comes_first(desk, make):
    for number, urgency in enumerate((Urgency.LOW, Urgency.URGENT, Urgency.NORMAL, Urgency.HIGH)):
        desk.add(*make(number, urgency=urgency), "mail")
    claimed = [desk.claim("ana") for _ in range(5)]
    assert [c.urgency.value if c else None for c in claimed] == ["urgent", "high", "normal", "low", None]
    assert {c.assignee for c in claimed if c} == {"ana"}
    assert claimed[0].status is Status.OPEN


def test_no_two_get_the_same_ticket(desk, make):
    for number in range(40):
        desk.add(*make(number), "mail")

    def work(name):
        got = []
        while ticket := desk.claim(name):
            got.append(ticket.id)
        return got

    with ThreadPoolExecutor(4) as pool:
        found = [each for got in pool.map(work, "abcd") for each in got]
    assert len(found) == len(set(found)) == 40


def test_a_worker_that_fails_leaves_the_ticket(desk, make):
    desk.add(*make(1), "mail")
    with pytest.raises(RuntimeError, match="broken"), desk.handling("w1") as ticket:  # noqa: PT012
        assert ticket is not None
        raise RuntimeError("broken")
    with desk.handling("w2") as again:
        assert again is not None
        assert again.id == ticket.id
    assert [entry.what for entry in desk.trail(ticket.id)] == ["added", "handled"]
    assert desk.get(ticket.id).closed_at is not None
    with desk.handling("w3") as none:
        assert none is None


def test_the_same_text_of_the_same_sender_is_merged(desk, make):
    first = desk.add(*make(1, "I want a refund", sender="a@x.example"), "mail")
    second = desk.add(*make(2, "I  want a REFUND ", sender="A@x.example"), "mail")
    other = desk.add(*make(3, "I want a refund", sender="b@x.example"), "mail")
    assert desk.get(second).merged_into == first
    assert desk.get(second).status is Status.MERGED
    assert desk.get(other).status is Status.NEW
    assert [entry.what for entry in desk.trail(first)] == ["added", "duplicate"]


def test_many_of_the_same_at_once_leave_one(desk, make):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: desk.add(*make(n, "same", sender="a"), "mail"), range(12)))
    assert len(desk.search(status=Status.NEW)) == 1
    assert len(desk.search(status=Status.MERGED)) == 11


def test_merging_by_hand(desk, make):
    one, two = (desk.add(*make(number), "mail") for number in (1, 2))
    desk.merge(two, one, "ana")
    assert desk.get(two).merged_into == one
    for ticket, into in ((one, one), (one, two)):
        with pytest.raises(DeskError, match="can't be merged"):
            desk.merge(ticket, into, "ana")


def test_changes_are_on_record(desk, make):
    ticket = desk.add(*make(1), "mail")
    due = datetime.fromisoformat("2026-12-01T12:00:00-05:00")
    changed = desk.change(ticket, "ana", status=Status.WAITING, assignee="bo", urgency=Urgency.HIGH, due_at=due)
    assert (changed.status, changed.assignee, changed.urgency, changed.due_at) == (
        Status.WAITING,
        "bo",
        Urgency.HIGH,
        due,
    )
    entry = desk.trail(ticket)[-1]
    assert (entry.who, entry.what, entry.detail["status"], entry.detail["due_at"]) == (
        "ana",
        "changed",
        "waiting",
        due.isoformat(),
    )
    with pytest.raises(DeskError, match="body"):
        desk.change(ticket, "ana", body="other")
    with pytest.raises(DeskError, match="no ticket 99"):
        desk.change(99, "ana", assignee="bo")


@pytest.mark.parametrize("statement", ["UPDATE audit SET who = 'nobody'", "DELETE FROM audit"])
def test_the_trail_is_only_added_to(settings, make, statement):
    engine = open_engine(settings)
    opened = Desk(engine, Sealer(None))
    opened.add(*make(1), "mail")
    with pytest.raises(DatabaseError, match="only added to"), engine.begin() as connection:
        connection.execute(text(statement))
    assert [entry.who for entry in opened.trail()] == ["mail"]
    opened.close()


def test_search_takes_words_literally(desk, make):
    desk.add(*make(1, "100% refund for welding"), "mail")
    desk.add(*make(2, "1000 refunds"), "mail")
    assert [t.ticket_id for t in desk.search("100% REFUND")] == ["t1"]
    assert desk.search("' OR 1=1 --") == []
    assert len(desk.search(queue="money")) == 2
    assert desk.search(assignee="ana") == []


def test_nothing_personal_is_stored_without_a_secret(desk, make, tmp_path):
    ticket = desk.add(*make(1, "my ssn is 123-45-6789, call 201-555-0134"), "mail")
    desk.note(ticket, "ana", "called 201-555-0134")
    assert desk.get(ticket).body == "my ssn is [ssn], call [phone]"
    assert desk.original(ticket, "ana") is None
    assert desk.notes(ticket)[0].detail["text"] == "called [phone]"
    assert desk.trail(ticket)[-1].what == "original read"
    for path in tmp_path.glob("desk.sqlite*"):
        assert b"0134" not in path.read_bytes()


def test_originals_are_sealed_with_the_secret(settings, make):
    sealed = open_desk(settings.model_copy(update={"secret": Settings(secret="s1").secret}))
    ticket = sealed.add(*make(1, "my ssn is 123-45-6789"), "mail")
    assert sealed.original(ticket, "ana") == "my ssn is 123-45-6789"
    sealed.close()
    for secret, problem in ((None, "not set"), ("s2", "another")):
        other = Desk(open_engine(settings), Sealer(secret))
        with pytest.raises(SealError, match=problem):
            other.original(ticket, "bo")
        other.close()


def test_corrections_become_cases(desk, make):
    ticket = desk.add(*make(1, "they sold me a fake diploma, I'm Ana Ruiz"), "mail")
    desk.correct(ticket, "ana", [Category.REFUND], Urgency.NORMAL, [])
    desk.correct(ticket, "ana", [Category.FRAUD, Category.REFUND], Urgency.HIGH, [Flag.FRAUD])
    (case,) = desk.cases()
    assert (case["category"], case["flags"], case["urgency"]) == ("fraud_or_identity", ["fraud"], "high")
    assert "Ruiz" not in case["body"]
    with pytest.raises(DeskError, match="at least one"):
        desk.correct(ticket, "ana", [], Urgency.LOW, [])


def test_due_by_urgency(desk, make):
    message, triage = make(1, urgency=Urgency.URGENT)
    assert desk.get(desk.add(message, triage, "mail")).due_at == message.received_at + timedelta(hours=4)


@pytest.mark.parametrize("address", ["nonsense", "mysql://x/y", "sqlite:///x"])
def test_a_wrong_address_is_named(tmp_path, address):
    with pytest.raises(SettingsError, match="NAVIGATOR_DATABASE_URL"):
        open_engine(Settings(home=tmp_path, database_url=address))


def test_a_server_that_is_down_is_said_without_the_password(tmp_path):
    with pytest.raises(DeskError, match="does not answer") as caught:
        open_engine(Settings(home=tmp_path, database_url="postgresql://u:hush@127.0.0.1:1/x"))
    assert "hush" not in str(caught.value)
