"""The standard that was asked for is the one explained."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("standards",)
DEFAULT = 0.0


def applies(_case: Case) -> bool:
    """Every case of the suite."""
    return True


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when it comes first."""
    explained = [each["id"] for each in reply.last["standards"]]
    return Score(
        float(bool(explained) and explained[0] in case["standards"]),
        f"explained {explained}, wanted {case['standards']}",
    )
