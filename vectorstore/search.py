"""Search: both embedding models and the lexical index, fused by rank."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from vectorstore.dense import DenseIndex
from vectorstore.lexical import LexicalIndex

RANK_CONSTANT = 60
"""Constant of reciprocal-rank fusion (Cormack, Clarke and Büttcher 2009)."""
WEIGHTS = {"lexical": 1.0}
"""Weight of a witness; 1 where none is given."""
DEPTH = 4
"""How many times `limit` each witness is asked for before fusing."""
MAX_CHARACTERS = 2_000
"""A question's length; more costs the models seconds and adds nothing."""


@dataclass(frozen=True)
class Hit:
    """A record, its fused score, and the raw score and rank that each witness gave it."""

    id: str
    kind: str
    score: float
    scores: dict[str, float] = field(default_factory=dict)
    ranks: dict[str, int] = field(default_factory=dict)


class Searcher:
    """Searches one index; safe to share between threads."""

    def __init__(self, table: Sequence[tuple[str, str]], dense: Sequence[DenseIndex], lexical: LexicalIndex) -> None:
        self._table, self._dense, self._lexical = table, dense, lexical
        self._rows: dict[str, list[int]] = {}
        for row, (key, _kind) in enumerate(table):
            self._rows.setdefault(key, []).append(row)

    def search(
        self, text: str, kinds: Collection[str] = ("program",), ids: Collection[str] | None = None, limit: int = 20
    ) -> list[Hit]:
        """Return the records nearest to a text, best first; no `kinds` means all, `ids` narrows the search.

        A witness that gives a record no score gives it no rank. Ties go by id.
        """
        if limit < 1:
            return []
        text = _readable(text)
        depth = limit * DEPTH
        witnesses: dict[str, list[tuple[str, str, float]]] = {}
        rows = self._rows_of(ids, kinds)
        for index in self._dense:
            scored = index.search(text, kinds, rows, depth)
            witnesses[index.embedding.name] = self._once((*self._table[row], score) for row, score in scored)
        words = self._lexical.search(text, kinds, ids, depth)
        witnesses["lexical"] = [(hit.id, hit.kind, hit.score) for hit in words]
        return _fused(witnesses, limit)

    def texts(self, ids: Collection[str]) -> dict[str, tuple[str, str]]:
        """Return the title and the text of records, by id; a text in two languages is joined."""
        return self._lexical.texts(ids)

    def _rows_of(self, ids: Collection[str] | None, kinds: Collection[str]) -> npt.NDArray[np.int64] | None:
        if ids is None:
            return None
        rows = sorted(row for key in set(ids) for row in self._rows.get(key, ()))
        if kinds:
            rows = [row for row in rows if self._table[row][1] in kinds]
        return np.asarray(rows, dtype=np.int64)

    @staticmethod
    def _once(scored: Iterable[tuple[str, str, float]]) -> list[tuple[str, str, float]]:
        """A record with several passages counts by its best one."""
        best: dict[str, tuple[str, str, float]] = {}
        for entry in scored:
            best.setdefault(entry[0], entry)
        return list(best.values())


def _readable(text: str) -> str:
    """Return a text that every witness can take: of bounded length, without halves of characters."""
    return text[:MAX_CHARACTERS].encode("utf-8", "replace").decode().replace("\0", " ")


def _fused(witnesses: dict[str, list[tuple[str, str, float]]], limit: int) -> list[Hit]:
    kinds: dict[str, str] = {}
    scores: dict[str, dict[str, float]] = {}
    ranks: dict[str, dict[str, int]] = {}
    for witness, entries in witnesses.items():
        for rank, (key, kind, score) in enumerate(entries, start=1):
            kinds[key] = kind
            scores.setdefault(key, {})[witness] = score
            ranks.setdefault(key, {})[witness] = rank
    hits = [
        Hit(
            key,
            kinds[key],
            sum(WEIGHTS.get(w, 1.0) / (RANK_CONSTANT + r) for w, r in ranks[key].items()),
            scores[key],
            ranks[key],
        )
        for key in kinds
    ]
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:limit]
