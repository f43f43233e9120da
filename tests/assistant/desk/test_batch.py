"""Files out: resumable, masked, and with no cell that a spreadsheet runs."""

from __future__ import annotations

import csv
import json

import pytest

from assistant.__main__ import main
from assistant.desk.batch import triage_file
from assistant.desk.export import FORMULA, guarded
from assistant.desk.intake import IntakeError
from assistant.desk.message import Message
from assistant.desk.triager import Triager

ATTACK = '=HYPERLINK("http://x.example","refund")'


@pytest.fixture(scope="module")
def triager():
    return Triager()


def messages(count):
    return [Message(ticket_id=f"t{n}", body=f"{ATTACK} I want a refund, call 201-555-01{n:02}") for n in range(count)]


def test_lines(triager, tmp_path):
    out = tmp_path / "out.jsonl"
    assert triage_file(triager, messages(3), out) == 3
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["ticket_id"] for line in lines] == ["t0", "t1", "t2"]
    needed = {
        "ticket_id",
        "category",
        "categories",
        "urgency",
        "flags",
        "language",
        "pii",
        "about",
        "queue",
        "confidence",
        "draft",
    }
    assert needed <= lines[0].keys()
    (span,) = lines[0]["pii"]
    assert messages(1)[0].body[span["start"] : span["end"]] == "201-555-0100"
    assert "0100" not in out.read_text(encoding="utf-8")


def test_a_stopped_run_goes_on(triager, tmp_path):
    out = tmp_path / "out.jsonl"
    triage_file(triager, messages(2), out)
    whole = out.read_text(encoding="utf-8")
    out.write_text(whole + '{"ticket_id": "t2", "categ', encoding="utf-8")
    assert triage_file(triager, messages(4), out) == 2
    assert out.read_text(encoding="utf-8").startswith(whole)
    assert [json.loads(line)["ticket_id"] for line in out.read_text(encoding="utf-8").splitlines()] == [
        "t0",
        "t1",
        "t2",
        "t3",
    ]


def test_a_table_runs_nothing(triager, tmp_path):
    out = tmp_path / "out.csv"
    hostile = [Message(ticket_id=f"{mark}cmd|' /C calc'!A0", body=ATTACK) for mark in FORMULA]
    triage_file(triager, hostile, out)
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) == len(hostile)
    assert not [cell for row in rows for cell in row.values() if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\u00a0=1"])
def test_guarded(cell):
    assert guarded(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["words", "1-2", "", 0.5, None])
def test_harmless_cells_stay(cell):
    assert guarded(cell) == cell


def test_other_files_are_not_added_to(triager, tmp_path):
    out = tmp_path / "out.jsonl"
    out.write_text('{"other": 1}\n', encoding="utf-8")
    with pytest.raises(IntakeError, match="other lines"):
        triage_file(triager, messages(1), out)
    with pytest.raises(IntakeError, match=r"\.jsonl or \.csv"):
        triage_file(triager, messages(1), tmp_path / "out.txt")


def test_the_command_with_the_queue(tmp_path, monkeypatch):
    monkeypatch.setenv("NAVIGATOR_HOME", str(tmp_path))
    source, out = tmp_path / "in.csv", tmp_path / "out.jsonl"
    source.write_text("body\nI want to die\nI want to die\nFortis Institute shut its doors\n", encoding="utf-8")
    assert main(["triage", str(source), "--out", str(out), "--queue"]) == 0
    lines = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [line["urgency"] for line in lines][:2] == ["urgent", "urgent"]
    assert "988" in lines[0]["help"][0]
    from assistant.desk.desk import open_desk
    from assistant.desk.tickets import Status
    from catalog.settings import read_settings

    desk = open_desk(read_settings())
    assert [t.status for t in desk.search()].count(Status.MERGED) == 1
    desk.close()


def test_the_command_says_what_is_wrong(tmp_path, capsys):
    assert main(["triage", str(tmp_path / "gone.csv"), "--out", str(tmp_path / "o.jsonl")]) == 1
    assert "no such file" in " ".join(capsys.readouterr().err.split())
