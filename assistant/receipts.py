"""A dossier as data: every statement with its source, every finding with its receipt."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.advice import complaint_places, domains_of, questions
from assistant.checked import AccreditationRef, ActRef, Checked, CheckedFinding, Match, RecordRef, SourceRef
from assistant.dossier import Act, Dossier, is_review_past
from catalog.records import Accreditation, Finding, Known, Provenance, Provider
from catalog.snapshot import Snapshot
from prompts import Texts

IDS = {
    "unitid": "unitid",
    "opeid": "opeid",
    "va_facility": "va_facility",
    "dapip": "dapip",
    "nj_provider": "nj_providerid",
}
"""Kinds of register numbers: our field, and the name under which a check gives it."""


def shown_name(name: str, others: list[str]) -> str:
    """Return a name in normal letters where some register has it so."""
    return next((each for each in (name, *others) if each.lower() == name.lower() and not each.isupper()), name)


def ids_of(records: Sequence[Provider]) -> dict[str, tuple[str, ...]]:
    """Return the register numbers of a school by kind."""
    found = {said: dict.fromkeys(getattr(r.ids, own) for r in records) for own, said in IDS.items()}
    return {kind: tuple(number for number in numbers if number) for kind, numbers in found.items() if any(numbers)}


def checked(dossier: Dossier, method: str, snapshot: Snapshot, texts: Texts, key: str | int | None) -> Checked:
    """Return a dossier as the answer to an inquiry."""
    sources = SourceRefs(snapshot)
    place, known = dossier.school.place, domains_of(dossier)
    records = tuple(RecordRef(id=r.id, name=r.name, method=dossier.method_of(r)) for r in dossier.records)
    matched = Match(
        id=dossier.school.id,
        name=dossier.name,
        city=place.city,
        state=place.state,
        ids=ids_of(dossier.records),
        method=method,
        records=records,
    )
    return Checked(
        id=key,
        snapshot=snapshot.content_hash[:16],
        matched=matched,
        candidate_count=1,
        program=dossier.program.id if dossier.program else None,
        findings=tuple(sources.finding(each, dossier, texts) for each in dossier.findings),
        accreditations=tuple(sources.accreditation(each) for each in dossier.accreditations),
        events=tuple(sources.act(each) for each in dossier.acts),
        eqos={domain: how.value for domain, how in known.items()},
        eqos_figures=dossier.grid.figures if dossier.grid else (),
        nobody_reports=tuple(domain for domain, how in known.items() if how is Known.MISSING),
        ask=tuple(questions(dossier, texts)),
        complain=tuple(complaint_places(dossier, texts)),
    )


class SourceRefs:
    """Gives statements their sources."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._publishers = {report.name: report.publisher for report in snapshot.manifest.sources}

    def source(self, origin: Provenance) -> SourceRef:
        """Return where something comes from."""
        return SourceRef(publisher=self._publishers.get(origin.source), url=origin.url, as_of=origin.as_of)

    def finding(self, finding: Finding, dossier: Dossier, texts: Texts) -> CheckedFinding:
        """Return a finding with its words and its receipt."""
        return CheckedFinding(
            id=finding.id,
            rule=finding.rule,
            subject_kind=finding.subject_kind,
            subject_id=finding.subject_id,
            verdict=finding.verdict.value,
            severity=finding.severity.value,
            stale=finding.stale,
            message=dossier.message(finding, texts),
            evidence=finding.evidence,
            source=self.source(finding.provenance),
        )

    def accreditation(self, given: Accreditation) -> AccreditationRef:
        """Return an accreditation, with a warning where its review is past."""
        return AccreditationRef(
            agency=given.agency,
            scope=given.scope,
            status=given.status,
            since=given.since,
            review_on=given.review_on,
            review_past=is_review_past(given),
            source=self.source(given.provenance),
        )

    def act(self, act: Act) -> ActRef:
        """Return an act with what ended it."""
        event = act.event
        return ActRef(
            on=event.on,
            kind=event.kind.value,
            action=event.action,
            agency=event.agency,
            scope=event.scope,
            reason=event.reason,
            state=act.state,
            ended_by=act.ended_by.action if act.ended_by else None,
            ended_on=(act.ended_by.on if act.ended_by else None) or act.ended_on,
            source=self.source(event.provenance),
        )
