"""The first program shown is fully right: its topic, and every hard constraint for certain (success@1)."""

from __future__ import annotations

from evals.ranking import measured
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("learners",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases with a program that is fully right."""
    return "rank" in case.get("score", ()) and 2 in case["labels"].values()


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when the first program has grade 2."""
    if not reply.shown:
        return Score(0.0, f"no program shown, status {reply.last['status']}")
    value, grades = measured("Success(rel=2)@1", case, reply.shown)
    return Score(value, f"first: {reply.shown[0]}, grade {grades[0]}")
