"""Complaints to VA in proportion to the school's size: more than three per thousand undergraduates.

The bar is ours: it is about eight times what the 1,260 schools with complaints and known enrolment have
together (0.37 per thousand, June 2019). Counted are the complaints that VA closed and not as invalid,
from about 2014 to June 2019, over the undergraduates of about that time: most of these can't complain
to VA, so the proportion is no rate of dissatisfied learners, and only fit to tell a large school from a
small one. Below ten complaints nothing is said.
Policy: https://benefits.va.gov/gibill/comparison_tool/about_this_tool.asp
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from catalog.records import EventKind, Finding, Measure, ProviderEvent, Reported, Rule, Severity, Verdict
from ingestion.bars import Judged
from ingestion.evidence import Case, by_origin, dated
from ingestion.findings import finding
from ingestion.intervals import wilson

RULE = Rule(
    id="complaints_in_proportion",
    title="complaints_in_proportion",
    url="https://benefits.va.gov/gibill/comparison_tool/about_this_tool.asp",
    standards=("gi_bill",),
    basis="ours",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="provider",
    for_whom="veterans",
    population="schools_known_to_va",
    measure="complaints_per_undergraduate",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("school",)
COUNTED = "all issues"
ENROLMENT = "undergraduates"
BAR, FEWEST = 0.003, 10


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield the verdict on a school with complaints; of one without any none, since the list is not of all schools."""
    events = [event for event in case.of_kind(EventKind.COMPLAINTS) if event.scope in (COUNTED, None)]
    if not events:
        return
    enrolments = _of_the_time(case, events)
    judged = _judge(events, enrolments)
    counts = [event.count for event in events]
    values = [f"complaints={sum(c for c in counts if c is not None)}", f"facilities={len(events)}"]
    values += [f"undergraduates={m.value}:{m.provenance.as_of}" for m in enrolments]
    low, high = judged.interval or (None, None)
    yield finding(
        RULE,
        case,
        on,
        judged.verdict,
        judged.reason,
        [*(event.provenance for event in events), *(m.provenance for m in enrolments)],
        threshold=BAR,
        interval_low=low,
        interval_high=high,
        missing=judged.missing,
        record_ids=tuple(event.id for event in events),
        values=tuple(values),
    )


def _of_the_time(case: Case, events: Sequence[ProviderEvent]) -> list[Measure]:
    """Return the numbers of undergraduates nearest to the complaints' date, and any without a date."""
    found = [m for m in case.measures if m.name == ENROLMENT]
    complaint_dates = [day for event in events if (day := dated(event.provenance.as_of)) is not None]
    if not complaint_dates:
        return sorted(found, key=by_origin)
    at = max(complaint_dates)
    gaps = [abs((day - at).days) for m in found if (day := dated(m.provenance.as_of)) is not None]
    nearest = min(gaps, default=None)
    kept = [m for m in found if (day := dated(m.provenance.as_of)) is None or abs((day - at).days) == nearest]
    return sorted(kept, key=by_origin)


def _judge(events: Sequence[ProviderEvent], enrolments: Sequence[Measure]) -> Judged:
    if any(event.count is None or event.scope is None for event in events):
        return Judged(Verdict.CANNOT_TELL, "count_missing", "complaints")
    total = sum(event.count or 0 for event in events)
    sizes = [m.value for m in enrolments if m.reported == Reported.VALUE and m.value is not None]
    if not sizes or len(sizes) < len(enrolments) or min(sizes) < max(total, 1):
        return Judged(Verdict.CANNOT_TELL, "enrolment_unknown", ENROLMENT)
    return _of_sizes(total, min(sizes), max(sizes))


def _of_sizes(total: int, fewest: float, most: float) -> Judged:
    """Hold complaints over the fewest and the most undergraduates that there may be against the bar."""
    smallest, largest = wilson(total / fewest, fewest), wilson(total / most, most)
    if smallest.high < BAR:
        return Judged(Verdict.MEETS, "whole_interval_below", interval=smallest)
    if largest.low <= BAR:
        return Judged(Verdict.CANNOT_TELL, "interval_straddles_bar", "more_years", largest)
    if total < FEWEST:
        return Judged(Verdict.CANNOT_TELL, "too_few_complaints", "more_years", largest)
    return Judged(Verdict.ALERT, "whole_interval_above", interval=largest)
