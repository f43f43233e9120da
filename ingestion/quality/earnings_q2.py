"""Earnings: pay in the second quarter after leaving, held against 5,868.75 dollars a quarter.

The bar is ours: a quarter of 23,475 dollars, the yearly amount (150 % of the 2025 poverty line) that
Workforce Pell's interim test asks of median pay. That test is of another measure (yearly, adjusted
for local prices), so it is not applied here. A median counts with the number of people behind it. An
average lies above the middle where a few earn much: below the bar it says so, above it can't tell.
Policy: https://www.federalregister.gov/d/2026-10013
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.records import Finding, Measure, Rule, Severity, Unit, Verdict
from ingestion.bars import Judged, agreed, figure_finding, missing_finding, unusable
from ingestion.evidence import Case

RULE = Rule(
    id="earnings_q2",
    title="earnings_q2",
    url="https://www.federalregister.gov/d/2026-10013",
    standards=("workforce_pell_value_added", "wioa_median_earnings_q2", "quarterly_and_annual_earnings"),
    basis="ours",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="provider_cip",
    for_whom="job_seekers",
    population="state_training_lists",
    measure="quarterly_earnings_q2",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("provider_cip", "program")
MEDIAN, AVERAGE = "median_earnings_q2", "average_quarterly_wage_q2"
BAR = 23_475 / 4


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield the verdict on the subject's pay, the median before the average; of a program without any, unless
    its field of study has it."""
    measures = case.measured(MEDIAN) or case.measured(AVERAGE)
    if not measures:
        if not any(measure.name in (MEDIAN, AVERAGE) for measure in case.field_measures):
            missing = missing_finding(RULE, case, on, MEDIAN)
            if missing is not None:
                yield missing
        return
    judged = agreed([judge_pay(measure, BAR) for measure in measures])
    yield figure_finding(RULE, case, on, measures, judged, BAR)


def judge_pay(measure: Measure, bar: float) -> Judged:
    """Hold a quarter's pay against a bar of dollars a quarter."""
    problem = unusable(measure)
    if problem is not None:
        return problem
    if measure.unit != Unit.USD_PER_QUARTER or measure.value is None:
        return Judged(Verdict.CANNOT_TELL, "not_quarterly_pay", MEDIAN)
    below = measure.value < bar
    if measure.name == AVERAGE:
        if below:
            return Judged(Verdict.BELOW, "average_below")
        return Judged(Verdict.CANNOT_TELL, "average_above_says_nothing_of_the_middle", MEDIAN)
    return Judged(Verdict.BELOW, "median_below") if below else Judged(Verdict.MEETS, "median_at_or_above")
