"""The records behind one answer: programs with their figures, numbered as citations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assistant.answer import Citation
from catalog.records import Finding, Measure, Program, Provenance, Provider, Rule
from catalog.snapshot import Snapshot


@dataclass
class Sources:
    """Numbers the records that an answer cites; one number per record."""

    snapshot: Snapshot
    citations: list[Citation] = field(default_factory=list)
    _numbers: dict[tuple[str, str], int] = field(default_factory=dict)

    def cite(self, provenance: Provenance, title: str) -> int:
        """Return the number of a record, giving it the next one when it is new."""
        key = (provenance.source, provenance.record_id)
        if key not in self._numbers:
            self._numbers[key] = len(self.citations) + 1
            publisher = self.publisher_of(provenance.source)
            self.citations.append(
                Citation(
                    number=self._numbers[key],
                    source=provenance.source,
                    record_id=provenance.record_id,
                    title=title,
                    publisher=publisher,
                    url=provenance.url,
                    as_of=provenance.as_of,
                )
            )
        return self._numbers[key]

    def publisher_of(self, source: str) -> str | None:
        """Return who publishes a source."""
        return next((report.publisher for report in self.snapshot.manifest.sources if report.name == source), None)


@dataclass(frozen=True)
class ProgramEvidence:
    """A program, its provider, its own figures, and those of its provider and field of study.

    `findings` are what the rules say of all of them, the gravest first; `rules` are all rules by id;
    `wholes` are the schools that the provider is a part of, whose alerts are among the findings.
    """

    program: Program
    provider: Provider | None
    measures: tuple[Measure, ...]
    credential_names: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    rules: Mapping[str, Rule] = field(default_factory=dict)
    wholes: tuple[Provider, ...] = ()


def programs_of(snapshot: Snapshot, ids: Iterable[str]) -> list[ProgramEvidence]:
    """Return the programs with what belongs to them, in the order asked for."""
    from assistant.findings import findings_of, rules_of
    from assistant.wholes import wholes_of
    from catalog.records import Credential

    programs = list(snapshot.get(Program, ids).values())
    providers = snapshot.get(Provider, (p.provider_id for p in programs))
    credentials = snapshot.get(Credential, (key for p in programs for key in p.credential_ids))
    fields = {p.id: f"{p.provider_id}|{p.cip}" for p in programs if p.cip}
    found = snapshot.measures({"program": [p.id for p in programs], "provider_cip": fields.values()})
    rules = rules_of(snapshot)
    wholes = wholes_of(snapshot, providers.values())
    findings = findings_of(snapshot, programs, providers, rules, wholes=wholes)
    return [
        ProgramEvidence(
            program=p,
            provider=providers.get(p.provider_id),
            measures=tuple(m for m in found if m.subject_id in (p.id, fields.get(p.id))),
            credential_names=tuple(credentials[key].name for key in p.credential_ids if key in credentials),
            findings=findings[p.id],
            rules=rules,
            wholes=wholes.get(p.provider_id, ()),
        )
        for p in programs
    ]
