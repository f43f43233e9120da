"""The alerts that the raw files call for are raised."""

from __future__ import annotations

from evals.checks import alerts_of
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("warnings",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases of schools with trouble on record."""
    return "alerts" in case or "any_of" in case


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when each named rule raises an alert, or one of those of which any will do."""
    raised = alerts_of(reply.last)
    is_right = set(case.get("alerts", ())) <= raised and (not case.get("any_of") or bool(raised & set(case["any_of"])))
    wanted = case.get("alerts") or case.get("any_of")
    return Score(float(is_right), f"wanted {wanted}, raised {sorted(raised)} ({case['why']})")
