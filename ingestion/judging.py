"""Judging a snapshot: every rule over every subject that it is about, each finding with its receipt.

Works on the finished tables of a snapshot's folder and writes three more: the rules, their findings,
and the rubric's grid. The date of judgement is an argument, never the clock.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from catalog.manifest import TableReport
from catalog.records import Finding, Grid, Known
from catalog.writer import OrderedTableWriter
from ingestion.context import IssueLog
from ingestion.corrections import LEDGER, Ledger, read_ledger
from ingestion.evidence import Case
from ingestion.grid import DOMAINS, WEIGHT, count, grid_of
from ingestion.joining import field_cases, program_cases, record_cases, school_cases
from ingestion.register import Register, read_peers, read_register
from ingestion.rulebook import RuleModule, Subject, all_rules


@dataclass(frozen=True)
class Judged:
    """The tables that judging wrote, and the counts for the manifest."""

    tables: dict[str, TableReport]
    coverage: dict[str, dict[str, int]]


@dataclass
class Judge:
    """The rules in force on a day, and the counts of what they found."""

    rules: Mapping[str, RuleModule]
    on: date
    ledger: Ledger
    verdicts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def findings(self, subject: Subject, case: Case) -> list[Finding]:
        """Return what all rules about such a subject find, in the order of the table."""
        found = [self.ledger.beside(each) for module in self._for(subject) for each in module.check(case, self.on)]
        if len(found) > 1:
            found.sort(key=lambda each: (each.rule, each.id))
        for each in found:
            self.verdicts[each.rule, each.verdict.value] += 1
        return found

    def _for(self, subject: Subject) -> list[RuleModule]:
        if not hasattr(self, "_by_subject"):
            self._by_subject: dict[Subject, list[RuleModule]] = defaultdict(list)
            for module in self.rules.values():
                for each in sorted(module.subjects) if module.in_force(self.on) else ():
                    self._by_subject[each].append(module)
        return self._by_subject[subject]


def judge(folder: Path, on: date, issues: IssueLog, *, ledger: Path = LEDGER) -> Judged:
    """Judge the snapshot in a folder as on a day; write its rules, findings and grids.

    Raises SourceError for a ledger of corrections with an entry that has expired or lacks its source.
    """
    rules = all_rules()
    court = Judge(rules, on, read_ledger(on, rules, ledger))
    register = read_register(folder, issues)
    read_peers(folder, register)
    domains: Counter[tuple[str, str, str]] = Counter()
    tables = {"rules": _write_rules(folder, rules)}
    findings, grids = OrderedTableWriter(folder, "findings"), OrderedTableWriter(folder, "grids")
    through_programs = _judge_programs(folder, register, court, findings, grids, domains)
    for each in _of_providers(register, court):
        findings.add(each)
    for grid in _provider_grids(register, through_programs):
        count(grid, domains)
        grids.add(grid)
    for case in field_cases(register):
        for each in court.findings("provider_cip", case):
            findings.add(each)
    tables |= {"findings": findings.finish(), "grids": grids.finish()}
    return Judged(tables, _coverage(court, domains))


def _write_rules(folder: Path, rules: Mapping[str, RuleModule]) -> TableReport:
    writer = OrderedTableWriter(folder, "rules")
    for module in rules.values():
        writer.add(module.rule)
    return writer.finish()


def _judge_programs(
    folder: Path,
    register: Register,
    court: Judge,
    findings: OrderedTableWriter,
    grids: OrderedTableWriter,
    domains: Counter[tuple[str, str, str]],
) -> dict[str, dict[str, Known]]:
    """Judge all programs; return what is known of each school through its programs' own figures."""
    through: dict[str, dict[str, Known]] = defaultdict(dict)
    for case in program_cases(folder, register):
        for each in court.findings("program", case):
            findings.add(each)
        grid = grid_of("program", case.subject_id, (*case.measures, *case.field_measures))
        count(grid, domains)
        grids.add(grid)
        if case.measures and case.provider is not None:
            own = grid_of("program", case.subject_id, case.measures)
            known = through[case.provider.entity_id or case.provider.id]
            for domain in DOMAINS:
                how = getattr(own, domain)
                known[domain] = max(known.get(domain, Known.MISSING), how, key=WEIGHT.__getitem__)
    return through


def _of_providers(register: Register, court: Judge) -> Iterator[Finding]:
    """Return the findings about schools and list records, in the order of the table."""
    found = [each for case in school_cases(register) for each in court.findings("school", case)]
    found += [each for case in record_cases(register) for each in court.findings("record", case)]
    yield from sorted(found, key=lambda each: (each.subject_id, each.rule, each.id))


def _provider_grids(register: Register, through: Mapping[str, Mapping[str, Known]]) -> Iterator[Grid]:
    """Yield the grid of every school, with the outcomes of its records' fields of study."""
    of_fields: dict[str, list[str]] = defaultdict(list)
    for key in register.outcomes:
        of_fields[key.rpartition("|")[0]].append(key)
    for entity in sorted(register.members):
        members = register.members[entity]
        measures = [m for each in members for m in register.measures.get(each.id, ())]
        measures += [m for each in members for key in of_fields.get(each.id, ()) for m in register.outcomes[key]]
        yield grid_of("provider", entity, measures, through.get(entity))


def _coverage(court: Judge, domains: Counter[tuple[str, str, str]]) -> dict[str, dict[str, int]]:
    coverage: dict[str, dict[str, int]] = {f"rule {rule}": {} for rule in court.rules}
    for (rule, verdict), times in sorted(court.verdicts.items()):
        coverage[f"rule {rule}"][verdict] = times
    for (kind, domain, known), times in sorted(domains.items()):
        coverage.setdefault(f"eqos {kind}.{domain}", {})[known] = times
    coverage["corrections"] = dict(sorted(court.ledger.attached.items()))
    return coverage
