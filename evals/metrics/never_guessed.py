"""A name that several schools bear is not guessed: no school is judged, the candidates are named."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("warnings",)
DEFAULT = 0.0
TOLERANCE = 0.0


def applies(case: Case) -> bool:
    """Cases with a name of several schools and nothing else."""
    return case.get("kind") == "ambiguous"


def score(_case: Case, reply: Reply) -> Score:
    """Return 1 for no school and at least two candidates."""
    matched, count = reply.last["matched"], reply.last["candidate_count"]
    return Score(float(matched is None and count > 1), f"matched {matched and matched['name']}, {count} candidates")
