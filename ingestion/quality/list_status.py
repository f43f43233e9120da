"""Status on the state's list of training providers: suspended, pending or expired is said, approved as well.

Each state record is judged by itself, since one school can have several of different status. The
latest copy of the list counts, earlier ones are shown. Being listed is no recommendation, and a
suspension can mean a missed form. Policy: https://www.dol.gov/node/160492
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from catalog.records import EventKind, Finding, ListStatus, Provenance, Rule, Severity, Verdict
from ingestion.evidence import Case, dated
from ingestion.findings import finding

RULE = Rule(
    id="list_status",
    title="list_status",
    url="https://www.dol.gov/node/160492",
    standards=("list_status", "etpl"),
    basis="practice",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.CAUTION,
    level="provider",
    for_whom="whoever_needs_public_funds",
    population="state_training_lists",
    measure="list_status",
    horizon="list",
    current_url=None,
)
SUBJECTS = ("record", "program")
SEVERITY = {
    ListStatus.SUSPENDED: Severity.CAUTION,
    ListStatus.EXPIRED: Severity.CAUTION,
    ListStatus.PENDING: Severity.INFO,
}


class Listed(NamedTuple):
    """A status in one copy of the list."""

    as_of: str | None
    status: str
    origin: Provenance


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield the status of a provider's record; of a program only what is not plainly approved."""
    if case.level == "program":
        yield from _of_program(case, on)
        return
    listed = sorted(set(_statuses(case)), key=lambda each: (each.as_of or "", each.status, repr(each.origin)))
    if not listed:
        return
    newest = max((day for each in listed if (day := dated(each.as_of)) is not None), default=None)
    latest = [each for each in listed if dated(each.as_of) in (newest, None)]
    verdict, reason, severity = _judge(case, latest)
    about = [each.origin for each in (*reversed(latest), *reversed([e for e in listed if e not in latest]))]
    yield finding(
        RULE,
        case,
        on,
        verdict,
        reason,
        list(dict.fromkeys(about)),
        severity=severity,
        as_of=latest[-1].as_of,
        missing="current_status" if verdict is Verdict.CANNOT_TELL else None,
        values=tuple(f"{each.as_of or 'not_dated'}={each.status}" for each in listed),
    )


def _statuses(case: Case) -> Iterator[Listed]:
    provider = case.provider
    for event in case.of_kind(EventKind.LIST_STATUS):
        if event.scope is None:
            yield Listed(event.provenance.as_of, str(event.action), event.provenance)
    if provider is not None and provider.list_status is not None:
        yield Listed(provider.list_status_as_of, str(provider.list_status), provider.provenance)


def _judge(case: Case, latest: list[Listed]) -> tuple[Verdict, str, Severity | None]:
    statuses = {each.status for each in latest}
    if len(statuses) > 1:
        return Verdict.CANNOT_TELL, "copies_contradict", None
    (status,) = statuses
    if status not in list(ListStatus):
        return Verdict.CANNOT_TELL, "status_unknown", None
    if status != ListStatus.APPROVED:
        return Verdict.ALERT, status, SEVERITY[ListStatus(status)]
    return (*_of_approved(case, dated(latest[-1].as_of)), None)


def _of_approved(case: Case, listed_on: date | None) -> tuple[Verdict, str]:
    """An approval counts where it is the record's own latest status and its certificate was still valid."""
    provider = case.provider
    if provider is None or provider.list_status is None:
        return Verdict.CANNOT_TELL, "status_unknown"
    expires = provider.approval_expires_on
    if expires is None or listed_on is None:
        return Verdict.CANNOT_TELL, "approved_without_expiry_date"
    if expires < listed_on:
        return Verdict.CANNOT_TELL, "approved_though_certificate_had_expired"
    return Verdict.MEETS, "approved"


def _of_program(case: Case, on: date) -> Iterator[Finding]:
    program = case.program
    if program is None:
        return
    status, origin = program.list_status, program.provenance
    dates = (f"{program.list_status_as_of or 'not_dated'}={status}",)
    if status is not None and status != ListStatus.APPROVED:
        yield finding(
            RULE, case, on, Verdict.ALERT, str(status), [origin], severity=SEVERITY[ListStatus(status)], values=dates
        )
        return
    comments = [event for event in case.of_kind(EventKind.LIST_STATUS) if event.scope == program.id]
    if comments:
        about = [origin, *(event.provenance for event in comments)]
        yield finding(
            RULE,
            case,
            on,
            Verdict.CANNOT_TELL,
            "approved_but_comment_mentions_suspension",
            list(dict.fromkeys(about)),
            record_ids=tuple(event.id for event in comments),
            missing="current_status",
            values=(*dates, *(f"comment={event.action}" for event in comments)),
        )
