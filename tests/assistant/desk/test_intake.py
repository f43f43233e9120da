"""Files in: columns by name, ids that occur again, what can't be read."""

from __future__ import annotations

import csv
from datetime import datetime

import pytest

from assistant.desk.intake import IntakeError, read_messages


def write(path, rows):
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows)
    return str(path)


def test_all_columns(tmp_path):
    row = ["7", "2026-11-24T10:00:00-05:00", "a@x.example", "Help", "I need\nhelp, please"]
    (message,) = read_messages(
        write(tmp_path / "in.csv", [["Ticket_ID", "received_at", "sender", "subject", "body"], row])
    )
    assert (message.ticket_id, message.sender, message.subject, message.body) == (
        "7",
        "a@x.example",
        "Help",
        "I need\nhelp, please",
    )
    assert message.received_at == datetime.fromisoformat("2026-11-24T10:00:00-05:00")


def test_a_text_column_is_enough(tmp_path):
    found = read_messages(write(tmp_path / "in.csv", [["message"], ["one"], ["two"]]))
    assert [(m.ticket_id, m.body, m.received_at) for m in found] == [("row-1", "one", None), ("row-2", "two", None)]


def test_ids_that_occur_again_get_a_number(tmp_path):
    found = read_messages(write(tmp_path / "in.csv", [["ticket_id", "body"], ["a", "1"], ["a", "2"], ["", "3"]]))
    assert [m.ticket_id for m in found] == ["a", "a#2", "row-3"]


def test_a_wrong_day_is_not_known(tmp_path):
    (found,) = read_messages(write(tmp_path / "in.csv", [["received_at", "body"], ["yesterday", "x"]]))
    assert found.received_at is None


def test_short_and_long_rows(tmp_path):
    path = tmp_path / "in.csv"
    path.write_text("ticket_id,body\n1\n2,two,three\n\x00,nul\n", encoding="utf-8")
    assert [m.body for m in read_messages(str(path))] == ["", "two", "nul"]


@pytest.mark.parametrize(
    ("content", "bodies"),
    [
        (b"just some words", ["just some words"]),
        (b"From: a@x.example\nSubject: s\n\nthe mail", ["the mail"]),
        (b"ticket_id,body\n1,first\n2,second\n", ["first", "second"]),
        (b"", [""]),
        (b"Dear desk, message received", ["Dear desk, message received"]),
    ],
)
def test_standard_input(content, bodies):
    assert [m.body for m in read_messages("-", content)] == bodies


@pytest.mark.parametrize(
    ("name", "words"), [("in.txt", ".csv, .mbox or .eml"), ("gone.csv", "no such file"), ("no.csv", "no column")]
)
def test_what_can_not_be_read(tmp_path, name, words):
    (tmp_path / "no.csv").write_text("a,b\n1,2\n")
    with pytest.raises(IntakeError, match=words):
        read_messages(str(tmp_path / name))


def test_a_mail_file(tmp_path):
    path = tmp_path / "one.eml"
    path.write_bytes(b"Subject: s\n\nwords")
    assert [(m.ticket_id, m.body) for m in read_messages(str(path))] == [("one", "words")]
