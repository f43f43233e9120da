"""Cost payback: whether the price is earned back within four quarters of pay above the poverty bar.

The bar is ours, after the idea of Workforce Pell's value-added test (tuition against a year's pay above
150 % of the poverty line, hence four quarters) and of Texas (a credential should earn back its cost,
within ten years): the total price against four times what the quarter's pay exceeds 5,868.75 dollars by,
a quarter of 23,475. An average is used only where it is too low.
Policy: https://databridge.highered.texas.gov/credentials-of-value/
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from catalog.records import Finding, Measure, Rule, Severity, Unit, Verdict
from ingestion.bars import Judged, agreed, figure_finding, unusable
from ingestion.evidence import Case, current

RULE = Rule(
    id="cost_payback",
    title="cost_payback",
    url="https://databridge.highered.texas.gov/credentials-of-value/",
    standards=("texas_return_on_cost", "workforce_pell_value_added"),
    basis="ours",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="program",
    for_whom="whoever_pays",
    population="state_training_lists",
    measure="total_cost_over_four_quarters_of_gain",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("program",)
MEDIAN, AVERAGE = "median_earnings_q2", "average_quarterly_wage_q2"
POVERTY_QUARTER = 23_475 / 4
QUARTERS = 4


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield the verdict on a program with pay figures, its own or those of its provider and field."""
    own = case.measured(MEDIAN)
    of_field = current(m for m in case.field_measures if m.name in (MEDIAN, AVERAGE))
    measures = own or of_field
    program = case.program
    if program is None or not measures:
        return
    cost = program.cost.total_usd
    judged = agreed([_judge(cost, measure) for measure in measures])
    whose = "program" if own else "provider_cip"
    values = [f"pay_of={whose}", f"cost_total_usd={cost}", f"quarters_allowed={QUARTERS}"]
    about: list[Any] = [program.provenance]
    gain = (measures[0].value or 0.0) - POVERTY_QUARTER
    if cost is not None and gain > 0:
        values.append(f"quarters_needed={cost / gain:.1f}")
    yield figure_finding(RULE, case, on, measures, judged, POVERTY_QUARTER, values=tuple(values), about=about)


def _judge(cost: float | None, measure: Measure) -> Judged:
    problem = unusable(measure)
    if problem is not None:
        return problem
    if measure.unit != Unit.USD_PER_QUARTER or measure.value is None:
        return Judged(Verdict.CANNOT_TELL, "not_quarterly_pay", MEDIAN)
    if cost is None or cost < 0:
        return Judged(Verdict.CANNOT_TELL, "cost_unknown", "cost_total_usd")
    if cost > QUARTERS * (measure.value - POVERTY_QUARTER):
        return Judged(Verdict.BELOW, "not_earned_back")
    if measure.name == AVERAGE:
        return Judged(Verdict.CANNOT_TELL, "average_above_says_nothing_of_the_middle", MEDIAN)
    return Judged(Verdict.MEETS, "earned_back")
