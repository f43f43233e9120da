"""Chroma: one collection for each model and kind of record, embedded in a folder or behind an address."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import SplitResult, urlsplit

import numpy as np
import numpy.typing as npt

from catalog.errors import SearchIndexError, SettingsError

if TYPE_CHECKING:
    import httpx
    from chromadb.api.client import Client

INSERTED_AT_ONCE = 2_000
GRAPH: dict[str, Any] = {"space": "cosine", "ef_construction": 200, "ef_search": 800}
"""Of 50,000 programs, ten variants of each, the 20 nearest were found to 99 % in 3 ms; with
Chroma's own settings to 84 %, and for some questions not one of them."""
CONNECT_SECONDS, ANSWER_SECONDS = 5.0, 60.0
REBUILD = "Delete the folder `index` in NAVIGATOR_HOME; it is built again at the next start."
REMEDY = "Start the server of NAVIGATOR_CHROMA_URL, or unset it to use the embedded store."

Scored = list[tuple[int, float]]
"""Rows of the passage table with their cosine, best first."""


class ChromaStore:
    """A Chroma client that holds the vectors; row numbers are the keys. Safe to share between threads.

    Methods raise SearchIndexError with what to do when Chroma is away, slow, damaged or empty.
    """

    def __init__(self, folder: Path, url: str | None) -> None:
        self._url = url
        with self._answering():
            self._client = _embedded(folder) if url is None else _remote(url)
        self._collections: dict[str, Any] = {}

    def nearest(self, index: str, model: str, kind: str, query: npt.NDArray[np.float32], limit: int) -> Scored:
        """Return the rows of a kind that are nearest to a vector, as the graph finds them."""
        name = collection_name(index, model, kind)
        with self._answering():
            if name not in self._collections:
                self._collections[name] = self._client.get_collection(name, embedding_function=None)
            found = self._collections[name].query(
                query_embeddings=[query.tolist()], n_results=limit, include=["distances"]
            )
        rows, distances = found["ids"][0], found["distances"][0]
        return [(int(key), 1.0 - distance) for key, distance in zip(rows, distances, strict=True)]

    def fill(self, index: str, model: str, vectors: npt.NDArray[np.float16], table: Sequence[tuple[str, str]]) -> None:
        """Write the vectors of (id, kind) rows into one collection for each kind."""
        kinds = np.array([kind for _id, kind in table])
        for kind in dict.fromkeys(kinds.tolist()):
            with self._answering():
                collection = self._client.get_or_create_collection(
                    collection_name(index, model, kind),
                    embedding_function=None,
                    configuration=cast("Any", {"hnsw": GRAPH}),
                )
            rows = np.flatnonzero(kinds == kind)
            for start in range(0, len(rows), INSERTED_AT_ONCE):
                batch = rows[start : start + INSERTED_AT_ONCE]
                with self._answering():
                    collection.upsert(
                        ids=[str(row) for row in batch],
                        embeddings=vectors[batch].astype(np.float32),
                        metadatas=[{"id": table[row][0], "kind": kind} for row in batch],
                    )

    def close(self) -> None:
        """Let go of the files or the connection; of one folder Chroma would else lend out the same client."""
        self._client.close()
        if self._url is not None:
            for session in _sessions(self._client):
                session.close()

    @contextmanager
    def _answering(self) -> Iterator[None]:
        """Turn every way in which Chroma fails into what the operator can do."""
        import httpx
        from chromadb.errors import ChromaError, NotFoundError

        where = self._url or "the embedded Chroma"
        try:
            yield
        except NotFoundError as error:
            raise SearchIndexError(f"{where} lacks vectors of this index ({_first_line(error)}). {REBUILD}") from None
        except (ChromaError, httpx.HTTPError, ValueError) as error:
            remedy = REMEDY if self._url else REBUILD
            raise SearchIndexError(f"{where} does not answer ({_first_line(error)}). {remedy}") from None


def collection_name(index: str, model: str, kind: str) -> str:
    """Return the name of the collection of one kind of record under one model."""
    return re.sub(r"[^A-Za-z0-9._-]", "-", f"{index}-{model}-{kind}")


def _embedded(folder: Path) -> Client:
    import chromadb

    return cast("Client", chromadb.PersistentClient(path=str(folder), settings=_silent()))


def _remote(url: str) -> Client:
    import chromadb
    import httpx

    parts = _parts(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    # Chroma's client waits without end and asks as soon as it is made: whether anyone answers is asked first.
    httpx.get(f"{parts.scheme}://{parts.hostname}:{port}/api/v2/heartbeat", timeout=CONNECT_SECONDS).raise_for_status()
    client = chromadb.HttpClient(host=parts.hostname or "", port=port, ssl=secure, settings=_silent())
    for session in _sessions(client):
        session.timeout = httpx.Timeout(ANSWER_SECONDS, connect=CONNECT_SECONDS)
    return cast("Client", client)


def _sessions(client: Any) -> list[httpx.Client]:
    """Return the connections of a client of a server, one for data and one for its tenants; Chroma closes neither."""
    return [each._server._session for each in (client, client._admin_client)]


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        known = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0
    except ValueError:
        known = False
    if not known:
        raise SettingsError(f"NAVIGATOR_CHROMA_URL={url!r} is not an address like http://127.0.0.1:8000.")
    return parts


def _silent() -> Any:
    """Return settings that report nothing to anybody, whatever the environment says."""
    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    from chromadb.config import Settings

    return Settings(
        _env_file=None,
        anonymized_telemetry=False,
        chroma_otel_collection_endpoint="",
        chroma_otel_granularity=None,
    )


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
