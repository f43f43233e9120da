"""Findings as an answer shows them: read from the snapshot, aged to the day, worded, the gravest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from assistant.answer import FindingCard
from assistant.evidence import Sources
from assistant.markup import plain
from assistant.scopes import concerns, scope_of
from assistant.wholes import inherited
from assistant.wording import message
from catalog.ageing import aged
from catalog.records import Finding, Program, Provider, Rule, Severity, Verdict
from catalog.snapshot import Snapshot
from prompts import Texts

ORDER = (Verdict.ALERT, Verdict.BELOW, Verdict.CANNOT_TELL, Verdict.MEETS)
WEIGHTS = (Severity.SERIOUS, Severity.CAUTION, Severity.INFO)


def rules_of(snapshot: Snapshot) -> dict[str, Rule]:
    """Return the rules by id."""
    return {rule.id: rule for rule in snapshot.select(Rule, "TRUE", order="id")}


def findings_about(
    snapshot: Snapshot, subjects: Mapping[str, Iterable[str]], rules: Mapping[str, Rule], on: date | None = None
) -> list[Finding]:
    """Return the findings about subjects, given as kind -> ids, as they stand on a day, the gravest first."""
    found: list[Finding] = []
    for kind, ids in subjects.items():
        wanted = list(dict.fromkeys(ids))
        if wanted:
            condition = "subject_kind = ? AND subject_id IN (SELECT unnest(?))"
            found += snapshot.select(Finding, condition, [kind, wanted])
    return sorted((as_on(each, rules, on or date.today()) for each in found), key=gravity)


def as_on(finding: Finding, rules: Mapping[str, Rule], on: date) -> Finding:
    """Return the finding as it stands on a day, never earlier than that of its judgement."""
    return aged(finding, rules[finding.rule], max(on, finding.judged_on))


def gravity(finding: Finding) -> tuple[int, int, bool, str, str]:
    """Return the place of a finding in a list: alerts first, then by weight, current ones before old ones."""
    return ORDER.index(finding.verdict), WEIGHTS.index(finding.severity), finding.stale, finding.rule, finding.id


def findings_of(
    snapshot: Snapshot,
    programs: Sequence[Program],
    providers: Mapping[str, Provider],
    rules: Mapping[str, Rule],
    on: date | None = None,
    wholes: Mapping[str, Sequence[Provider]] | None = None,
) -> dict[str, tuple[Finding, ...]]:
    """Return the findings about each program: its own, its field's at the provider, and the provider's.

    `wholes` are the schools that a provider is a part of, by the provider's id: their alerts concern its
    programs as well. An accreditor's act on programs of another field is left out.
    """
    above = wholes or {}
    subjects = {p.id: subjects_of(p, providers.get(p.provider_id)) for p in programs}
    wanted: dict[str, list[str]] = {"provider": [each.id for found in above.values() for each in found]}
    for pairs in subjects.values():
        for kind, key in pairs:
            wanted.setdefault(kind, []).append(key)
    found = findings_about(snapshot, wanted, rules, on)
    return {p.id: _of_program(p, subjects[p.id], above.get(p.provider_id, ()), found) for p in programs}


def _of_program(
    program: Program, subjects: set[tuple[str, str]], wholes: Iterable[Provider], found: Sequence[Finding]
) -> tuple[Finding, ...]:
    own = [each for each in found if (each.subject_kind, each.subject_id) in subjects]
    above = {("provider", each.id) for each in wholes} - subjects
    own += inherited(own, [each for each in found if (each.subject_kind, each.subject_id) in above])
    return tuple(sorted((each for each in own if concerns(each, program)), key=gravity))


def subjects_of(program: Program, provider: Provider | None) -> set[tuple[str, str]]:
    """Return whom findings that concern a program are about: kind and id."""
    pairs = {("program", program.id), ("provider", program.provider_id)}
    if program.cip is not None:
        pairs.add(("provider_cip", f"{program.provider_id}|{program.cip}"))
    if provider is not None and provider.entity_id is not None:
        pairs.add(("provider", provider.entity_id))
    return pairs


def finding_card(
    finding: Finding, rule: Rule, name: str | None, sources: Sources, texts: Texts, whole: str | None = None
) -> FindingCard:
    """Return the card of a finding beside a program of a school of that name, with its words and its citation.

    `whole` is the name of the school that it is about, where the program's school is a part of that one.
    """
    title, name = texts(f"rule.{rule.id}"), whole or name
    return FindingCard(
        id=finding.id,
        rule=finding.rule,
        verdict=finding.verdict.value,
        severity=finding.severity.value,
        stale=finding.stale,
        message=message(finding, rule, texts, whole=whole, program_scope=scope_of(finding)),
        citation=sources.cite(finding.provenance, f"{title}: {plain(name)}" if name else title),
    )
