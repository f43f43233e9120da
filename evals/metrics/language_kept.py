"""The answer is in the language of the question."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("learners", "programs", "standards", "refusal")
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases that say in which language they are."""
    return "language" in case


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when the two are the same."""
    return Score(float(reply.last["language"] == case["language"]), f"answered in {reply.last['language']}")
