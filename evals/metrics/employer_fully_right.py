"""An employer's question is answered fully: identified, unmasked, retired, kinds, facts said, none wrong."""

from __future__ import annotations

from evals.metrics import (
    ambiguity_told,
    credentials_identified,
    employer_facts_not_wrong,
    employer_facts_said,
    kinds_right,
    made_up_unmasked,
    retired_told,
)
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("employers",)
DEFAULT = 0.0
PARTS = (
    ambiguity_told,
    credentials_identified,
    employer_facts_not_wrong,
    employer_facts_said,
    kinds_right,
    made_up_unmasked,
    retired_told,
)


def applies(_case: Case) -> bool:
    """Every case."""
    return True


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when every part that applies is whole."""
    missed = [
        part.__name__.rpartition(".")[2] for part in PARTS if part.applies(case) and part.score(case, reply).value < 1
    ]
    return Score(float(not missed), f"not whole: {', '.join(missed)}" if missed else "fully right")
