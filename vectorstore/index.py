"""The index of a snapshot on disk: built beside, made current by a rename, checked on opening."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from catalog.errors import SearchIndexError
from catalog.home import bundled_folder
from catalog.settings import Settings
from catalog.snapshot import Snapshot
from catalog.writer import write_table
from vectorstore.chroma import REBUILD, ChromaStore
from vectorstore.dense import DenseIndex
from vectorstore.embedding import Embedding, embeddings_of
from vectorstore.lexical import LexicalIndex
from vectorstore.passages import dense_passages, lexical_passages
from vectorstore.search import Searcher
from vectorstore.vectors import VectorCache, write_array, write_seed

FORMAT = 3
"""Part of the folder's name: raised when passages or files change, so that a new program builds anew."""
Say = Callable[[str], None]


class Index:
    """An opened index folder. Models, Chroma and the lexical index are loaded when first used."""

    def __init__(
        self, folder: Path, embeddings: tuple[Embedding, ...], chroma_url: str | None, content_hash: str
    ) -> None:
        self._folder, self._embeddings, self._chroma_url = folder, embeddings, chroma_url
        self._check(content_hash)

    def _check(self, content_hash: str) -> None:
        try:
            meta = json.loads((self._folder / "meta.json").read_text(encoding="utf-8"))
            models, found_hash, found_format = meta["models"], meta["snapshot"], meta["format"]
            dimensions = {e.name: models[e.name] for e in self._embeddings if e.name in models}
        except (OSError, json.JSONDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
            raise SearchIndexError(f"{self._folder} is not a whole index ({error}). {REBUILD}") from None
        wanted = {e.name for e in self._embeddings}
        if found_format != FORMAT or wanted != set(models):
            raise SearchIndexError(
                f"{self._folder} was built by {', '.join(models)} (format {found_format}), "
                f"not by {', '.join(sorted(wanted))} (format {FORMAT}). {REBUILD}"
            )
        if found_hash != content_hash:
            raise SearchIndexError(f"{self._folder} belongs to snapshot {found_hash}, not {content_hash}. {REBUILD}")
        for embedding in self._embeddings:
            embedding.dimensions = dimensions[embedding.name]

    @cached_property
    def chroma(self) -> ChromaStore:
        """The store of the vectors; embedded or by its address."""
        return ChromaStore(self._folder / "chroma", self._chroma_url)

    def searcher(self) -> Searcher:
        """Return a searcher over this index; raises SearchIndexError when a file is missing or damaged."""
        try:
            table = pq.read_table(self._folder / "passages.parquet")
            lexical = LexicalIndex(self._folder / "lexical")
            matrices = [np.load(self._folder / f"{e.name}.npy", mmap_mode="r") for e in self._embeddings]
        except (OSError, ValueError, EOFError) as error:
            raise SearchIndexError(f"{self._folder} is not a whole index ({error}). {REBUILD}") from None
        ids, kinds = table["id"].to_pylist(), table["kind"].to_pylist()
        dense = []
        for embedding, matrix in zip(self._embeddings, matrices, strict=True):
            if matrix.shape != (len(ids), embedding.dimensions):
                raise SearchIndexError(f"{self._folder}/{embedding.name}.npy has shape {matrix.shape}. {REBUILD}")
            dense.append(DenseIndex(embedding, matrix, kinds, lambda: self.chroma, self._folder.name))
        return Searcher(list(zip(ids, kinds, strict=True)), dense, lexical)


def ensure_index(snapshot: Snapshot, settings: Settings, say: Say = lambda _text: None) -> Index:
    """Open the index of a snapshot, building it when it is missing.

    Raises SearchIndexError when what is there is damaged or was built by another model.
    """
    embeddings = embeddings_of(settings.embeddings)
    folder = index_folder(snapshot, settings)
    if not folder.exists():
        build_index(snapshot, settings, say)
    return Index(folder, embeddings, settings.chroma_url, snapshot.content_hash)


def index_folder(snapshot: Snapshot, settings: Settings) -> Path:
    """Return where the index of a snapshot lies; its name says snapshot, models and store."""
    models = "-".join(e.name for e in embeddings_of(settings.embeddings))
    store = "remote" if settings.chroma_url else "local"
    return settings.home_folder / "index" / f"{snapshot.content_hash[:16]}-{models}-{store}-{FORMAT}"


def build_index(snapshot: Snapshot, settings: Settings, say: Say = lambda _text: None) -> Path:
    """Build the index of a snapshot and make it the one that is opened; returns its folder."""
    folder = index_folder(snapshot, settings)
    embeddings = embeddings_of(settings.embeddings)
    with _building(folder) as draft:
        if draft is None:
            return folder
        passages = list(dense_passages(snapshot))
        table = [(p.id, p.kind) for p in passages]
        say(f"building the index of {len(passages):,} passages")
        LexicalIndex.build(draft / "lexical", chain(passages, lexical_passages(snapshot)))
        with closing(ChromaStore(draft / "chroma", settings.chroma_url)) as chroma:
            for embedding in embeddings:
                cache = VectorCache(settings.home_folder / "vectors", embedding, bundled_folder() / "vectors")
                matrix = cache.matrix(passages, lambda done, all_: say(f"embedding: {done:,} of {all_:,} new passages"))
                write_array(draft / f"{embedding.name}.npy", matrix)
                chroma.fill(folder.name, embedding.name, matrix, table)
        columns = {"id": [key for key, _ in table], "kind": [kind for _, kind in table]}
        write_table(pa.table(columns), draft / "passages.parquet")
        models = {e.name: e.dimensions for e in embeddings}
        _write_meta(draft, {"format": FORMAT, "snapshot": snapshot.content_hash, "models": models})
        say("the index is ready")
    return folder


def write_bundled_vectors(snapshot: Snapshot, cached: Path, settings: Settings, target: Path, say: Say) -> None:
    """Write the vectors of a bundled snapshot's passages as a seed that ships with the program."""
    passages = list(dense_passages(snapshot))
    for embedding in embeddings_of(settings.embeddings):
        cache = VectorCache(cached, embedding)
        matrix = cache.matrix(passages, lambda done, all_: say(f"embedding: {done:,} of {all_:,} new passages"))
        write_seed(target, embedding, passages, matrix)


@contextmanager
def _building(folder: Path) -> Iterator[Path | None]:
    """Lend a draft folder, renamed to its final name at the end; None when another process built it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with (folder.parent / "build.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            yield None
            return
        for leftover in folder.parent.glob(".building-*"):
            shutil.rmtree(leftover)
        draft = folder.parent / f".building-{os.getpid()}"
        draft.mkdir()
        try:
            yield draft
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
        _remove_old(folder)


def _write_meta(folder: Path, meta: dict[str, Any]) -> None:
    with (folder / "meta.json").open("w", encoding="utf-8") as stream:
        json.dump(meta, stream)
        stream.flush()
        os.fsync(stream.fileno())


def _remove_old(current: Path) -> None:
    """Keep the index just built and the one before it."""
    others = [path for path in current.parent.iterdir() if path.is_dir() and path != current]
    for path in sorted(others, key=lambda p: p.stat().st_mtime, reverse=True)[1:]:
        shutil.rmtree(path)
