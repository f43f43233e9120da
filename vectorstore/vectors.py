"""Vectors kept by the hash of their text, so that only changed passages are embedded."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from vectorstore.cores import usable_cores
from vectorstore.embedding import Embedding, Vectors
from vectorstore.passages import Passage

BATCH = 32
SEGMENT_TEXTS = 4_096
SEGMENT_SECONDS = 15.0
"""A segment is written when it is full or this old: a killed run loses no more."""
DIGEST_BYTES = 16
Half = npt.NDArray[np.float16]
T = TypeVar("T")


class VectorCache:
    """Vectors of one model in segments `<name>.hashes.npy` and `<name>.vectors.npy`, float16.

    `seed` is a folder of packaged vectors, one `<model>.npz` each, that is only read. A segment is
    named by its hashes, so that two runs never mix theirs, and counts only when both files are there
    and fit; the hashes are written last: a killed run leaves none half.
    """

    def __init__(self, folder: Path, embedding: Embedding, seed: Path | None = None) -> None:
        self._folder, self._embedding = folder / embedding.name, embedding
        self._known: dict[bytes, tuple[int, int]] = {}
        self._segments: list[Half | Path] = []
        if seed is not None:
            self._load_seed(seed / f"{embedding.name}.npz")
        self._load(self._folder)

    def matrix(self, passages: Sequence[Passage], on_progress: Callable[[int, int], None]) -> Half:
        """Return the vectors of passages, shape (n, dimensions), embedding those that are new."""
        missing = {p.digest: p.text for p in passages if p.digest not in self._known}
        self._embed(missing, on_progress)
        out = np.empty((len(passages), self._embedding.dimensions), dtype=np.float16)
        places = np.array([self._known[p.digest] for p in passages], dtype=np.int64).reshape(-1, 2)
        for number in np.unique(places[:, 0]):
            rows = np.flatnonzero(places[:, 0] == number)
            out[rows] = self._vectors_of(number)[places[rows, 1]]
        return out

    def _vectors_of(self, number: int) -> Half:
        """Return a segment; files are opened one at a time, there may be more than a process may hold open."""
        segment = self._segments[number]
        return np.load(segment) if isinstance(segment, Path) else segment

    def _embed(self, missing: dict[bytes, str], on_progress: Callable[[int, int], None]) -> None:
        """Embed texts, several batches at once, writing a segment now and then."""
        items = list(missing.items())
        began, saved = time.monotonic(), 0
        made: list[Vectors] = []
        with ThreadPoolExecutor(usable_cores()) as pool:
            for batches in _grouped(list(_grouped(items, BATCH)), 2 * usable_cores()):
                made += pool.map(self._embedding.embed_passages, [[text for _, text in batch] for batch in batches])
                done = saved + sum(len(each) for each in made)
                on_progress(done, len(items))
                if done - saved >= SEGMENT_TEXTS or time.monotonic() - began > SEGMENT_SECONDS or done == len(items):
                    digests = [digest for digest, _ in items[saved:done]]
                    self._save(digests, np.vstack(made).astype(np.float16))
                    began, saved, made = time.monotonic(), done, []

    def _save(self, digests: Sequence[bytes], vectors: Half) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        joined = b"".join(digests)
        name = hashlib.sha256(joined).hexdigest()[:16]
        path = self._folder / f"{name}.vectors.npy"
        write_array(path, vectors)
        hashes = np.frombuffer(joined, dtype=np.uint8).reshape(-1, DIGEST_BYTES)
        write_array(self._folder / f"{name}.hashes.npy", hashes)
        self._remember(digests, path)

    def _load(self, folder: Path) -> None:
        for path in sorted(folder.glob("*.hashes.npy")):
            try:
                hashes = np.load(path)
                stored = path.with_name(path.name.replace(".hashes.", ".vectors."))
                shape = np.load(stored, mmap_mode="r").shape
            except (FileNotFoundError, ValueError, EOFError):
                continue  # Damaged: its texts are embedded anew, and the segment is written over.
            if shape == (len(hashes), self._embedding.dimensions):
                self._remember([row.tobytes() for row in hashes], stored)

    def _load_seed(self, path: Path) -> None:
        if not path.is_file():
            return
        with np.load(path) as packed:
            planes = np.stack([packed["low"], packed["high"]], axis=-1)
            vectors = planes.view(np.float16)[..., 0]
            self._remember([row.tobytes() for row in packed["hashes"]], vectors)

    def _remember(self, digests: Sequence[bytes], segment: Half | Path) -> None:
        number = len(self._segments)
        self._segments.append(segment)
        self._known.update((digest, (number, at)) for at, digest in enumerate(digests))


def write_seed(folder: Path, embedding: Embedding, passages: Sequence[Passage], vectors: Half) -> None:
    """Write the vectors of passages as the seed of a model, in order of hash.

    The high and the low bytes of the float16 numbers are packed apart: they compress better so.
    """
    by_digest = {p.digest: row for row, p in enumerate(passages)}
    digests = sorted(by_digest)
    ordered = np.ascontiguousarray(vectors[[by_digest[d] for d in digests]])
    planes = ordered.view(np.uint8).reshape(*ordered.shape, 2)
    hashes = np.frombuffer(b"".join(digests), dtype=np.uint8).reshape(-1, DIGEST_BYTES)
    folder.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(folder / f"{embedding.name}.npz", low=planes[..., 0], high=planes[..., 1], hashes=hashes)


def write_array(path: Path, array: npt.NDArray[np.generic]) -> None:
    """Write an array beside its final name, flush it, then rename it."""
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with draft.open("wb") as stream:
        np.save(stream, array)
        stream.flush()
        os.fsync(stream.fileno())
    draft.replace(path)


def _grouped(items: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
