"""Completion: the share that finished, held against 70 %.

The bar is ours, set where Workforce Pell puts its own, which counts those who finish within 150 % of
the normal time. State lists count completers among all who left, whatever the time. The College
Scorecard's rate is of first-time, full-time students within 150 % of the normal time, and comes
without their number: it can't tell. The share with an award after four or six years is another
measure, and is shown beside it only. Policy: https://www.federalregister.gov/d/2026-10013
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.records import Finding, Rule, Severity
from ingestion.bars import agreed, figure_finding, judge_rate, missing_finding
from ingestion.evidence import Case

RULE = Rule(
    id="completion_rate",
    title="completion_rate",
    url="https://www.federalregister.gov/d/2026-10013",
    standards=("workforce_pell_completion", "completion_rate", "accet_floors"),
    basis="ours",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="program",
    for_whom="everyone",
    population="whoever_publishes_a_rate",
    measure="completion_rate",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("program", "school")
OF_PROGRAMS, OF_SCHOOLS, BAR = "completion_rate", "completion_rate_150pct", 0.70
CONTEXT = ("award_rate_4yr", "award_rate_6yr")


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield the verdict on the subject's rate; schools without a rate get none."""
    measures = case.measured(OF_PROGRAMS if case.level == "program" else OF_SCHOOLS)
    if not measures:
        missing = missing_finding(RULE, case, on, OF_PROGRAMS)
        if missing is not None:
            yield missing
        return
    judged = agreed([judge_rate(measure, BAR) for measure in measures])
    beside = [measure for name in CONTEXT for measure in case.measured(name)]
    values = tuple(f"beside={m.name}:{m.value}:{m.n}" for m in beside)
    about = [measure.provenance for measure in beside]
    yield figure_finding(RULE, case, on, measures, judged, BAR, values=values, about=about)
