"""That nothing fits is recognised: no program is shown as fitting, and the status says so."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("learners",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases that no program fits."""
    return "nothing_fits" in case.get("score", ())


def score(_case: Case, reply: Reply) -> Score:
    """Return 1 for an empty list under the status `nothing_fits`."""
    status, shown = reply.last["status"], reply.shown
    return Score(float(status == "nothing_fits" and not shown), f"status {status}, shown {shown}")
