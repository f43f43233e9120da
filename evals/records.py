"""The facts behind an answer, read from the snapshot's files by code that the assistant does not share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

CITED = (
    "programs",
    "providers",
    "measures",
    "findings",
    "events",
    "accreditations",
    "standards",
    "credentials",
    "credential_facts",
    "occupations",
    "codes",
)
"""Tables whose rows an answer can cite; `codes` gives a field of study its name."""
OPTIONAL = ("credential_facts",)
"""Tables that an older snapshot lacks."""
LEFT_OUT = ("provenance_cells",)

Row = dict[str, Any]


class Records:
    """The rows of one snapshot: programs by id, and whatever a citation names."""

    def __init__(self, snapshot: Path) -> None:
        self._snapshot = snapshot

    @cached_property
    def programs(self) -> dict[str, Row]:
        """Every program, by id."""
        return {row["id"]: row for row in self._table("programs").to_pylist()}

    def cited(self, source: str, record_id: str) -> Iterator[Row]:
        """Yield the rows of every table that come from one record of a source."""
        for table, rows in self._places.get((source, record_id), ()):
            yield from self._table(table).take(pa.array([rows])).to_pylist()

    def rows(self, table: str, column: str, value: str) -> list[Row]:
        """Return the rows of a table with a value in a column."""
        return list(self._by_value(table, column).get(value, ()))

    def _by_value(self, table: str, column: str) -> dict[str, list[Row]]:
        key = (table, column)
        if key not in self._indexes:
            found: dict[str, list[Row]] = defaultdict(list)
            for row in self._table(table).to_pylist():
                found[row[column]].append(row)
            self._indexes[key] = found
        return self._indexes[key]

    @cached_property
    def _indexes(self) -> dict[tuple[str, str], dict[str, list[Row]]]:
        return {}

    @cached_property
    def _tables(self) -> dict[str, pa.Table]:
        return {}

    def _table(self, name: str) -> pa.Table:
        if name not in self._tables:
            table = pq.read_table(self._snapshot / f"{name}.parquet")
            self._tables[name] = table.drop_columns([each for each in LEFT_OUT if each in table.column_names])
        return self._tables[name]

    @cached_property
    def _places(self) -> dict[tuple[str, str], list[tuple[str, int]]]:
        places: dict[tuple[str, str], list[tuple[str, int]]] = defaultdict(list)
        for name in CITED:
            if name in OPTIONAL and not (self._snapshot / f"{name}.parquet").exists():
                continue
            table = self._table(name)
            sources = table["provenance_source"].to_pylist()
            for row, key in enumerate(zip(sources, table["provenance_record_id"].to_pylist(), strict=True)):
                places[key].append((name, row))
        return places
