"""A figure of fewer than ten people: too few to say anything of the next learner.

The ten are ours. The verdict is *cannot tell*; a small class is not a bad one.
Policy: https://govtech.com/public-safety/feds-hit-san-francisco-coding-boot-camp-with-sanctions
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.records import Finding, Reported, Rule, Severity, Verdict
from ingestion.bars import TINY, Judged, figure_finding
from ingestion.evidence import Case

RULE = Rule(
    id="tiny_cohort",
    title="tiny_cohort",
    url="https://govtech.com/public-safety/feds-hit-san-francisco-coding-boot-camp-with-sanctions",
    standards=("unverifiable_placement_claim", "cohort"),
    basis="ours",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.INFO,
    level="provider_cip",
    for_whom="everyone",
    population="whoever_publishes_a_figure",
    measure="any_outcome",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("program", "provider_cip", "school")
FIGURES = (
    "award_rate_4yr",
    "award_rate_6yr",
    "average_quarterly_wage_q2",
    "completion_rate",
    "employment_rate_q2",
    "median_earnings_q2",
)


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield *cannot tell* for each current figure of fewer than ten people."""
    for name in FIGURES:
        tiny = [
            m
            for m in case.measured(name)
            if m.n is not None and m.n < TINY and m.value is not None and m.reported == Reported.VALUE
        ]
        if tiny:
            judged = Judged(Verdict.CANNOT_TELL, "tiny_cohort", "larger_cohort")
            yield figure_finding(RULE, case, on, tiny, judged, None, key=name, values=(f"fewest={TINY}",))
