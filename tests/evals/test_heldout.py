"""Held-out cases are summed and logged."""

from __future__ import annotations

from pathlib import Path

from evals.heldout import is_held_out, log_run
from evals.scores import Mean


def test_the_folder_says_what_is_held_out(tmp_path):
    assert is_held_out(Path("evals/cases/heldout/learner.jsonl"))
    assert is_held_out(tmp_path / "heldout" / ".." / "heldout" / "x.jsonl")
    assert not is_held_out(Path("evals/cases/dev/learner.jsonl"))


def test_each_run_adds_its_sums(tmp_path):
    scores = {"first_right": {"all": Mean(0.5, 0.2, 0.8, 4, 4), "en": Mean(1.0, 0.3, 1.0, 2, 2)}}
    cases = tmp_path / "learner.jsonl"
    log_run(cases, 4, scores)
    log = log_run(cases, 4, scores)
    lines = [line for line in log.read_text(encoding="utf-8").splitlines() if "first_right" in line]
    assert len(lines) == 2
    assert lines[0].endswith("| unknown | 4 | first_right | 0.500 | 0.200 to 0.800 | 1.000 | - |")
