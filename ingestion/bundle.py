"""The bundled snapshot: facts and figures of a full snapshot, without any publisher's sentences."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from catalog.manifest import Manifest, TableReport, sha256_of
from catalog.snapshot import Snapshot
from catalog.writer import write_table

SENTENCES = {
    "programs": ("description", "features", "prerequisite_text"),
    "credentials": ("description",),
    "occupations": ("description",),
    "codes": ("definition",),
}
"""Columns that hold a publisher's own sentences: left out."""

EMPTIED = ("fates",)
"""Tables that only serve whoever runs the ingestion."""

LEFT_OUT_MEASURES = (
    "awards_conferred",
    "students_only_at_a_distance",
    "students_partly_at_a_distance",
    "veteran_persistence_rate",
    "veteran_retention_rate",
    "program_months",
    "program_weeks",
    "program_credit_hours",
    "program_clock_hours",
    "program_books_and_supplies",
    "retention_part_time",
    "share_part_time",
    "share_25_or_older",
)
"""Figures too many for a small package and not shown in answers."""

COMPRESSION_LEVEL = 19


def write_bundle(snapshot: Snapshot, target: Path) -> Manifest:
    """Write the facts of a snapshot into `target`, replacing what is there."""
    draft = target.with_name(f".{target.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    tables = {name: _write(snapshot, name, draft) for name in snapshot.manifest.tables}
    manifest = snapshot.manifest.model_copy(update={"tables": tables}).sealed()
    (draft / "manifest.json").write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    shutil.rmtree(target, ignore_errors=True)
    draft.rename(target)
    return manifest


def _write(snapshot: Snapshot, name: str, folder: Path) -> TableReport:
    table = pq.read_table(Path(snapshot.location) / f"{name}.parquet")
    if name in EMPTIED:
        table = table.slice(0, 0)
    if name == "measures":
        table = table.filter(pc.invert(pc.is_in(table["name"], value_set=pa.array(LEFT_OUT_MEASURES))))
    for column in SENTENCES.get(name, ()):
        at = table.schema.get_field_index(column)
        blank = pa.nulls(table.num_rows, type=table.schema.field(at).type)
        table = table.set_column(at, table.schema.field(at), blank)
    path = folder / f"{name}.parquet"
    write_table(table, path, level=COMPRESSION_LEVEL)
    return TableReport(rows=table.num_rows, sha256=sha256_of(path))
