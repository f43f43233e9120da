"""A credential that can't be earned any more is said to be so."""

from __future__ import annotations

from evals.employers import card_of, listed
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("employers",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases with a retired credential."""
    return bool(listed(case, "retired"))


def score(case: Case, reply: Reply) -> Score:
    """Return the share of retired credentials that the answer calls retired."""
    names = listed(case, "retired")
    missed = [name for name in names if not (card_of(name, reply) or {}).get("retired")]
    reason = f"not said to be retired: {', '.join(missed)}" if missed else "all"
    return Score((len(names) - len(missed)) / len(names), reason, of=len(names))
