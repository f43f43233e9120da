"""The passage table: which record stands behind each row of the vectors."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

Rows = npt.NDArray[np.int64]
NO_ROWS: Rows = np.empty(0, dtype=np.int64)


class PassageTable:
    """Ids and kinds of passages by row, as columns: a million rows take 50 MB. A record may have several rows."""

    def __init__(self, ids: pa.Array, kinds: pa.Array) -> None:
        self._ids = ids
        coded = kinds.dictionary_encode()
        self.kinds: list[str] = coded.dictionary.to_pylist()
        self._codes = coded.indices.to_numpy(zero_copy_only=False).astype(np.int16)

    @classmethod
    def read(cls, path: Path) -> PassageTable:
        """Read a table that `write` wrote; raises OSError or pyarrow's own error when it is damaged."""
        table = pq.read_table(path, columns=["id", "kind"]).combine_chunks()
        return cls(*(_whole(table[name]) for name in ("id", "kind")))

    def write(self, path: Path) -> None:
        """Write the table as Parquet."""
        kinds = pa.DictionaryArray.from_arrays(pa.array(self._codes), pa.array(self.kinds, pa.string()))
        pq.write_table(pa.table({"id": self._ids, "kind": kinds.cast(pa.string())}), path)

    def __len__(self) -> int:
        return len(self._ids)

    def __getitem__(self, row: int) -> tuple[str, str]:
        return self._ids[row].as_py(), self.kinds[self._codes[row]]

    def rows_of_kind(self, kind: str) -> Rows:
        """Return the rows of one kind, ascending."""
        if kind not in self.kinds:
            return NO_ROWS
        return np.flatnonzero(self._codes == self.kinds.index(kind))

    def rows_of(self, ids: Collection[str], kinds: Collection[str]) -> Rows:
        """Return the rows of records of some kinds, ascending; unknown ids have none."""
        if not ids or not len(self):
            return NO_ROWS
        order, ordered = self._by_id
        wanted = np.unique(np.array([key.encode("utf-8", "replace") for key in ids]))
        start, end = (np.searchsorted(ordered, wanted, side=side) for side in ("left", "right"))
        counts = end - start
        within = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
        rows = np.sort(order[np.repeat(start, counts) + within])
        codes = [code for code, kind in enumerate(self.kinds) if kind in kinds]
        return rows[np.isin(self._codes[rows], codes)]

    @cached_property
    def _by_id(self) -> tuple[Rows, npt.NDArray[np.bytes_]]:
        ids = np.array([key.encode() for key in self._ids.to_pylist()])
        order = np.argsort(ids, kind="stable")
        return order, ids[order]


def _whole(column: pa.ChunkedArray) -> pa.Array:
    return column.combine_chunks() if column.num_chunks != 1 else column.chunk(0)
