"""Equal records give equal files, in whatever order they come."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from catalog import writer as writer_module
from catalog.manifest import TableReport
from catalog.records import Fate, Measure, Provenance, Record, Unit
from catalog.tables import TABLES, schema_of
from catalog.writer import SnapshotWriter, TableWriter


def _measures(count: int) -> list[Record]:
    """Measures of which many are alike in all columns of the sort key."""
    return [
        Measure(
            subject_kind="program",
            subject_id=f"p{i % 7}",
            name="employment_rate_q2",
            value=float(i),
            unit=Unit.COUNT,
            n=i % 3 or None,
            definition=f"d{i % 5}",
            provenance=Provenance(source="toy", record_id=f"r{i}"),
        )
        for i in range(count)
    ]


def _write(folder: Path, records: list[Record]) -> dict[str, TableReport]:
    folder.mkdir()
    writer = SnapshotWriter(folder)
    writer.add_all(records)
    return writer.finish()


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_work_does_not_show(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sample_records: list[Record], seed: int
) -> None:
    monkeypatch.setattr(writer_module, "BUFFERED_RECORDS", 16)
    records = [*sample_records, *_measures(200)]
    shuffled = random.Random(seed).sample(records, len(records))
    assert _write(tmp_path / "a", records) == _write(tmp_path / "b", shuffled)


def test_rows_that_differ_in_a_list_alone_have_an_order_too(tmp_path: Path) -> None:
    alike = _measures(1)[0]
    assert isinstance(alike, Measure)
    rows: list[Record] = [
        alike.model_copy(update={"provenance": alike.provenance.model_copy(update={"cells": cells})})
        for cells in ((), ("A=1",), ("A=1", "B=2"), ("B=2",))
    ]
    assert _write(tmp_path / "a", rows) == _write(tmp_path / "b", rows[::-1])


def test_the_size_of_the_buffer_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = _write(tmp_path / "whole", _measures(100))
    monkeypatch.setattr(writer_module, "BUFFERED_RECORDS", 3)
    assert _write(tmp_path / "pieces", _measures(100)) == whole


def test_a_changed_figure_does_show(tmp_path: Path) -> None:
    changed = _measures(100)
    changed[50] = changed[50].model_copy(update={"value": 50.5})
    first, second = _write(tmp_path / "a", _measures(100)), _write(tmp_path / "b", changed)
    assert first["measures"] != second["measures"]
    assert first["programs"] == second["programs"]


def test_every_table_is_written_even_when_empty(tmp_path: Path) -> None:
    reports = _write(tmp_path / "a", [])
    assert set(reports) == set(TABLES)
    assert {report.rows for report in reports.values()} == {0}
    assert pq.read_schema(tmp_path / "a" / "programs.parquet") == schema_of(TABLES["programs"])


def test_nothing_else_is_left_in_the_folder(tmp_path: Path) -> None:
    _write(tmp_path / "a", _measures(10))
    assert {path.name for path in (tmp_path / "a").iterdir()} == {f"{name}.parquet" for name in TABLES}


def test_rows_are_sorted_by_key(tmp_path: Path) -> None:
    writer = TableWriter(tmp_path, "fates")
    for row in (10, 9, 2, 1):
        writer.add(Fate(file="f", row=row, fate="kept"))
    assert writer.finish().rows == 4
    assert pq.read_table(tmp_path / "fates.parquet")["row"].to_pylist() == [1, 2, 9, 10]


def test_a_record_without_a_table_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        SnapshotWriter(tmp_path).add(Provenance(source="s", record_id="r"))


def test_a_whole_snapshot_has_a_hash_of_its_contents(
    tmp_path: Path, write_snapshot: Callable[..., str], sample_records: list[Record]
) -> None:
    first = write_snapshot(tmp_path / "a", sample_records)
    assert write_snapshot(tmp_path / "b", sample_records[::-1]) == first
    assert write_snapshot(tmp_path / "c", sample_records[1:]) != first
