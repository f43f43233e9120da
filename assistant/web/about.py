"""About the data: what the answers rest on, how old it is, and every rule with what it found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.findings import rules_of
from assistant.web.elements import badge, bullets, fold, inline, link, pairs, table, text
from catalog.manifest import Manifest
from catalog.records import Rule, Standard
from catalog.snapshot import Snapshot
from prompts import Texts
from prompts.library import number

VERDICTS = ("alert", "below", "meets", "cannot_tell")
COUNTED = ("programs", "providers", "credentials", "occupations", "standards", "findings")


def about_html(snapshot: Snapshot, texts: Texts) -> str:
    """Return the whole page."""
    manifest = snapshot.manifest
    return _counts(manifest, texts) + _rulebook(snapshot, texts) + _sources(manifest, texts)


def _counts(manifest: Manifest, texts: Texts) -> str:
    rows = [(texts(f"page.count_{name}"), number(manifest.tables[name].rows)) for name in COUNTED]
    if manifest.judged_on:
        rows.append((texts("page.judged_on"), manifest.judged_on.isoformat()))
    return f"<h2>{text(texts('page.counts'))}</h2>{pairs((label, text(value)) for label, value in rows)}"


def _rulebook(snapshot: Snapshot, texts: Texts) -> str:
    counts = snapshot.manifest.coverage
    shown = "".join(
        _rule(rule, snapshot.get(Standard, rule.standards).values(), counts.get(f"rule {rule.id}", {}), texts)
        for rule in rules_of(snapshot).values()
    )
    return f"<h2>{text(texts('page.rules'))}</h2><p>{text(texts('page.rules_how'))}</p>{shown}"


def _rule(rule: Rule, standards: Iterable[Standard], counts: dict[str, int], texts: Texts) -> str:
    badges = " ".join(
        badge(verdict, f"{texts(f'verdict.{verdict}')}: {number(counts[verdict])}")
        for verdict in VERDICTS
        if counts.get(verdict)
    )
    lines = [*(inline(line) for line in _lines(rule, texts)), *(_standard(each, texts) for each in standards)]
    lines.append(link(rule.url, rule.url) if rule.url else text(texts("explain.no_policy")))
    name = text(texts(f"rule.{rule.id}"))
    return fold(f'<span class="nav-card-name">{name}</span> <span class="nav-badges">{badges}</span>', bullets(lines))


def _lines(rule: Rule, texts: Texts) -> Iterator[str]:
    yield texts("explain.measure", measure=texts(f"rule_measure.{rule.measure}"))
    yield texts("explain.population", population=texts(f"population.{rule.population}"))
    yield texts("explain.for_whom", for_whom=texts(f"for_whom.{rule.for_whom}"))
    yield texts("explain.basis", basis=texts(f"basis.{rule.basis}"))
    yield texts("page.rule_weight", severity=texts(f"severity.{rule.severity.value}"))
    yield texts("explain.in_force", on=rule.in_force_from) if rule.in_force_from else texts("explain.not_dated")
    if rule.superseded_on:
        yield texts("explain.superseded", on=rule.superseded_on)
    yield texts("explain.checked", on=rule.last_checked)


def _standard(standard: Standard, texts: Texts) -> str:
    spanish = texts.language == "es"
    title, words = (standard.title_es, standard.text_es) if spanish else (standard.title_en, standard.text_en)
    return f"<strong>{text(title)}</strong>: {text(words)}"


def _sources(manifest: Manifest, texts: Texts) -> str:
    heads = [texts(f"page.source_{name}") for name in ("title", "publisher", "as_of", "vintage", "licence")]
    undated = texts("page.no_date")
    rows = (
        (link(each.url, each.title), *map(text, (each.publisher, each.as_of or undated, each.vintage, each.licence)))
        for each in sorted(manifest.sources, key=lambda each: each.title)
    )
    caption = texts("page.sources", count=len(manifest.sources))
    return f"<h2>{text(texts('page.sources_title'))}</h2>{table(caption, heads, rows)}"
