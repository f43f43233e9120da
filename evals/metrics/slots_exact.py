"""Every slot of the conversation is understood, with its value, and none is made up."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score
from evals.slots import differences, expected, understood

SUITES = ("learners",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases that say what was asked for."""
    return "slots" in case.get("score", ())


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when the slots are the same."""
    wrong = differences(expected(case), understood(reply.last))
    return Score(float(not wrong), "; ".join(wrong) or "all right")
