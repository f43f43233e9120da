"""A settlement with a government, as VA lists it: an agreement, which need not admit a fault.

The same notice stands on every campus of a chain; it is then said to be the chain's. Words, date and
link are the source's. Policy: https://benefits.va.gov/gibill/comparison_tool/about_this_tool.asp
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.records import Finding, Rule, Severity, Verdict
from ingestion.evidence import Case
from ingestion.findings import finding
from ingestion.notices import notices

RULE = Rule(
    id="settlement",
    title="settlement",
    url="https://benefits.va.gov/gibill/comparison_tool/about_this_tool.asp",
    standards=("va_caution_flag_reasons",),
    basis="practice",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="provider",
    for_whom="everyone",
    population="schools_known_to_va",
    measure="settlement_notice",
    horizon="list",
    current_url=None,
)
SUBJECTS = ("school",)


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield an alert for each settlement, marked where it is a chain's."""
    for notice in notices(case):
        if notice.kind != "settlement":
            continue
        event = notice.event
        yield finding(
            RULE,
            case,
            on,
            Verdict.ALERT,
            "settlement_of_chain" if notice.of_chain else "settlement",
            notice.about(),
            key=event.id,
            provider_id=event.provider_id,
            record_ids=(event.id, *(each.id for each in notice.earlier)),
            values=notice.values(),
        )
