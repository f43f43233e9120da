"""The gate: what fell, what is missing, which prompt is another."""

from __future__ import annotations

import json

import pytest

from evals.gate import BaselineError, accepted, failures, prompt_digests, read_baseline
from evals.scores import Mean

BASELINE = {
    "scores": {"s.m": {"value": 0.9, "tolerance": 0.05}, "other.m": {"value": 1.0, "tolerance": 0.0}},
    "prompts": {"a.yaml": "1"},
}
PROMPTS = {"a.yaml": "1"}


def scores(value):
    return {"s": {"m": {"all": Mean(value, None, None, 3, 3)}}}


@pytest.mark.parametrize("value", [1.0, 0.9, 0.85])
def test_what_did_not_fall_by_more_than_its_tolerance_passes(value):
    assert list(failures(scores(value), BASELINE, PROMPTS)) == []


@pytest.mark.parametrize("value", [0.84, 0.0, None])
def test_a_fall_fails_and_so_does_nothing_measured(value):
    (told,) = failures(scores(value), BASELINE, PROMPTS)
    assert told.startswith("s.m")


def test_a_score_that_went_fails():
    (told,) = failures({"s": {}}, BASELINE, PROMPTS)
    assert "not measured" in told


@pytest.mark.parametrize(
    ("prompts", "word"), [({"a.yaml": "2"}, "changed"), ({}, "gone"), (PROMPTS | {"b.yaml": "1"}, "new")]
)
def test_another_prompt_fails_though_no_score_fell(prompts, word):
    (told,) = failures(scores(1.0), BASELINE, prompts)
    assert word in told


def test_a_new_baseline_has_the_tolerances_of_the_metrics_and_keeps_suites_that_were_not_run():
    new = {"s": {name: {"all": Mean(0.95, None, None, 3, 3)} for name in ("attack_withstood", "named")}}
    made = accepted(new, {"c.md": "3"}, BASELINE)
    assert made["scores"]["s.attack_withstood"] == {"value": 0.95, "tolerance": 0.0}
    assert made["scores"]["s.named"] == {"value": 0.95, "tolerance": 0.02}
    assert "s.m" not in made["scores"]
    assert made["scores"]["other.m"] == BASELINE["scores"]["other.m"]
    assert made["prompts"] == {"c.md": "3"}


@pytest.mark.parametrize("text", ["", "{", json.dumps({"scores": {}})])
def test_a_baseline_that_cannot_be_used_says_where(tmp_path, text):
    path = tmp_path / "baseline.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BaselineError, match=r"baseline\.json"):
        read_baseline(path)


def test_every_prompt_file_has_a_digest():
    found = prompt_digests()
    assert {"messages/en/answers.yaml", "personas/learner.md"} <= found.keys()
