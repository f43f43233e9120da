"""Vectors kept by the hash of their text, so that only changed passages are embedded."""

from __future__ import annotations

import os
import time
import uuid
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt

from catalog.manifest import sync
from vectorstore.cores import usable_cores
from vectorstore.embedding import Embedding
from vectorstore.passages import Passage

BATCH = 32
SEGMENT_VECTORS = 4_096
SEGMENT_SECONDS = 15.0
"""A segment is written when it is full or this old: a killed run loses no more than that."""
DIGEST_BYTES = 16
DAMAGED = (OSError, EOFError, KeyError, ValueError, zipfile.BadZipFile)
"""What numpy raises for a file that is cut off or no archive."""

Half = npt.NDArray[np.float16]
Digests = npt.NDArray[np.uint8]
OnProgress = Callable[[int], None]


class VectorCache:
    """Vectors of one model in segments `<name>.npz`, float16, each named in one step when it is whole.

    `seed` is a folder of packaged vectors, one `<model>.npz` each, that is only read. A damaged
    segment does not count: its texts are embedded again.
    """

    def __init__(self, folder: Path, embedding: Embedding, seed: Path | None = None) -> None:
        self._folder, self._embedding = folder / embedding.name, embedding
        self._place: dict[bytes, tuple[int, int]] = {}
        self._segments: list[Half | Path] = []
        if seed is not None:
            self._load_seed(seed / f"{embedding.name}.npz")
        for path in sorted(self._folder.glob("*.npz")):
            self._load(path)

    def missing(self, digests: Iterable[bytes]) -> int:
        """Return how many different texts have no vector yet."""
        return len({digest for digest in digests if digest not in self._place})

    def add(self, passages: Iterable[Passage], on_progress: OnProgress = lambda _done: None) -> int:
        """Embed the passages that have no vector yet, several batches at once; returns how many texts those were."""
        digests: list[bytes] = []
        vectors: list[Half] = []
        done, began = 0, time.monotonic()
        with ThreadPoolExecutor(usable_cores()) as pool:
            for batches in _groups(_groups(self._new(passages), BATCH), 4 * usable_cores()):
                texts = [[text for _digest, text in batch] for batch in batches]
                for made in pool.map(self._embedding.embed_passages, texts):
                    vectors.append(made.astype(np.float16))
                digests += [digest for batch in batches for digest, _text in batch]
                if len(digests) >= SEGMENT_VECTORS or time.monotonic() - began > SEGMENT_SECONDS:
                    done += self._save(digests, vectors)
                    on_progress(done)
                    began = time.monotonic()
        return done + self._save(digests, vectors)

    def gather(self, digests: Sequence[bytes], out: Half) -> None:
        """Copy the vectors of texts into an array of shape (n, dimensions); all must be known."""
        places = np.array([self._place[digest] for digest in digests], dtype=np.int64).reshape(-1, 2)
        for number in np.unique(places[:, 0]):
            segment = self._segments[number]
            vectors = segment if isinstance(segment, np.ndarray) else _read(segment)[1]
            rows = np.flatnonzero(places[:, 0] == number)
            out[rows] = vectors[places[rows, 1]]

    def _new(self, passages: Iterable[Passage]) -> Iterator[tuple[bytes, str]]:
        seen: set[bytes] = set()
        for passage in passages:
            digest = passage.digest
            if digest not in self._place and digest not in seen:
                seen.add(digest)
                yield digest, passage.text

    def _save(self, digests: list[bytes], vectors: list[Half]) -> int:
        """Write one segment and forget the lists; returns how many vectors it holds."""
        count = len(digests)
        if count:
            self._folder.mkdir(parents=True, exist_ok=True)
            path = self._folder / f"{uuid.uuid4().hex}.npz"
            write_arrays(path, hashes=_packed(digests), vectors=np.vstack(vectors))
            self._remember(digests, path)
            digests.clear()
            vectors.clear()
        return count

    def _load(self, path: Path) -> None:
        try:
            hashes, vectors = _read(path)
        except DAMAGED:
            return
        if len(hashes) == len(vectors) and vectors.shape[1:] == (self._embedding.dimensions,):
            self._remember([row.tobytes() for row in hashes], path)

    def _load_seed(self, path: Path) -> None:
        if path.is_file():
            with np.load(path) as packed:
                planes = np.stack([packed["low"], packed["high"]], axis=-1)
                self._remember([row.tobytes() for row in packed["hashes"]], planes.view(np.float16)[..., 0])

    def _remember(self, digests: Sequence[bytes], segment: Half | Path) -> None:
        self._segments.append(segment)
        number = len(self._segments) - 1
        self._place.update((digest, (number, at)) for at, digest in enumerate(digests))


def write_seed(folder: Path, embedding: Embedding, digests: Sequence[bytes], vectors: Half) -> None:
    """Write the vectors of texts as the seed of a model, in order of hash.

    The high and the low bytes of the float16 numbers are packed apart: they compress better so.
    """
    row_of = {digest: row for row, digest in enumerate(digests)}
    ordered = np.ascontiguousarray(vectors[[row_of[digest] for digest in sorted(row_of)]])
    planes = ordered.view(np.uint8).reshape(*ordered.shape, 2)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{embedding.name}.npz"
    np.savez_compressed(path, low=planes[..., 0], high=planes[..., 1], hashes=_packed(sorted(row_of)))


def write_arrays(path: Path, **arrays: npt.NDArray[np.generic]) -> None:
    """Write arrays beside their final name, flush them to the disk itself, then rename."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as stream:
        np.savez(stream, **arrays)  # type: ignore[arg-type]
    sync(draft)
    draft.replace(path)
    sync(path.parent)


def _read(path: Path) -> tuple[Digests, Half]:
    with np.load(path) as stored:
        return stored["hashes"], stored["vectors"]


def _packed(digests: Sequence[bytes]) -> Digests:
    return np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(-1, DIGEST_BYTES)


def _groups[T](items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while group := list(islice(iterator, size)):
        yield group
