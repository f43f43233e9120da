"""The EQOS rubric's five domains per subject: missing, reported by the provider, or verified in records.

A figure that was withheld, or of which nobody was found, leaves its domain missing. Learning is missing
everywhere: no source measures what learners can do at the end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Literal

from catalog.records import Grid, Known, Measure, Reported

DOMAINS = ("learning", "completion", "placement", "earnings", "satisfaction")
DOMAIN_OF = {
    "completion_rate": "completion",
    "completion_rate_150pct": "completion",
    "award_rate_4yr": "completion",
    "award_rate_6yr": "completion",
    "veteran_graduation_rate": "completion",
    "employment_rate_q2": "placement",
    "median_earnings_q2": "earnings",
    "average_quarterly_wage_q2": "earnings",
    "median_earnings_10yr_after_entry": "earnings",
    "learner_rating": "satisfaction",
}
VERIFIED = ("nj_wage_match", "nj_average_wage", "wioa_employment_q2", "wioa_median_earnings_q2", "scorecard_md_earn")
"""Beginnings of definitions of figures that come from wage or tax records, not from the provider."""
WEIGHT = {Known.MISSING: 0, Known.REPORTED: 1, Known.VERIFIED: 2}


def grid_of(
    kind: Literal["program", "provider"],
    subject: str,
    measures: Iterable[Measure],
    more: Mapping[str, Known] | None = None,
) -> Grid:
    """Return the grid of a program or provider; `more` are domains known through its programs."""
    known = dict.fromkeys(DOMAINS, Known.MISSING)
    figures = []
    for measure in measures:
        domain, how = DOMAIN_OF.get(measure.name), how_known(measure)
        if domain is None or how is Known.MISSING:
            continue
        known[domain] = max(known[domain], how, key=WEIGHT.__getitem__)
        n = "" if measure.n is None else measure.n
        figures.append(f"{domain}|{measure.name}={measure.value:g}|{n}|{measure.provenance.source}")
    for domain, how in (more or {}).items():
        known[domain] = max(known[domain], how, key=WEIGHT.__getitem__)
    fields = {"subject_kind": kind, "subject_id": subject, **known, "figures": tuple(sorted(set(figures)))}
    return Grid.trusted(fields)


def how_known(measure: Measure) -> Known:
    """Return whether a figure is missing, reported or verified."""
    if measure.reported != Reported.VALUE or measure.value is None:
        return Known.MISSING
    return Known.VERIFIED if measure.definition.startswith(VERIFIED) else Known.REPORTED


def count(grid: Grid, counts: Counter[tuple[str, str, str]]) -> None:
    """Add a grid to the counts of coverage by kind of subject, domain and what is known."""
    for domain in DOMAINS:
        counts[grid.subject_kind, domain, getattr(grid, domain).value] += 1
