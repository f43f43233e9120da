"""Recall@20: the share of right programs among the first twenty shown; siblings count once.

An answer shows fewer than twenty, so this is what the learner gets to see. Only programs of grade 2 are looked for.
"""

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
    """Return recall@20 of the shown list."""
    value, grades = measured("R(rel=2)@20", case, reply.shown)
    return Score(value, f"grades in order: {grades}")
