"""A rate without its denominator: nobody can tell what it is worth.

A completion, placement or graduation rate that is published without the number of people behind it.
Missing data is not bad: the verdict is *cannot tell*, and the question to ask is how many were counted.
Policy: https://govtech.com/public-safety/feds-hit-san-francisco-coding-boot-camp-with-sanctions
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.records import Finding, Reported, Rule, Severity, Unit, Verdict
from ingestion.bars import Judged, figure_finding
from ingestion.evidence import Case

RULE = Rule(
    id="rate_without_denominator",
    title="rate_without_denominator",
    url="https://govtech.com/public-safety/feds-hit-san-francisco-coding-boot-camp-with-sanctions",
    standards=("unverifiable_placement_claim", "cfpb_placement_order"),
    basis="practice",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.INFO,
    level="program",
    for_whom="everyone",
    population="whoever_publishes_a_rate",
    measure="any_rate",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("program", "provider_cip", "school")
RATES = ("completion_rate", "completion_rate_150pct", "employment_rate_q2", "veteran_graduation_rate")


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield *cannot tell* for each current rate that lacks its number of people."""
    for name in RATES:
        bare = [
            m
            for m in case.measured(name)
            if m.n is None and m.value is not None and m.reported == Reported.VALUE and m.unit == Unit.FRACTION
        ]
        if bare:
            judged = Judged(Verdict.CANNOT_TELL, "no_cohort_size", "cohort_size")
            yield figure_finding(RULE, case, on, bare, judged, None, key=name)
