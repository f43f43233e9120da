"""A question that can be answered shows at least one program."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("programs",)
DEFAULT = 0.0


def applies(_case: Case) -> bool:
    """Every case of the suite."""
    return True


def score(_case: Case, reply: Reply) -> Score:
    """Return 1 for a list that is not empty."""
    return Score(float(bool(reply.shown)), f"{len(reply.shown)} shown, status {reply.last['status']}")
