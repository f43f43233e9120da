"""nDCG@10: right programs, and near ones, at the top of the list; siblings count once.

Grades 2 and 1 as the case has them, linear gains (trec_eval, through ir_measures). The list is the one that the
answer shows. Programs of lists that the labels do not cover have grade 0.
"""

from __future__ import annotations

from evals.ranking import measured
from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("learners",)
DEFAULT = 0.0


def applies(case: Case) -> bool:
    """Cases whose programs have grades."""
    return "rank" in case.get("score", ())


def score(case: Case, reply: Reply) -> Score:
    """Return nDCG@10 of the shown list."""
    value, grades = measured("nDCG@10", case, reply.shown)
    return Score(value, f"grades in order: {grades}; in the labels: {sorted(case['labels'].values(), reverse=True)}")
