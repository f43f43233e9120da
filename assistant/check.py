"""The provider check: one school or several candidates, its findings with receipts, its grid, whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process

from assistant.advice import complaint_places, domains_of, questions
from assistant.checked import (
    AccreditationRef,
    ActRef,
    Checked,
    CheckedFinding,
    Inquiry,
    Match,
    RecordRef,
    SourceRef,
)
from assistant.dossier import Act, Dossier, is_review_past, read_dossier
from assistant.names import Named, NameIndex, alike, by_numbers, comparable
from assistant.wording import message
from catalog.records import Accreditation, Finding, Known, Program, Provenance, Provider
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
SAME_PROGRAM = 85
MOST_CANDIDATES = 20


@dataclass(frozen=True)
class Found:
    """What an inquiry found: the one school with its dossier, or the candidates."""

    dossier: Dossier | None
    candidates: tuple[str, ...]
    method: str
    namesakes: int = 0


class Checker:
    """Checks schools against one snapshot; safe to share between threads."""

    def __init__(self, snapshot: Snapshot, names: NameIndex) -> None:
        self.snapshot, self.names = snapshot, names

    def find(self, inquiry: Inquiry, on: date | None = None) -> Found:
        """Return the school that is meant, with all that is known of it, or whom it may mean."""
        program = self._program(inquiry.program)
        if program is not None and not inquiry.name:
            entry = self.names.entries.get(program.provider_id)
            if entry is None:
                return Found(None, (), "program")
            return Found(read_dossier(self.snapshot, self.names, entry.school, program, on), (entry.school,), "program")
        named = self._named(inquiry)
        if len(named.schools) != 1:
            return Found(None, named.schools, named.method)
        school = named.schools[0]
        program = program or self._program_of(school, inquiry.program)
        dossier = read_dossier(self.snapshot, self.names, school, program, on)
        return Found(dossier, named.schools, named.method, named.namesakes)

    def _named(self, inquiry: Inquiry) -> Named:
        """Return the schools meant: a register number counts before a name, unless the name contradicts it."""
        numbers = [
            ("ids_unitid", inquiry.unitid),
            ("ids_opeid", inquiry.opeid and inquiry.opeid.zfill(8 if len(inquiry.opeid) > 6 else 6).ljust(8, "0")),
            ("ids_nj_provider", inquiry.nj_providerid),
        ]
        given = [(column, number.strip()) for column, number in numbers if number]
        schools = by_numbers(self.snapshot, given)
        method = "id"
        if schools and inquiry.name and not any(self._bears(key, inquiry.name) for key in schools):
            other = self.names.find(inquiry.name, inquiry.state, inquiry.city)
            return Named((*schools, *(key for key in other.schools if key not in schools)), "contradiction")
        if schools:
            return Named(schools, method)
        return self._by_name(inquiry)

    def _by_name(self, inquiry: Inquiry) -> Named:
        if not inquiry.name:
            return Named((), "name")
        found = self.names.find(inquiry.name, inquiry.state, inquiry.city)
        if not found.schools and inquiry.city:
            found = self.names.find(inquiry.name, inquiry.state)
        return found

    def _bears(self, school: str, name: str) -> bool:
        sql = "SELECT name, aliases FROM providers WHERE coalesce(entity_id, id) = ?"
        return any(alike(name, (own, *(aliases or ()))) for own, aliases in self.snapshot.query(sql, [school]))

    def knows_program(self, key: str) -> bool:
        """Whether a program of that id is in the snapshot."""
        return self._program(key) is not None

    def _program(self, key: str | None) -> Program | None:
        return self.snapshot.get(Program, [key]).get(key) if key else None

    def _program_of(self, school: str, name: str | None) -> Program | None:
        """Return the school's program of that name, when one is clearly meant."""
        if not name:
            return None
        sql = """SELECT p.id, p.name FROM programs p JOIN providers v ON v.id = p.provider_id
                 WHERE coalesce(v.entity_id, v.id) = ? ORDER BY p.id"""
        names = {key: comparable(own) for key, own in self.snapshot.query(sql, [school])}
        best = process.extractOne(
            comparable(name), names, scorer=fuzz.token_sort_ratio, processor=None, score_cutoff=SAME_PROGRAM
        )
        return self._program(best[2]) if best else None

    def check(self, inquiry: Inquiry, texts: Texts, on: date | None = None) -> Checked:
        """Answer one inquiry as data."""
        found = self.find(inquiry, on)
        head = {"id": inquiry.id, "snapshot": self.snapshot.content_hash[:16]}
        if found.dossier is None:
            candidates = tuple(self.candidate(key, found.method) for key in found.candidates[:MOST_CANDIDATES])
            return Checked(matched=None, candidates=candidates, candidate_count=len(found.candidates), **head)
        return checked(found.dossier, found.method, self.snapshot, texts, head)

    def candidate(self, school: str, method: str) -> Match:
        """Return one of several schools that may be meant."""
        records = self.snapshot.select(Provider, "coalesce(entity_id, id) = ?", [school], order="id")
        own = next((record for record in records if record.id == school), records[0])
        return Match(
            id=school,
            name=shown_name(own.name, [record.name for record in records]),
            city=own.place.city,
            state=own.place.state,
            ids=ids_of(records),
            method=method,
        )


def shown_name(name: str, others: list[str]) -> str:
    """Return a name in normal letters where some register has it so."""
    return next((each for each in (name, *others) if each.lower() == name.lower() and not each.isupper()), name)


def ids_of(records: list[Provider] | tuple[Provider, ...]) -> dict[str, tuple[str, ...]]:
    """Return the register numbers of a school by kind."""
    found = {said: dict.fromkeys(getattr(r.ids, own) for r in records) for own, said in IDS.items()}
    return {kind: tuple(number for number in numbers if number) for kind, numbers in found.items() if any(numbers)}


def checked(dossier: Dossier, method: str, snapshot: Snapshot, texts: Texts, head: dict[str, str | None]) -> Checked:
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
        id=head["id"],
        snapshot=head["snapshot"] or "",
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
            message=message(finding, dossier.rules[finding.rule], texts, dossier.about(finding)),
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
