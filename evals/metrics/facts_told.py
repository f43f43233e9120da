"""The published facts that were asked for are told: prices, hours, outcomes, licence, as the publisher has them."""

from __future__ import annotations

from evals.facts import missing
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("learners",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases that ask for facts of named programs."""
    return "facts" in case.get("score", ())


def score(case: Case, reply: Reply) -> Score:
    """Return the share of published facts that the answer holds; what was not published is not looked for."""
    wrong, every = missing(case, reply.last)
    return Score(1 - len(wrong) / max(every, 1), f"not told: {', '.join(wrong)}" if wrong else "all told")
