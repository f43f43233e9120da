"""ALCE's citation recall, by record check: cited statements that what they cite supports in full."""

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
    """Return the share of statements with citations that are supported."""
    cited = [each for each in reply.statements if each.citations]
    wrong = [each.text for each in cited if each.unsupported]
    if not cited:
        return Score(1.0, "nothing cited", of=0)
    return Score(1 - len(wrong) / len(cited), " || ".join(wrong[:3]) or "all supported", of=len(cited))
