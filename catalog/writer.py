"""Writing a snapshot's tables: records are buffered, streamed to disk, and sorted at the end."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from catalog.manifest import TableReport, sha256_of, sync
from catalog.records import Record
from catalog.tables import SORT_KEYS, TABLES, schema_of, to_table

BUFFERED_RECORDS = 20_000
ROW_GROUP_ROWS = 50_000
COMPRESSION_LEVEL = 3


class TableWriter:
    """Streams the records of one table to a draft file, then writes it sorted by the table's key."""

    def __init__(self, folder: Path, name: str) -> None:
        self.name, self.model = name, TABLES[name]
        self._path = folder / f"{name}.parquet"
        self._draft = folder / f"{name}.draft.arrow"
        self._buffer: list[Record] = []
        self._stream: pa.ipc.RecordBatchStreamWriter | None = None

    def add(self, record: Record) -> None:
        """Take one record."""
        self._buffer.append(record)
        if len(self._buffer) >= BUFFERED_RECORDS:
            self._flush()

    def finish(self) -> TableReport:
        """Write the table, sorted; equal records give equal bytes, in whatever order they came."""
        self._flush()
        report = write_sorted(self._read_draft(), self.name, self._path)
        self._draft.unlink(missing_ok=True)
        return report

    def _flush(self) -> None:
        if not self._buffer:
            return
        if self._stream is None:
            self._stream = pa.ipc.new_stream(str(self._draft), schema_of(self.model))
        self._stream.write_table(to_table(self.model, self._buffer))
        self._buffer.clear()

    def _read_draft(self) -> pa.Table:
        if self._stream is None:
            return schema_of(self.model).empty_table()
        self._stream.close()
        with pa.memory_map(str(self._draft)) as source:
            return pa.ipc.open_stream(source).read_all()


class OrderedTableWriter:
    """Writes the records of one table that already come in the table's order, in memory for one row group.

    Raises ValueError for a record that comes before the one written last.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self.model = TABLES[name]
        self._path = folder / f"{name}.parquet"
        self._keys = SORT_KEYS[name]
        self._last: tuple[str, ...] = ()
        self._buffer: list[Record] = []
        self._rows = 0
        self._writer = pq.ParquetWriter(
            self._path,
            schema_of(self.model),
            compression="zstd",
            compression_level=COMPRESSION_LEVEL,
            write_page_index=True,
        )

    def add(self, record: Record) -> None:
        """Take the next record."""
        key = tuple([getattr(record, name) for name in self._keys])
        if key < self._last:
            raise ValueError(f"{key} comes after {self._last}")
        self._last = key
        self._buffer.append(record)
        if len(self._buffer) >= ROW_GROUP_ROWS:
            self._flush()

    def finish(self) -> TableReport:
        """Write what is left, and return the table's report."""
        self._flush()
        self._writer.close()
        sync(self._path)
        return TableReport(rows=self._rows, sha256=sha256_of(self._path))

    def _flush(self) -> None:
        if self._buffer:
            table = to_table(self.model, self._buffer).combine_chunks()
            self._writer.write_table(table, row_group_size=ROW_GROUP_ROWS)
            self._rows += len(self._buffer)
            self._buffer.clear()


class SnapshotWriter:
    """Writes all tables of a snapshot into one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writers = {name: TableWriter(folder, name) for name in TABLES}
        self._name_of = {model: name for name, model in TABLES.items()}

    def add(self, record: Record) -> None:
        """Take one record of any kind."""
        self._writers[self._name_of[type(record)]].add(record)

    def add_all(self, records: Iterable[Record]) -> None:
        """Take many records."""
        for record in records:
            self.add(record)

    def finish(self) -> dict[str, TableReport]:
        """Write every table and return their reports by name."""
        return {name: writer.finish() for name, writer in self._writers.items()}


def write_sorted(table: pa.Table, name: str, path: Path) -> TableReport:
    """Write a table of the snapshot in its order; equal rows in any order give equal bytes.

    A key without a unique id may leave ties: then every other column decides, lists as joined text.
    """
    names, keys = table.schema.names, SORT_KEYS[name]
    keyed = table
    if "id" not in names:
        for column in [field.name for field in table.schema if pa.types.is_list(field.type)]:
            keyed = keyed.append_column(f"joined {column}", pc.binary_join(keyed[column], "\x1f"))
        plain = [field.name for field in keyed.schema if not pa.types.is_list(field.type)]
        keys = tuple(dict.fromkeys((*keys, *plain)))
    ordered = keyed.sort_by([(key, "ascending") for key in keys]).select(names)
    write_table(ordered.combine_chunks(), path)
    return TableReport(rows=table.num_rows, sha256=sha256_of(path))


def write_table(table: pa.Table, path: Path, level: int = COMPRESSION_LEVEL) -> None:
    """Write a Parquet file and flush it to the disk itself."""
    pq.write_table(
        table,
        path,
        compression="zstd",
        compression_level=level,
        row_group_size=ROW_GROUP_ROWS,
        write_page_index=True,
    )
    sync(path)
