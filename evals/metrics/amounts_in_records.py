"""Every amount of money told of a program is one that its record publishes."""

from __future__ import annotations

from evals.amounts import unsupported_dollars
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("programs",)
DEFAULT = 0.0
TOLERANCE = 0.0


def applies(_case: Case) -> bool:
    """Every case of the suite."""
    return True


def score(_case: Case, reply: Reply) -> Score:
    """Return 1 when no amount is without a record."""
    wrong = unsupported_dollars(reply.last, reply.records.programs)
    return Score(float(not wrong), f"in no record: {wrong}" if wrong else "all in the records")
