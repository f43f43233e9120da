"""The share of shown programs that break no hard constraint; what is not published breaks nothing."""

from __future__ import annotations

from evals.labels.facts import broken
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("learners",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases with a hard constraint."""
    return bool(case["hard"])


def score(case: Case, reply: Reply) -> Score:
    """Return the share of programs without a broken constraint; relaxed ones are said to break some and don't count."""
    found = {key: broken(case, key, reply.records.programs) for key in reply.shown}
    wrong = [f"{key} breaks {', '.join(names)}" for key, names in found.items() if names]
    if not found:
        return Score(1.0, "no program shown", of=0)
    return Score(1 - len(wrong) / len(found), "; ".join(wrong) or "none broken", of=len(found))
