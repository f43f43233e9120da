"""A snapshot with as many programs as wanted: the real ones repeated, with ids, places and figures varied.

For measuring how the assistant copes with size; the multiplied programs are nobody's.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from catalog.manifest import Manifest, TableReport
from catalog.snapshot import Snapshot
from catalog.writer import write_sorted

FIGURES = ("cost_total_usd", "cost_tuition_usd", "length_clock_hours", "length_weeks_min", "length_weeks_max")
ROUND = "~"
"""Between the id of a program and the number of its round; no published id has it."""


def multiply(snapshot: Snapshot, programs: int, folder: Path, *, seed: int = 0) -> Manifest:
    """Write a snapshot of `programs` programs into `folder`; all other tables are those of `snapshot`.

    The first round of programs is unchanged. Each later one has ids `<id>~<round>`, places drawn from
    those of all providers, and figures within half and double of the published ones; what was not
    reported stays so. Equal arguments give equal bytes.
    """
    folder.mkdir(parents=True, exist_ok=True)
    reports = dict(snapshot.manifest.tables)
    for name in reports:
        if name != "programs":
            shutil.copyfile(f"{snapshot.location}/{name}.parquet", folder / f"{name}.parquet")
    reports["programs"] = _write_programs(snapshot, programs, folder, np.random.default_rng(seed))
    manifest = snapshot.manifest.model_copy(
        update={"tables": reports, "coverage": {}, "input_digest": f"{snapshot.manifest.input_digest} x {programs}"}
    ).sealed()
    manifest.write(folder / "manifest.json")
    return manifest


def _write_programs(snapshot: Snapshot, count: int, folder: Path, random: np.random.Generator) -> TableReport:
    original = pq.read_table(f"{snapshot.location}/programs.parquet")
    rows = np.arange(count) % original.num_rows
    rounds = np.arange(count) // original.num_rows
    table = original.take(pa.array(rows)).combine_chunks()
    again = pa.array(rounds > 0)
    ids = pc.binary_join_element_wise(table["id"], pa.array(rounds).cast(pa.string()), ROUND)
    table = _replaced(table, "id", pc.if_else(again, ids, table["id"]))
    for name in FIGURES:
        factor = pa.array(np.where(rounds > 0, random.uniform(0.5, 2, count), 1.0))
        table = _replaced(table, name, pc.round(pc.multiply(table[name], factor), 0))
    places = _places(snapshot)
    drawn = places.take(pa.array(random.integers(0, places.num_rows, count)))
    for name in places.column_names:
        table = _replaced(table, name, pc.if_else(again, drawn[name], table[name]))
    return write_sorted(table, "programs", folder / "programs.parquet")


def _places(snapshot: Snapshot) -> pa.Table:
    providers = pq.read_table(f"{snapshot.location}/providers.parquet")
    columns = [name for name in providers.column_names if name.startswith("place_") and name != "place_street"]
    placed = pc.and_(pc.is_valid(providers["place_city"]), pc.is_valid(providers["place_state"]))
    return providers.select(columns).filter(placed)


def _replaced(table: pa.Table, name: str, values: pa.ChunkedArray) -> pa.Table:
    at = table.schema.get_field_index(name)
    return table.set_column(at, table.schema.field(at), values)
