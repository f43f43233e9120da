"""The facts that an employer needs are said: validity, who gives it, where to check it, what a law asks for."""

from __future__ import annotations

from evals.employers import expected, judged
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("employers",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases with facts."""
    return bool(expected(case).get("must_say"))


def score(case: Case, reply: Reply) -> Score:
    """Return the share of the facts that are said; unknown ones are not, but are told apart."""
    found = judged(case, reply)
    said = sum(each.verdict == "said" for each in found)
    others = ", ".join(f"{each.fact['fact']} {each.verdict}" for each in found if each.verdict != "said")
    return Score(said / len(found), others or "all said", of=len(found))
