"""An explained standard holds the words that it must, and a 'no' where the right answer is no."""

from __future__ import annotations

import re

from evals.reply import Case, Reply
from evals.scores import Score
from evals.slots import plain

SUITES = ("learners", "standards")
DEFAULT = 0.0
DENIAL = re.compile(r"\b(no|not|never|below|cannot|nor|ni|nunca|debajo|tampoco|isn't|doesn't|don't)\b", re.IGNORECASE)


def applies(case: Case) -> bool:
    """Cases that say which words must occur."""
    return "words" in case.get("score", ())


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when each word occurs (`a|b`: either will do) and what must be denied is."""
    text = reply.last["text"]
    missed = [each for each in case["expected"]["words"] if not any(plain(w) in plain(text) for w in each.split("|"))]
    if case["expected"].get("denies") and not DENIAL.search(text):
        missed.append("a denial")
    return Score(float(not missed), f"missing: {', '.join(missed)}" if missed else "all there")
