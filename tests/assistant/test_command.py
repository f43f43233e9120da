"""The command line: one question, JSON, a batch, and bad input."""

from __future__ import annotations

import json

import pytest

from assistant.__main__ import main


@pytest.fixture(autouse=True)
def home(settings, monkeypatch):
    monkeypatch.setenv("NAVIGATOR_HOME", str(settings.home))
    monkeypatch.setenv("NAVIGATOR_EMBEDDINGS", "use")


def test_text(capsys):
    assert main(["ask", "welding in Trenton"]) == 0
    assert "Welding Technology" in capsys.readouterr().out


def test_json_in_spanish(capsys):
    assert main(["ask", "welding", "--lang", "es", "--json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["language"] == "es"
    assert answer["programs"][0]["id"] == "nj_etpl:70004"


def test_batch(tmp_path):
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        {"id": "a", "persona": "learner", "turns": ["welding", "phlebotomy near Newark"]},
        {"id": "b", "persona": "support", "turns": ["refund please"]},
    ]
    source.write_text("\n".join(map(json.dumps, lines)) + "\n\n", encoding="utf-8")
    assert main(["ask", "--batch", str(source), "--out", str(target)]) == 0
    found = [json.loads(line) for line in target.read_text(encoding="utf-8").splitlines()]
    assert [(f["id"], len(f["answers"])) for f in found] == [("a", 2), ("b", 1)]
    assert found[1]["answers"][0]["triage"]["category"] == "refund_or_withdrawal"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("not json", "line 1"),
        ('{"id": "a"}', "turns"),
        ('{"id": "a", "turns": ["x"], "persona": "robot"}', "persona"),
        ('{"id": "a", "turns": ["x"], "extra": 1}', "extra"),
    ],
)
def test_a_bad_line_is_named(tmp_path, capsys, line, message):
    source = tmp_path / "in.jsonl"
    source.write_text(line, encoding="utf-8")
    assert main(["ask", "--batch", str(source), "--out", str(tmp_path / "out.jsonl")]) == 1
    assert message in capsys.readouterr().err.replace("\n", " ")


def test_a_file_that_is_not_there(tmp_path, capsys):
    assert main(["ask", "--batch", str(tmp_path / "no.jsonl"), "--out", str(tmp_path / "out.jsonl")]) == 1
    assert "no.jsonl" in capsys.readouterr().err.replace("\n", "")


def test_a_bad_setting_is_named(monkeypatch, capsys):
    monkeypatch.setenv("NAVIGATOR_PORT", "many")
    assert main(["ask", "welding"]) == 1
    assert "NAVIGATOR_PORT" in capsys.readouterr().err
