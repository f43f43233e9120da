"""A made-up credential is said to be unknown, and nothing is told of it."""

from __future__ import annotations

from evals.employers import listed, unmasked
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("employers",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases with a made-up name."""
    return bool(listed(case, "made_up"))


def score(case: Case, reply: Reply) -> Score:
    """Return the share of made-up names that are unmasked."""
    names = listed(case, "made_up")
    missed = [name for name in names if not unmasked(name, reply)]
    reason = f"taken for real, or passed over: {', '.join(missed)}" if missed else "all unmasked"
    return Score((len(names) - len(missed)) / len(names), reason, of=len(names))
