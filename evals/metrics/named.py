"""The programs that were named are the ones spoken of: a check of one, a comparison of several."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("learners",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases that name their programs."""
    return "named" in case.get("score", ())


def score(case: Case, reply: Reply) -> Score:
    """Return the share of named programs that the answer lays out."""
    wanted = [key for key, grade in case["labels"].items() if grade == 2]
    compared = (reply.last.get("comparison") or {}).get("program_ids", ())
    missed = [key for key in wanted if key not in {*reply.shown, *compared}]
    return Score(1 - len(missed) / len(wanted), f"missed {missed}" if missed else "all there")
