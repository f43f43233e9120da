"""Low earnings: the federal test of completers' pay four years on against high-school graduates in the state.

The law's measure is the median of completers four years after they finished; a program fails in two
of three years. What is published here is either one cohort's median, or the pay of all who entered ten
years ago, without the number of people: neither is the law's measure, so it can't tell. The figures
are shown beside the state's threshold, which is second-hand and says so.
Policy: https://www.nasfaa.org/news-item/39290/
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from catalog.records import Finding, Measure, Reported, Rule, Severity, Verdict
from ingestion.bars import WITHHELD, Judged, figure_finding
from ingestion.evidence import Case

RULE = Rule(
    id="low_earnings",
    title="low_earnings",
    url="https://www.nasfaa.org/news-item/39290/ED_Publishes_Final_Regulations_Implementing_OBBBA_Accountability_Framework?viewfullsite=1",
    standards=("low_earning_outcome",),
    basis="law",
    in_force_from=date(2026, 7, 1),
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="provider",
    for_whom="borrowers",
    population="title_iv",
    measure="median_earnings_of_completers_4yr_on",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("school",)
NAME = "median_earnings_10yr_after_entry"


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield *cannot tell* with the figures for schools in federal aid, and for those of which that is unknown."""
    title_iv = case.school.title_iv if case.school else None
    measures = case.measured(NAME)
    if title_iv is False or not measures:
        return
    judged = _judge(title_iv, measures)
    threshold = case.threshold
    values = [f"title_iv={'unknown' if title_iv is None else 'yes'}"]
    about = []
    if threshold is not None and threshold.value is not None:
        values += [f"threshold_state={threshold.subject_id}", f"threshold_definition={threshold.definition}"]
        value = measures[0].value
        if value is not None:
            values.append(f"beside_the_threshold={'below' if value < threshold.value else 'at_or_above'}")
        about.append(threshold.provenance)
    bar = threshold.value if threshold else None
    yield figure_finding(RULE, case, on, measures, judged, bar, values=tuple(values), about=about)


def _judge(title_iv: bool | None, measures: Sequence[Measure]) -> Judged:
    first = measures[0]
    if first.reported != Reported.VALUE:
        return Judged(Verdict.CANNOT_TELL, WITHHELD[first.reported], first.name)
    if title_iv is None:
        return Judged(Verdict.CANNOT_TELL, "federal_aid_unknown", "title_iv")
    return Judged(Verdict.CANNOT_TELL, "not_the_laws_measure", "median_earnings_of_completers_4yr_on")
