"""Dense search: exact over few rows of a memory-mapped matrix, Chroma's graph over many."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import numpy as np
import numpy.typing as npt

from catalog.errors import SearchIndexError, SettingsError
from vectorstore.cores import use_one_blas_thread
from vectorstore.embedding import Embedding
from vectorstore.vectors import Half

if TYPE_CHECKING:
    from chromadb.api.client import Client

EXACT_ROWS = 20_000
PIECE_ROWS = 20_000
INSERTED_AT_ONCE = 2_000
REBUILD = "Delete the folder `index` in NAVIGATOR_HOME; it is built again at the next start."
CHROMA_REMEDY = "Start the server of NAVIGATOR_CHROMA_URL, or unset it to use the embedded store."

Scored = list[tuple[int, float]]
"""Rows of the passage table with their cosine, best first."""


def open_chroma(folder: Path, url: str | None) -> Client:
    """Return a Chroma client: embedded in a folder, or of a server. Vectors are always our own."""
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    import chromadb
    from chromadb.config import Settings

    settings = Settings(anonymized_telemetry=False)
    if url is None:
        return cast("Client", chromadb.PersistentClient(path=str(folder), settings=settings))
    from urllib.parse import urlsplit

    import httpx

    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError:
        parts, port = urlsplit(""), 0
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise SettingsError(f"NAVIGATOR_CHROMA_URL={url!r} is not an address like http://127.0.0.1:8000.")
    try:
        client = chromadb.HttpClient(host=parts.hostname, port=port, ssl=parts.scheme == "https", settings=settings)
        return cast("Client", client)
    except (ValueError, httpx.HTTPError) as error:
        said = _first_line(error)
        raise SearchIndexError(f"The Chroma server at {url} does not answer ({said}). {CHROMA_REMEDY}") from None


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def collection_name(index_name: str, embedding: Embedding, kind: str) -> str:
    """Return the name of the collection of one kind of record under one model."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", f"{index_name}-{embedding.name}-{kind}")


class DenseIndex:
    """The vectors of one model: rows of a matrix, and a Chroma collection for each kind."""

    def __init__(
        self, embedding: Embedding, matrix: Half, kinds: Sequence[str], chroma: Callable[[], Any], name: str
    ) -> None:
        use_one_blas_thread()
        self.embedding = embedding
        self._matrix, self._chroma, self._name = matrix, chroma, name
        self._rows_of = {kind: np.flatnonzero(np.asarray(kinds) == kind) for kind in dict.fromkeys(kinds)}
        self._exact: dict[str, npt.NDArray[np.float32]] = {}

    def search(self, text: str, kinds: Collection[str], rows: npt.NDArray[np.int64] | None, limit: int) -> Scored:
        """Return the best rows among given rows, else among some kinds, else among all."""
        query = self.embedding.embed_query(text)
        if rows is not None:
            return self._best(rows, self._cosines(rows, query), limit)
        found: Scored = []
        for kind in kinds or self._rows_of:
            found += self._of_kind(kind, query, limit)
        return sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit]

    def _of_kind(self, kind: str, query: npt.NDArray[np.float32], limit: int) -> Scored:
        rows = self._rows_of.get(kind)
        if rows is None:
            return []
        if len(rows) > EXACT_ROWS:
            return self._approximate(kind, query, limit)
        if kind not in self._exact:
            self._exact[kind] = self._matrix[rows].astype(np.float32)
        return self._best(rows, self._exact[kind] @ query, limit)

    def _cosines(self, rows: npt.NDArray[np.int64], query: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """Return exact scores, a piece at a time: the matrix may be larger than the memory."""
        out = np.empty(len(rows), dtype=np.float32)
        for start in range(0, len(rows), PIECE_ROWS):
            piece = rows[start : start + PIECE_ROWS]
            out[start : start + len(piece)] = self._matrix[piece].astype(np.float32) @ query
        return out

    def _approximate(self, kind: str, query: npt.NDArray[np.float32], limit: int) -> Scored:
        import httpx
        from chromadb.errors import ChromaError, NotFoundError

        name = collection_name(self._name, self.embedding, kind)
        try:
            collection = self._chroma().get_collection(name, embedding_function=None)
            found = collection.query(query_embeddings=[query.tolist()], n_results=limit, include=["distances"])
        except NotFoundError:
            raise SearchIndexError(f"Chroma holds no collection {name}. {REBUILD}") from None
        except (ChromaError, httpx.HTTPError) as error:
            raise SearchIndexError(f"Chroma can't search {name} ({_first_line(error)}). {CHROMA_REMEDY}") from None
        rows, distances = found["ids"][0], found["distances"][0]
        return [(int(key), 1.0 - distance) for key, distance in zip(rows, distances, strict=True)]

    @staticmethod
    def _best(rows: npt.NDArray[np.int64], scores: npt.NDArray[np.float32], limit: int) -> Scored:
        order = np.lexsort((rows, -scores))[:limit]
        return [(int(rows[at]), float(scores[at])) for at in order]


def fill_chroma(
    client: Client, index_name: str, embedding: Embedding, matrix: Half, table: Sequence[tuple[str, str]]
) -> None:
    """Write the vectors of (id, kind) rows into one collection per kind; row numbers are the keys."""
    for kind in dict.fromkeys(kind for _id, kind in table):
        name = collection_name(index_name, embedding, kind)
        collection = client.get_or_create_collection(
            name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        rows = [row for row, (_id, each) in enumerate(table) if each == kind]
        for batch in _batches(rows, INSERTED_AT_ONCE):
            collection.upsert(
                ids=[str(row) for row in batch],
                embeddings=matrix[batch].astype(np.float32),
                metadatas=[{"id": table[row][0], "kind": kind} for row in batch],
            )


def _batches(rows: Sequence[int], size: int) -> Iterator[Sequence[int]]:
    for start in range(0, len(rows), size):
        yield rows[start : start + size]
