"""VA's caution flags other than settlements: a lawsuit, charges, a denial, a suspension, an announced closing.

A notice is not a finding: it is quoted with its date and link, in the words of its source. VA does not
say when one ends, so an old one is stale.
Policy: https://benefits.va.gov/gibill/comparison_tool/about_this_tool.asp
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from catalog.records import Finding, Rule, Severity, Verdict
from ingestion.evidence import Case
from ingestion.findings import finding
from ingestion.notices import notices

RULE = Rule(
    id="va_caution_flag",
    title="va_caution_flag",
    url="https://benefits.va.gov/gibill/comparison_tool/about_this_tool.asp",
    standards=("va_caution_flag", "va_caution_flag_reasons", "section_702"),
    basis="practice",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="provider",
    for_whom="everyone",
    population="schools_known_to_va",
    measure="caution_flag",
    horizon="list",
    current_url=None,
)
SUBJECTS = ("school",)


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield an alert for each flag that does not speak of a settlement."""
    for notice in notices(case):
        if notice.kind == "settlement":
            continue
        event = notice.event
        yield finding(
            RULE,
            case,
            on,
            Verdict.ALERT,
            notice.kind,
            notice.about(),
            key=event.id,
            provider_id=event.provider_id,
            record_ids=(event.id, *(each.id for each in notice.earlier)),
            values=(*notice.values(), f"of_chain={'yes' if notice.of_chain else 'no'}"),
        )
