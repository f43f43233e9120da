"""No sentence had to be taken back: the writer wrote nothing that the records do not hold."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("programs", "learners")
DEFAULT = 0.0


def applies(_case: Case) -> bool:
    """Every case."""
    return True


def score(_case: Case, reply: Reply) -> Score:
    """Return 1 when the count of dropped sentences is 0 in every turn."""
    dropped = sum(answer["dropped_sentences"] for answer in reply.answers)
    return Score(float(not dropped), f"{dropped} dropped")
