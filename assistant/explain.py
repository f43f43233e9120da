"""The receipt of a finding: the rule, the published cells, the figures, and each step to the verdict, in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.findings import as_on, rules_of
from assistant.markup import escaped, plain, safe_url
from assistant.wording import message, text_key, values_of, variables
from catalog.ageing import HORIZON_YEARS
from catalog.errors import NavigatorError
from catalog.records import Finding, Program, Provider, Record, Rule, Standard
from catalog.snapshot import Snapshot
from prompts import Texts

ID = re.compile(r"^[0-9a-f]{16}$")


class UnknownFindingError(NavigatorError):
    """There is no finding with this id; whoever asked must look it up again."""


class Explanation(Record):
    """A finding with its rule and the words that explain it, one statement a line."""

    finding: Finding
    rule: Rule
    standards: tuple[str, ...]
    publisher: str | None
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Case:
    """What an explanation rests on; all of it comes from the snapshot."""

    finding: Finding
    rule: Rule
    subject: str
    standards: tuple[Standard, ...]
    publisher: str | None


def explain(snapshot: Snapshot, key: str, texts: Texts, on: date | None = None) -> Explanation:
    """Explain one finding; raises UnknownFindingError when the snapshot has none with that id."""
    found = snapshot.get(Finding, [key]).get(key) if ID.match(key) else None
    if found is None:
        raise UnknownFindingError(texts("explain.unknown", id=escaped(key)))
    rules = rules_of(snapshot)
    finding = as_on(found, rules, on or date.today())
    rule = rules[finding.rule]
    publishers = {report.name: report.publisher for report in snapshot.manifest.sources}
    case = Case(
        finding=finding,
        rule=rule,
        subject=_subject(snapshot, finding),
        standards=tuple(snapshot.get(Standard, rule.standards).values()),
        publisher=publishers.get(finding.provenance.source),
    )
    return Explanation(
        finding=finding,
        rule=rule,
        standards=tuple(standard.id for standard in case.standards),
        publisher=case.publisher,
        lines=tuple(lines_of(case, texts)),
    )


def verbatim(text: str) -> str:
    """Return source text as Markdown code, in which nothing is markup."""
    return f"`{plain(text).replace('`', chr(0x2CB))}`"


def _subject(snapshot: Snapshot, finding: Finding) -> str:
    """Return the name of whom a finding is about, with its field of study."""
    if finding.subject_kind == "program":
        program = snapshot.get(Program, [finding.subject_id]).get(finding.subject_id)
        return program.name if program else finding.subject_id
    key, _, cip = finding.subject_id.partition("|")
    provider = snapshot.get(Provider, [key]).get(key)
    name = provider.name if provider else key
    if not cip:
        return name
    titles = snapshot.query("SELECT title FROM codes WHERE code = ? AND system LIKE 'cip%' ORDER BY system DESC", [cip])
    return f"{name}, {titles[0][0] if titles else cip}"


def lines_of(case: Case, texts: Texts) -> Iterator[str]:
    """Yield the explanation, one statement a line."""
    finding, rule = case.finding, case.rule
    yield f"### {texts('explain.title', id=finding.id, rule=texts(f'rule.{rule.id}'))}"
    yield texts("explain.about", name=escaped(case.subject), id=escaped(finding.subject_id))
    verdict, severity = texts(f"verdict.{finding.verdict.value}"), texts(f"severity.{finding.severity.value}")
    yield texts("explain.verdict", verdict=verdict, severity=severity)
    yield texts("explain.said", message=message(finding, rule, texts))
    yield from _rule(case, texts)
    yield texts("explain.steps")
    for number, step in enumerate(steps(finding, rule, texts), start=1):
        yield f"{number}. {step}"
    yield from _cells(case, texts)


def _rule(case: Case, texts: Texts) -> Iterator[str]:
    rule = case.rule
    yield texts("explain.rule")
    yield f"- {texts('explain.measure', measure=texts(f'rule_measure.{rule.measure}'))}"
    yield f"- {texts('explain.population', population=texts(f'population.{rule.population}'))}"
    yield f"- {texts('explain.for_whom', for_whom=texts(f'for_whom.{rule.for_whom}'))}"
    yield f"- {texts('explain.basis', basis=texts(f'basis.{rule.basis}'))}"
    yield f"- {texts('explain.policy', url=rule.url) if rule.url else texts('explain.no_policy')}"
    titles = [standard.title_es if texts.language == "es" else standard.title_en for standard in case.standards]
    if titles:
        yield f"- {texts('explain.standards', names='; '.join(titles))}"
    if rule.in_force_from:
        yield f"- {texts('explain.in_force', on=rule.in_force_from)}"
    else:
        yield f"- {texts('explain.not_dated')}"
    if rule.superseded_on:
        yield f"- {texts('explain.superseded', on=rule.superseded_on)}"
    yield f"- {texts('explain.checked', on=rule.last_checked)}"


def steps(finding: Finding, rule: Rule, texts: Texts) -> Iterator[str]:
    """Yield each step from the figures to the verdict and its weight."""
    said = variables(finding, texts)
    if said["figure"] is not None:
        yield texts("explain.step_figure", figure=said["figure"], n=said["n"])
    else:
        yield texts("explain.step_no_figure")
    if said["low"] is not None:
        yield texts("explain.step_interval", low=said["low"], high=said["high"])
    if said["bar"] is not None:
        yield texts("explain.step_bar", bar=said["bar"])
    yield texts("explain.step_reason", reason=texts(text_key(finding, texts), **said).rstrip("."))
    if finding.missing is not None:
        key = f"ask.{finding.missing}"
        yield texts("explain.step_missing", missing=texts(key if texts.has(key) else "ask.figure").rstrip("."))
    yield _age(finding, rule, texts)


def _age(finding: Finding, rule: Rule, texts: Texts) -> str:
    weights = {
        "full": texts(f"severity.{finding.full_severity.value}"),
        "severity": texts(f"severity.{finding.severity.value}"),
    }
    years = HORIZON_YEARS[rule.horizon]
    if finding.as_of is None:
        return texts("explain.step_age_undated", on=finding.judged_on, **weights)
    if finding.stale and finding.severity == finding.full_severity:
        return texts("explain.step_age_light", as_of=finding.as_of, on=finding.judged_on, years=years)
    if finding.stale:
        return texts("explain.step_age_stale", as_of=finding.as_of, on=finding.judged_on, years=years, **weights)
    return texts("explain.step_age_current", as_of=finding.as_of, on=finding.judged_on, years=years)


def _cells(case: Case, texts: Texts) -> Iterator[str]:
    finding = case.finding
    yield texts("explain.cells")
    for each in finding.evidence:
        file, row, cell = each.split("|", 2)
        yield f"- {texts('explain.cell', file=verbatim(file), row=row, cell=verbatim(cell))}"
    if not finding.evidence:
        origin = finding.provenance
        where = f"{origin.file or origin.source}, {origin.record_id}"
        yield f"- {texts('explain.no_cells', source=escaped(where))}"
    if values_of(finding):
        yield texts("explain.values")
        yield from (f"- {verbatim(value)}" for value in finding.values)
    publisher = escaped(case.publisher or finding.provenance.source)
    yield texts("explain.source", publisher=publisher, url=safe_url(finding.provenance.url), as_of=finding.as_of)
