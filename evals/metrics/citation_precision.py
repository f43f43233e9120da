"""ALCE's citation precision, by record check: citations whose record holds something of their statement."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("learners", "programs", "standards", "refusal")
DEFAULT = 0.0
TOLERANCE = 0.005


def applies(_case: Case) -> bool:
    """Every case."""
    return True


def score(_case: Case, reply: Reply) -> Score:
    """Return the share of citations that hold a figure, date or name of their statement."""
    every = sum(len(each.citations) for each in reply.statements)
    idle = [f"{list(each.idle)} in: {each.text}" for each in reply.statements if each.idle]
    if not every:
        return Score(1.0, "nothing cited", of=0)
    count = sum(len(each.idle) for each in reply.statements)
    return Score(1 - count / every, " || ".join(idle[:3]) or "all needed", of=every)
