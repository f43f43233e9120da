"""The count is right: programs that match for certain, or with those of which one thing is not known.

A count that takes near topics in as well is right too. Where the price was asked for, the middle one must be within
10 % of that of the programs that match for certain.
"""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("learners",)
DEFAULT = 0.0
PRICE_TOLERANCE = 0.1


def applies(case: Case) -> bool:
    """Cases that ask how many."""
    return "figures" in case.get("score", ())


def score(case: Case, reply: Reply) -> Score:
    """Return 1 for a right count, with a right price where it was asked for."""
    wanted = case["expected"]
    groups = [group for group in (reply.last.get("counted") or {}).get("groups", ()) if not group["older"]]
    if not groups:
        return Score(0.0, f"no count of the current list; wanted {wanted}")
    counted, price = groups[0]["programs"], (groups[0]["cost_usd"] or {}).get("median")
    unknown = wanted["count_unknown"]
    is_right = any(low <= counted <= low + unknown for low in (wanted["count"], wanted["count_with_near"]))
    median = wanted.get("cost_median")
    if median is not None:
        is_right &= price is not None and abs(price - median) <= PRICE_TOLERANCE * median
    return Score(float(is_right), f"counted {counted}, middle price {price}; wanted {wanted}")
