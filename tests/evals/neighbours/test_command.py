"""The command: a table, and of held-out cases only sums, which are logged."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

import evals.__main__ as evals_command
from evals.neighbours import command
from evals.neighbours.comparison import Result
from evals.scores import Score, mean

CASE = {"id": "secret-1", "turns": ["A secret question"], "slots": {}, "hard": [], "score": ["rank"], "labels": {}}


@pytest.fixture
def results(monkeypatch):
    scores = {"ndcg_at_10": {"all": mean([Score(1, "secret"), Score(0, "secret")])}}
    found = [Result("ours", "whole question", scores), Result("broken", "", {}, missing="no server")]
    assistant = SimpleNamespace(snapshot=SimpleNamespace(location="nowhere"))
    monkeypatch.setattr(command, "open_assistant", lambda *_, **__: assistant)
    monkeypatch.setattr(command, "compared", lambda *_: found)
    return found


def test_of_held_out_cases_only_sums_are_told_and_logged(results, tmp_path, capsys):
    folder = tmp_path / "heldout"
    folder.mkdir()
    (folder / "x.jsonl").write_text(json.dumps(CASE), encoding="utf-8")
    assert evals_command.main(["neighbours", "--cases", str(folder / "x.jsonl")]) == 0
    log = (folder / "LOG.md").read_text(encoding="utf-8")
    output = "".join(capsys.readouterr()) + log
    assert "ours, whole question: ndcg_at_10 | 0.500" in log
    assert "0.500 (0.095 to 0.905; 2)" in output
    assert "not measured: no server" in output
    assert "secret" not in output.lower().replace(str(tmp_path).lower(), "")


def test_other_cases_are_not_logged(results, tmp_path):
    (tmp_path / "x.jsonl").write_text(json.dumps(CASE), encoding="utf-8")
    assert evals_command.main(["neighbours", "--cases", str(tmp_path / "x.jsonl")]) == 0
    assert not (tmp_path / "LOG.md").exists()


def test_cases_that_are_not_there_say_so(results, capsys):
    assert evals_command.main(["neighbours", "--cases", "nowhere.jsonl"]) == 2
    assert "nowhere.jsonl" in capsys.readouterr().err
