"""The share of statements that are fully supported: every figure, date and name is in the records they cite."""

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
    """Return the share over the statements with a figure, a date or a citation."""
    claims = [each for each in reply.statements if each.is_claim]
    wrong = [f"{', '.join(each.unsupported)} in: {each.text}" for each in claims if each.unsupported]
    if not claims:
        return Score(1.0, "nothing claimed", of=0)
    return Score(1 - len(wrong) / len(claims), " || ".join(wrong[:3]) or "all supported", of=len(claims))
