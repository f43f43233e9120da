"""All that the snapshot knows of one school: its records, accreditations, acts and what ended them, findings, grid."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from assistant.findings import findings_about, gravity, rules_of
from assistant.names import NameIndex, alike
from assistant.scopes import concerns, scope_of
from assistant.wholes import inherited, wholes_of
from assistant.wording import message
from catalog.ageing import last_day
from catalog.records import (
    Accreditation,
    EventKind,
    Finding,
    Grid,
    Link,
    Program,
    Provider,
    ProviderEvent,
    Rule,
    Verdict,
)
from catalog.snapshot import Snapshot
from prompts import Texts

INSTITUTIONAL = "Institutional Accreditation"
SANCTION = re.compile(r"^(?!.*Remov)(?:Probation or|Warning or|Loss of|Affirm Denial)")
ENDING = re.compile(r"Removed|Removal of (?:Show|Monitor|Warn|Prob)|Renewal|Reinstated|Initial Accreditation")
"""Words of acts that end a sanction, to name the act; that it ended one, the rulebook says."""
OFF_LIST = "Not on"
FIELDS_OF = """
    SELECT DISTINCT subject_id FROM findings WHERE subject_kind = 'provider_cip' AND provider_id IN (SELECT unnest(?))
    ORDER BY subject_id
"""
TITLES = """
    SELECT code, title FROM codes WHERE system IN ('cip2010', 'cip2020') AND code IN (SELECT unnest(?)) ORDER BY system
"""
SHOWN_KINDS = (
    EventKind.CASH_MONITORING,
    EventKind.CLOSURE,
    EventKind.SETTLEMENT,
    EventKind.CAUTION_FLAG,
    EventKind.ACCREDITOR_ACTION,
)


@dataclass(frozen=True)
class Act:
    """A dated act, whether the records leave it open, and the act or day that ended it."""

    event: ProviderEvent
    state: str
    ended_by: ProviderEvent | None = None
    ended_on: date | None = None

    @property
    def day(self) -> str:
        """The act's day, or the date of the list that has it; empty where there is none."""
        return self.event.on.isoformat() if self.event.on else self.event.provenance.as_of or ""


@dataclass(frozen=True)
class Dossier:
    """One school. `records` are those of all registers, its own first; `fields` are titles of CIP codes."""

    school: Provider
    records: tuple[Provider, ...]
    links: tuple[Link, ...]
    wholes: tuple[Provider, ...]
    rules: Mapping[str, Rule]
    findings: tuple[Finding, ...]
    acts: tuple[Act, ...]
    accreditations: tuple[Accreditation, ...]
    grid: Grid | None
    programs: int
    program: Program | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The school's name, in normal letters where some register has it so."""
        names = [self.school.name, *(record.name for record in self.records if _norm(record) == _norm(self.school))]
        return next((name for name in names if not name.isupper()), self.school.name)

    def method_of(self, record: Provider) -> str | None:
        """Return by what a record was known to be this school; None for the school's own."""
        return next((link.method for link in self.links if link.left_id == record.id), None)

    def whole_of(self, finding: Finding) -> str | None:
        """Return the name of the school that this one is a part of, if a finding concerns that one."""
        return next((whole.name for whole in self.wholes if whole.id == finding.subject_id), None)

    def scope_beside(self, finding: Finding) -> str | None:
        """Return the kind of programs that a finding is about, where one program is asked about."""
        return scope_of(finding) if self.program is not None else None

    def message(self, finding: Finding, texts: Texts) -> str:
        """Return what a finding says, and of whom: the school, a record, a field of study, or its whole."""
        rule, whole = self.rules[finding.rule], self.whole_of(finding)
        return message(finding, rule, texts, self.about(finding), whole=whole, program_scope=self.scope_beside(finding))

    def about(self, finding: Finding) -> str | None:
        """Return whom a finding concerns where it is not the school as a whole: a field of study, or one record."""
        if finding.subject_kind == "provider_cip":
            code = finding.subject_id.rpartition("|")[2]
            return self.fields.get(code, code)
        if finding.subject_kind == "program":
            return self.program.name if self.program else None
        record = next((each for each in self.records if each.id == (finding.provider_id or finding.subject_id)), None)
        return record.name if record is not None and _norm(record) != _norm(self.school) else None


def read_dossier(
    snapshot: Snapshot, names: NameIndex, school: str, program: Program | None = None, on: date | None = None
) -> Dossier:
    """Return what is known of a school, as it stands on a day; with a program, what is known of that as well."""
    records = snapshot.select(Provider, "coalesce(entity_id, id) = ?", [school], order="id")
    records.sort(key=lambda record: record.id != school)
    ids = [record.id for record in records]
    rules = rules_of(snapshot)
    wholes = wholes_of(snapshot, records[:1]).get(records[0].id, ())
    findings = _findings(snapshot, ids, program, rules, on, wholes)
    events = snapshot.select(ProviderEvent, "provider_id IN (SELECT unnest(?))", [ids], order="id")
    count = snapshot.query("SELECT count(*) FROM programs WHERE provider_id IN (SELECT unnest(?))", [ids])[0][0]
    grids = snapshot.select(Grid, "subject_kind = ? AND subject_id = ?", _grid_subject(school, program))
    known = "provider_id IN (SELECT unnest(?)) AND ended_on IS NULL"
    return Dossier(
        school=records[0],
        records=tuple(records),
        links=tuple(snapshot.select(Link, "accepted AND left_id IN (SELECT unnest(?))", [ids], order="left_id")),
        wholes=tuple(snapshot.get(Provider, names.wholes(school)).values()),
        rules=rules,
        findings=tuple(findings),
        acts=tuple(acts_of(events, findings, records)),
        accreditations=tuple(snapshot.select(Accreditation, known, [ids], order="since DESC NULLS LAST, id")),
        grid=grids[0] if grids else None,
        programs=count,
        program=program,
        fields=_fields(snapshot, findings),
    )


def _grid_subject(school: str, program: Program | None) -> list[str]:
    return ["provider", school] if program is None else ["program", program.id]


def _findings(
    snapshot: Snapshot,
    ids: Sequence[str],
    program: Program | None,
    rules: Mapping[str, Rule],
    on: date | None,
    wholes: Sequence[Provider],
) -> list[Finding]:
    """Return the findings about a school, or about a program with its school; a whole's alerts among them."""
    subjects: dict[str, list[str]] = {"provider": list(ids)}
    if program is None:
        subjects["provider_cip"] = [row[0] for row in snapshot.query(FIELDS_OF, [list(ids)])]
    else:
        subjects |= {"program": [program.id], "provider_cip": [f"{program.provider_id}|{program.cip}"]}
    own = findings_about(snapshot, subjects, rules, on)
    above = findings_about(snapshot, {"provider": [each.id for each in wholes]}, rules, on)
    found = [*own, *inherited(own, above)]
    if program is None:
        kept = [each for each in found if each in own or scope_of(each) is None]
    else:
        kept = [each for each in found if concerns(each, program)]
    return sorted(kept, key=gravity)


def _fields(snapshot: Snapshot, findings: Iterable[Finding]) -> dict[str, str]:
    codes = sorted({f.subject_id.rpartition("|")[2] for f in findings if f.subject_kind == "provider_cip"})
    return dict(snapshot.query(TITLES, [codes])) if codes else {}


def acts_of(events: Sequence[ProviderEvent], findings: Sequence[Finding], records: Sequence[Provider]) -> list[Act]:
    """Return the acts that matter, in order of their days.

    Whether one is open, the findings say; a sanction that no finding speaks of was ended. A notice under
    a name that is not the school's is left out.
    """
    verdicts = {key: f.verdict for f in reversed(findings) for key in f.record_ids}
    known = [name for record in records for name in (record.name, *record.aliases)]
    acts: list[Act] = []
    for event in events:
        verdict = verdicts.get(event.id)
        if verdict in (Verdict.ALERT, Verdict.CANNOT_TELL):
            if event.kind in SHOWN_KINDS and not _is_ending(event):
                acts.append(Act(event, "open" if verdict is Verdict.ALERT else "unclear"))
        elif event.subject_name is None or alike(event.subject_name, known):
            acts += _ended(event, events)
    return sorted(acts, key=lambda act: (act.day, act.event.id))


def _is_ending(event: ProviderEvent) -> bool:
    return bool(ENDING.search(event.action)) or event.action.startswith(OFF_LIST)


def _ended(event: ProviderEvent, events: Iterable[ProviderEvent]) -> Iterator[Act]:
    """Yield an act with what ended it; nothing where it is no sanction, or nothing ended it."""
    if event.kind is EventKind.CASH_MONITORING and not event.action.startswith(OFF_LIST):
        ends = [e for e in events if e.kind is event.kind and e.action.startswith(OFF_LIST)]
        later = [e for e in ends if (e.provenance.as_of or "") > (event.provenance.as_of or "9")]
    elif event.kind is EventKind.ACCREDITOR_ACTION and SANCTION.search(event.action) and event.on is not None:
        same = [
            e for e in events if (e.provider_id, e.agency, e.scope) == (event.provider_id, event.agency, event.scope)
        ]
        later = [e for e in same if ENDING.search(e.action) and e.on is not None and e.on > event.on]
    else:
        return
    first = min(later, key=lambda e: (e.on or date.max, e.id), default=None)
    if first is not None or event.ended_on is not None:
        yield Act(event, "ended", first, event.ended_on)


def is_review_past(accreditation: Accreditation) -> bool:
    """Whether the next review was due before the day of the file that has it."""
    as_of = accreditation.provenance.as_of
    return accreditation.review_on is not None and as_of is not None and accreditation.review_on < last_day(as_of)


def _norm(provider: Provider) -> str:
    return re.sub(r"[^a-z0-9]", "", provider.name.lower())
