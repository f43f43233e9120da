"""A school that is clean in the raw files, or whose sanctions were ended, raises no alert."""

from __future__ import annotations

from evals.checks import alerts_of
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("warnings",)
DEFAULT = 0.0
TOLERANCE = 0.0


def applies(case: Case) -> bool:
    """Cases that say which rules must keep silent."""
    return "silent" in case


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when none of those rules raises an alert."""
    raised = alerts_of(reply.last) & set(case["silent"])
    return Score(float(not raised), f"raised {sorted(raised)}" if raised else "silent")
