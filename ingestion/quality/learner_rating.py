"""Learners' ratings: the mean of at least ten ratings from 1 to 6, held against the middle of the scale.

The bar is ours. The spread of the ratings is not published, so the widest possible one is assumed;
below and above need the whole interval on one side. A rating of a few people says nothing, and none
says anything of results. Policy: https://eqos.org/our-method
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.records import Finding, Measure, Rule, Severity, Unit, Verdict
from ingestion.bars import Judged, agreed, figure_finding, unusable
from ingestion.evidence import Case
from ingestion.intervals import mean_rating

RULE = Rule(
    id="learner_rating",
    title="learner_rating",
    url="https://eqos.org/our-method",
    standards=("eqos_satisfaction",),
    basis="ours",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="program",
    for_whom="everyone",
    population="programs_with_ratings",
    measure="learner_rating",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("program",)
NAME, LOWEST, HIGHEST, BAR = "learner_rating", 1, 6, 3.5


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield the verdict on a program's mean rating; without ratings none."""
    measures = case.measured(NAME)
    if measures:
        judged = agreed([_judge(measure) for measure in measures])
        yield figure_finding(RULE, case, on, measures, judged, BAR)


def _judge(measure: Measure) -> Judged:
    problem = unusable(measure)
    if problem is not None:
        return problem
    value, n = measure.value, measure.n
    if value is None or n is None or not LOWEST <= value <= HIGHEST or measure.unit != Unit.RATING_1_TO_6:
        return Judged(Verdict.CANNOT_TELL, "not_a_rating", NAME)
    interval = mean_rating(value, n, LOWEST, HIGHEST)
    if interval.low >= BAR:
        return Judged(Verdict.MEETS, "whole_interval_at_or_above", interval=interval)
    if interval.high < BAR:
        return Judged(Verdict.BELOW, "whole_interval_below", interval=interval)
    return Judged(Verdict.CANNOT_TELL, "interval_straddles_bar", "more_ratings", interval)
