"""Workforce Pell screen: whether a short program could pass the federal tests, as far as its figures say.

Length is the only part whose own measure is published: at least 150 and under 600 clock hours, at least
8 and under 15 weeks. Completion within 150 % of the normal time, placement within 180 days and
value-added pay are other measures than those published; so are the governor's approval and a year on
offer. So a program of fitting length is *cannot tell*, one that is too short is below, and a longer one
is outside. Only schools in federal aid can have it. Policy: https://www.federalregister.gov/d/2026-10013
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.records import Finding, Length, Rule, Severity, Verdict
from ingestion.evidence import Case
from ingestion.findings import finding

RULE = Rule(
    id="workforce_pell",
    title="workforce_pell",
    url="https://www.federalregister.gov/d/2026-10013",
    standards=(
        "workforce_pell",
        "workforce_pell_length",
        "workforce_pell_completion",
        "workforce_pell_placement",
        "workforce_pell_value_added",
        "workforce_pell_conditions",
    ),
    basis="law",
    in_force_from=date(2026, 7, 1),
    last_checked=date(2026, 11, 24),
    severity=Severity.INFO,
    level="program",
    for_whom="whoever_needs_a_grant",
    population="title_iv_short_programs",
    measure="workforce_pell_tests",
    horizon="outcome",
    current_url=None,
)
SUBJECTS = ("program",)
HOURS, WEEKS = (150, 600), (8, 15)
OTHER_TESTS = "completion_within_150_percent,placement_within_180_days,value_added_earnings,governors_approval"


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield the screen of a program that may be short and may be in federal aid; none of others."""
    program = case.program
    title_iv = case.school.title_iv if case.school else None
    if program is None or title_iv is False or _is_longer(program.length):
        return
    verdict, reason, missing = _judge(title_iv, program.length)
    low, high = program.length.weeks_min, program.length.weeks_max
    values = (
        f"title_iv={'unknown' if title_iv is None else 'yes'}",
        f"clock_hours={program.length.clock_hours}",
        f"weeks_min={low}",
        f"weeks_max={high}",
        f"other_tests={OTHER_TESTS}",
    )
    yield finding(RULE, case, on, verdict, reason, [program.provenance], missing=missing, values=values)


def _is_longer(length: Length) -> bool:
    hours, weeks = length.clock_hours, length.weeks_min
    return (hours is not None and hours >= HOURS[1]) or (weeks is not None and weeks >= WEEKS[1])


def _judge(title_iv: bool | None, length: Length) -> tuple[Verdict, str, str | None]:
    hours, low, high = length.clock_hours, length.weeks_min, length.weeks_max
    if title_iv is None:
        return Verdict.CANNOT_TELL, "federal_aid_unknown", "title_iv"
    if (hours is not None and hours < HOURS[0]) or (high is not None and high < WEEKS[0]):
        return Verdict.BELOW, "too_short", None
    if hours is None:
        return Verdict.CANNOT_TELL, "clock_hours_unknown", "clock_hours"
    if low is None or high is None or low < WEEKS[0] or high >= WEEKS[1]:
        return Verdict.CANNOT_TELL, "weeks_unclear", "weeks"
    return Verdict.CANNOT_TELL, "length_fits_other_tests_unpublished", "completion_within_150_percent"
