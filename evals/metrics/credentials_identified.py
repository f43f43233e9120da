"""The credentials of an employer's question are identified: by name, abbreviation, or the state's entry."""

from __future__ import annotations

from evals.employers import expected, is_told
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("employers",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases that name credentials."""
    return bool(expected(case).get("credentials"))


def score(case: Case, reply: Reply) -> Score:
    """Return the share of the credentials that the answer speaks of."""
    names = expected(case)["credentials"]
    missed = [name for name in names if not is_told(name, reply)]
    reason = f"not identified: {', '.join(missed)}" if missed else "all"
    return Score((len(names) - len(missed)) / len(names), reason, of=len(names))
