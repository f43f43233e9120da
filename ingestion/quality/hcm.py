"""Heightened cash monitoring by the Department of Education: level 1 a caution, level 2 serious.

The Department itself says that some causes are serious and others less so, such as a late audit: the
stated reason is part of the finding. Monitoring is of an institution with all its branches. The list
does not state its own date. The College Scorecard says of level 2 only whether a school was on it on a
date; that it is not ends what the Scorecard said before, but not what the undated list says.
Policy: https://studentaid.gov/data-center/school/hcm
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from catalog.records import EventKind, Finding, ProviderEvent, Rule, Severity, Verdict
from ingestion.evidence import Case, dated
from ingestion.findings import finding

RULE = Rule(
    id="hcm",
    title="hcm",
    url="https://studentaid.gov/data-center/school/hcm",
    standards=("heightened_cash_monitoring", "hcm1", "hcm2"),
    basis="rule",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.SERIOUS,
    level="provider",
    for_whom="whoever_needs_federal_aid",
    population="title_iv",
    measure="monitoring_list",
    horizon="list",
    current_url="https://studentaid.gov/data-center/school/hcm",
)
SUBJECTS = ("school",)
LEVEL_1, LEVEL_2 = "HCM - Cash Monitoring 1", "HCM - Cash Monitoring 2"
ON_2, OFF_2 = "Heightened Cash Monitoring 2", "Not on Heightened Cash Monitoring 2"


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield at most one finding: the highest level that nothing later ended."""
    acts = [*case.of_kind(EventKind.CASH_MONITORING), *sorted(case.institution_events, key=lambda act: act.id)]
    level_2 = [act for act in acts if act.action in (LEVEL_2, ON_2)]
    off = [act for act in acts if act.action == OFF_2]
    level_1 = [act for act in acts if act.action == LEVEL_1]
    unclear = [act for act in acts if act.action not in (LEVEL_1, LEVEL_2, ON_2, OFF_2)]
    open_2 = [act for act in level_2 if not any(_ends(each, act) is True for each in off)]
    sure_2 = [act for act in open_2 if all(_ends(each, act) is False for each in off)]
    if sure_2:
        yield _finding(case, on, Verdict.ALERT, "level_2", _listed_first(sure_2), off, Severity.SERIOUS)
    elif level_1:
        yield _finding(case, on, Verdict.ALERT, "level_1", level_1, [*open_2, *off], Severity.CAUTION)
    elif open_2:
        yield _finding(case, on, Verdict.CANNOT_TELL, "level_2_perhaps_ended", [*_listed_first(open_2), *off], [])
    elif unclear:
        yield _finding(case, on, Verdict.CANNOT_TELL, "level_not_stated", unclear, [])


def _ends(off: ProviderEvent, listed: ProviderEvent) -> bool | None:
    """Whether being off the list is later than being on it; None where a date is missing, or it is the same."""
    ended, begun = dated(off.provenance.as_of), dated(listed.provenance.as_of)
    if ended is None or begun is None or ended == begun:
        return None
    return ended > begun


def _listed_first(acts: Sequence[ProviderEvent]) -> list[ProviderEvent]:
    """The list's own row comes first: it has the reason."""
    return sorted(acts, key=lambda act: (act.action != LEVEL_2, act.id))


def _finding(
    case: Case,
    on: date,
    verdict: Verdict,
    reason: str,
    saying: Sequence[ProviderEvent],
    beside: Sequence[ProviderEvent],
    severity: Severity | None = None,
) -> Finding:
    """Return the finding of the acts that say it; those beside are shown, and lend it no date."""
    main, acts = saying[0], [*saying, *beside]
    if main in case.institution_events and main not in case.events:
        reason = f"{reason}_of_institution"
    dates = sorted(act.provenance.as_of for act in saying if act.provenance.as_of)
    values = [f"words={main.action}", f"stated_reason={main.reason or 'not_stated'}"]
    values += [f"{act.provenance.as_of or 'list_without_a_date'}={act.action}" for act in acts]
    return finding(
        RULE,
        case,
        on,
        verdict,
        reason,
        [act.provenance for act in acts],
        severity=severity,
        as_of=dates[-1] if dates else None,
        missing="current_list" if verdict is Verdict.CANNOT_TELL else None,
        provider_id=main.provider_id,
        record_ids=tuple(act.id for act in acts),
        values=tuple(values),
    )
