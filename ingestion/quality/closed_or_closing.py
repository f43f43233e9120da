"""A school or campus that closed, is closing, or is no longer certified as operating.

From the federal directory, VA's closing list and flags, the Scorecard, and the accreditors' actions, also
where an accreditation was lost because the school closed. One
campus can close while others stay open. What a register of operating schools lists later, or an
accreditor renews later, can't be told; nor can a closing date beside words that do not speak of closing.
A school that was merged is said to be so. Policy: https://github.com/department-of-veterans-affairs/gibct-data-service
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from catalog.records import EventKind, Finding, Provider, ProviderEvent, Rule, Severity, Verdict
from ingestion.accreditors import RESTORATIVE, is_closing
from ingestion.evidence import Case, dated
from ingestion.findings import finding

RULE = Rule(
    id="closed_or_closing",
    title="closed_or_closing",
    url="https://github.com/department-of-veterans-affairs/gibct-data-service",
    standards=("closed_or_closing", "teach_out", "closed_school_discharge"),
    basis="practice",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.SERIOUS,
    level="provider",
    for_whom="everyone",
    population="schools_known_to_federal_registers",
    measure="closing_date",
    horizon="list",
    current_url=None,
)
SUBJECTS = ("school",)
DATES_ONLY = "va_caution_flags"
"""The source whose closing dates stand beside words about something else."""
SPEAKS_OF_CLOSING = re.compile(r"clos|ceas|teach.?out|out of business", re.IGNORECASE)
MERGED = re.compile(r"now part of|merge", re.IGNORECASE)
LISTINGS = ("ipeds_directory", "scorecard_institution")
"""Sources that list schools as operating."""


class Closing(NamedTuple):
    """One source's word that a school closed, and what speaks against it."""

    event: ProviderEvent
    doubt: str | None


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield one finding: the last closing that nothing speaks against, else the last that can't be told."""
    closings = [Closing(event, _doubt(case, event)) for event in _events(case)]
    if not closings:
        return
    sure = [closing for closing in closings if closing.doubt is None]
    main = max(sure or closings, key=lambda closing: (closing.event.on or date.min, closing.event.id)).event
    doubt = None if sure else next(closing.doubt for closing in closings if closing.event is main)
    others = sorted((c.event for c in closings if c.event is not main), key=lambda event: event.id)
    merged = bool(MERGED.search(main.reason or ""))
    acts = [main, *others]
    values = [f"{each.on.isoformat() if each.on else 'not_dated'}={each.action}" for each in acts]
    if main.reason:
        values.append(f"stated_reason={main.reason}")
    if is_closing(main) and case.school is not None and case.school.id != case.subject_id:
        # A register names such places after their hosts: a high school is open, though a college left it.
        values.append(f"place_of={case.school.name}")
    yield finding(
        RULE,
        case,
        on,
        Verdict.CANNOT_TELL if doubt else Verdict.ALERT,
        doubt or ("merged_into_another" if merged else _reason(main)),
        [act.provenance for act in acts],
        severity=Severity.INFO if merged else None,
        missing="current_status" if doubt else None,
        provider_id=main.provider_id,
        record_ids=tuple(act.id for act in acts),
        values=tuple(dict.fromkeys(values)),
    )


def _events(case: Case) -> list[ProviderEvent]:
    acts = [act for act in case.of_kind(EventKind.ACCREDITOR_ACTION) if is_closing(act)]
    return [*case.of_kind(EventKind.CLOSURE), *acts]


def _reason(event: ProviderEvent) -> str:
    if "certified" in event.action:
        return "not_certified_as_operating"
    return "closed" if event.on or "business" in event.action else "closing_announced"


def _doubt(case: Case, event: ProviderEvent) -> str | None:
    if event.provenance.source == DATES_ONLY and not SPEAKS_OF_CLOSING.search(event.reason or ""):
        return "date_without_words_of_closing"
    closed = event.on or dated(event.provenance.as_of)
    if closed is None:
        return "not_dated"
    if any(_listed_later(case, provider, closed) for provider in (case.provider, *case.linked) if provider):
        return "listed_as_operating_later"
    later = [act for act in case.of_kind(EventKind.ACCREDITOR_ACTION) if act.action in RESTORATIVE]
    if any(act.on is None or act.on > closed for act in later if act.provider_id == event.provider_id):
        return "accredited_later"
    return None


def _listed_later(case: Case, provider: Provider, closed: date) -> bool:
    """Whether a register of a later date has the school, without itself saying that it does not operate."""
    source, as_of = provider.provenance.source, provider.provenance.as_of
    if source not in LISTINGS or as_of is None:
        return False
    said = [(event.provenance.source, event.provenance.as_of) for event in case.of_kind(EventKind.CLOSURE)]
    return as_of > closed.isoformat()[: len(as_of)] and (source, as_of) not in said
