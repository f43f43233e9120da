"""The share of slots that are right, out of those asked for and those made up."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score
from evals.slots import differences, expected, understood

SUITES = ("learners",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases that say what was asked for."""
    return "slots" in case.get("score", ())


def score(case: Case, reply: Reply) -> Score:
    """Return the share of right slots; a case without slots has one part, that none was made up."""
    wanted, got = expected(case), understood(reply.last)
    wrong = differences(wanted, got)
    every = len(wanted.keys() | got.keys())
    if not every:
        return Score(1.0, "no slot asked for, none understood")
    return Score((every - len(wrong)) / every, "; ".join(wrong) or "all right", of=every)
