"""The school that is meant is the one that is judged: its number is that of the raw files."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("warnings",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases that know whom they mean."""
    return "ids" in case


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when the matched school has the number; no school, or several to choose from, is a miss."""
    matched = reply.last["matched"]
    if matched is None:
        return Score(0.0, f"no school, {reply.last['candidate_count']} candidates")
    is_right = all(number in matched["ids"].get(kind, ()) for kind, number in case["ids"].items())
    return Score(float(is_right), f"matched {matched['name']}, {matched['city']} {matched['state']}, {matched['ids']}")
