"""What the last run did, as tables: the fate of every row, the verdicts per rule, what is known per domain."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.table import Column, Table

from catalog.manifest import Manifest
from catalog.records import Known, Verdict

RULE, DOMAIN, CORRECTIONS = "rule ", "eqos ", "corrections"
"""Beginnings of the manifest's headings of coverage."""


def tables(manifest: Manifest) -> Iterator[Table]:
    """Yield the tables of a report."""
    yield files(manifest)
    verdicts = [verdict.value for verdict in Verdict]
    judged = f"verdicts as on {manifest.judged_on}"
    yield _counts(judged, "rule", RULE, verdicts, manifest.coverage)
    yield _counts("what is known of the five domains", "domain", DOMAIN, [k.value for k in Known], manifest.coverage)
    yield corrections(manifest)


def files(manifest: Manifest) -> Table:
    """Return what became of every row of every file."""
    heads = ("read", "kept", "merged", "held back", "field issues", "column issues")
    table = Table(Column("file", overflow="fold"), *heads)
    for f in manifest.files:
        counts = (f.rows_read, f.kept, f.merged, f.held_back, f.field_issues, f.column_issues)
        table.add_row(f.file, *(f"{count:,}" for count in counts))
    return table


def corrections(manifest: Manifest) -> Table:
    """Return what the ledger of corrections changed: beside how many findings each reply is shown."""
    table = Table("correction", "shown beside findings", title="fairness ledger: nothing is removed by an entry")
    for name, times in manifest.coverage.get(CORRECTIONS, {}).items():
        table.add_row(name, f"{times:,}")
    return table


def _counts(title: str, what: str, prefix: str, heads: list[str], coverage: Mapping[str, Mapping[str, int]]) -> Table:
    table = Table(what, *(head.replace("_", " ") for head in heads), title=title)
    for heading in sorted(coverage):
        if heading.startswith(prefix):
            found = coverage[heading]
            table.add_row(heading.removeprefix(prefix), *(f"{found.get(head, 0):,}" for head in heads))
    return table
