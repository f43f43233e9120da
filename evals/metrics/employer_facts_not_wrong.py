"""No fact about a credential is stated with another value, and nothing is stated that must not be."""

from __future__ import annotations

from evals.employers import expected, judged, states
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("employers",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases with facts, or with statements that are wrong."""
    return bool(expected(case).get("must_say") or expected(case).get("must_not_say"))


def score(case: Case, reply: Reply) -> Score:
    """Return the share of the facts and forbidden statements that the answer does not get wrong."""
    wrong = [each.fact["fact"] for each in judged(case, reply) if each.verdict == "wrong"]
    forbidden = expected(case).get("must_not_say") or []
    wrong += [f"states {each['fact']}" for each in forbidden if states(each, reply)]
    total = len(expected(case).get("must_say") or []) + len(forbidden)
    return Score((total - len(wrong)) / total, f"wrong: {', '.join(wrong)}" if wrong else "none wrong", of=total)
