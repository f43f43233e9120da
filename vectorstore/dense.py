"""Dense search: exact over few rows of a memory-mapped matrix, Chroma's graph over many."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
import numpy.typing as npt

from vectorstore.chroma import ChromaStore, Scored
from vectorstore.cores import use_one_blas_thread
from vectorstore.embedding import Embedding
from vectorstore.vectors import Half

EXACT_ROWS = 20_000
PIECE_ROWS = 20_000
MOST_OF_GRAPH = 800
"""So many neighbours the graph finds well; asked for more than `limit` when only some of them may count."""

Rows = npt.NDArray[np.int64]
Query = npt.NDArray[np.float32]


class DenseIndex:
    """The vectors of one model: rows of a matrix, and a Chroma collection for each kind."""

    def __init__(
        self, embedding: Embedding, matrix: Half, kinds: Sequence[str], chroma: Callable[[], ChromaStore], name: str
    ) -> None:
        use_one_blas_thread()
        self.embedding = embedding
        self._matrix, self._chroma, self._name = matrix, chroma, name
        self._rows_of = {kind: np.flatnonzero(np.asarray(kinds) == kind) for kind in dict.fromkeys(kinds)}
        self._exact: dict[str, npt.NDArray[np.float32]] = {}

    def search(self, text: str, kinds: Collection[str], rows: Rows | None, limit: int) -> Scored:
        """Return the best rows among given rows, else among some kinds, else among all."""
        query = self.embedding.embed_query(text)
        if rows is not None:
            return self._of_rows(rows, kinds, query, limit)
        found: Scored = []
        for kind in kinds or self._rows_of:
            found += self._of_kind(kind, query, limit)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _of_kind(self, kind: str, query: Query, limit: int) -> Scored:
        rows = self._rows_of.get(kind)
        if rows is None:
            return []
        if len(rows) > EXACT_ROWS:
            return self._approximate(kind, query, limit)
        if kind not in self._exact:
            self._exact[kind] = self._matrix[rows].astype(np.float32)
        return self._best(rows, self._exact[kind] @ query, limit)

    def _of_rows(self, rows: Rows, kinds: Collection[str], query: Query, limit: int) -> Scored:
        """Score few rows exactly; of many, look first whether enough are among the graph's nearest."""
        if len(rows) > EXACT_ROWS and len(kinds) == 1:
            (kind,) = kinds
            enough = 2 * limit * (1 + len(self._rows_of[kind]) // len(rows))
            if enough <= MOST_OF_GRAPH:
                near = self._approximate(kind, query, enough)
                counted = np.isin([row for row, _score in near], rows)
                found = [pair for pair, counts in zip(near, counted, strict=True) if counts]
                if len(found) >= limit:
                    return found[:limit]
        return self._best(rows, self._cosines(rows, query), limit)

    def _cosines(self, rows: Rows, query: Query) -> npt.NDArray[np.float32]:
        """Return exact scores, a piece at a time: the matrix may be larger than the memory."""
        out = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), PIECE_ROWS):
            piece = rows[start : start + PIECE_ROWS]
            out[start : start + len(piece)] = self._matrix[piece].astype(np.float32) @ query
        return out

    def _approximate(self, kind: str, query: Query, limit: int) -> Scored:
        return self._chroma().nearest(self._name, self.embedding.name, kind, query, limit)

    @staticmethod
    def _best(rows: Rows, scores: npt.NDArray[np.float32], limit: int) -> Scored:
        if len(scores) > limit:  # Sort no more than can be among the best; all of the last one's equals are.
            kept = np.flatnonzero(scores >= np.partition(scores, -limit)[-limit])
            rows, scores = rows[kept], scores[kept]
        order = np.lexsort((rows, -scores))[:limit]
        return [(int(rows[at]), float(scores[at])) for at in order]
