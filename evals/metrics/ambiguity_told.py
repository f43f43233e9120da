"""An abbreviation with several meanings gets all of them, or a question back."""

from __future__ import annotations

from evals.employers import expected, is_told
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("employers",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases whose abbreviation stays open."""
    return bool(expected(case).get("ambiguous"))


def score(case: Case, reply: Reply) -> Score:
    """Return 1 for every reading or a question back; one reading alone is 0."""
    every = all(is_told(name, reply) for name in expected(case)["credentials"])
    asks = bool(reply.last["clarification"])
    return Score(float(every or asks), f"every reading: {every}, asks back: {asks}")
