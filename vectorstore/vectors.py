"""Vectors kept by the hash of their text, so that only changed passages are embedded."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from vectorstore.embedding import Embedding
from vectorstore.passages import Passage

BATCH = 64
SEGMENT = 64 * BATCH
"""Texts embedded between two writes to the disk."""
DIGEST_BYTES = 16
Half = npt.NDArray[np.float16]


class VectorCache:
    """Vectors of one model in segments `<name>.hashes.npy` and `<name>.vectors.npy`, float16.

    `seed` is a folder of packaged vectors, one `<model>.npz` each, that is only read. A segment is
    named by its hashes, so that two runs never mix theirs, and counts only when both files are there
    and fit; the hashes are written last: a killed run leaves none half.
    """

    def __init__(self, folder: Path, embedding: Embedding, seed: Path | None = None) -> None:
        self._folder, self._embedding = folder / embedding.name, embedding
        self._known: dict[bytes, tuple[Half, int]] = {}
        if seed is not None:
            self._load_seed(seed / f"{embedding.name}.npz")
        self._load(self._folder)

    def matrix(self, passages: Sequence[Passage], on_progress: Callable[[int, int], None]) -> Half:
        """Return the vectors of passages, shape (n, dimensions), embedding those that are new."""
        missing = {p.digest: p.text for p in passages if p.digest not in self._known}
        self._embed(missing, on_progress)
        out = np.empty((len(passages), self._embedding.dimensions), dtype=np.float16)
        for row, passage in enumerate(passages):
            segment, at = self._known[passage.digest]
            out[row] = segment[at]
        return out

    def _embed(self, missing: dict[bytes, str], on_progress: Callable[[int, int], None]) -> None:
        digests, texts = list(missing), list(missing.values())
        for start in range(0, len(texts), SEGMENT):
            end = min(start + SEGMENT, len(texts))
            made = []
            for at in range(start, end, BATCH):
                made.append(self._embedding.embed_passages(texts[at : min(at + BATCH, end)]))
                on_progress(min(at + BATCH, end), len(texts))
            self._save(digests[start:end], np.vstack(made).astype(np.float16))

    def _save(self, digests: Sequence[bytes], vectors: Half) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        joined = b"".join(digests)
        name = hashlib.sha256(joined).hexdigest()[:16]
        write_array(self._folder / f"{name}.vectors.npy", vectors)
        hashes = np.frombuffer(joined, dtype=np.uint8).reshape(-1, DIGEST_BYTES)
        write_array(self._folder / f"{name}.hashes.npy", hashes)
        self._remember(digests, vectors)

    def _load(self, folder: Path) -> None:
        for path in sorted(folder.glob("*.hashes.npy")):
            try:
                hashes = np.load(path)
                vectors = np.load(path.with_name(path.name.replace(".hashes.", ".vectors.")), mmap_mode="r")
            except (FileNotFoundError, ValueError, EOFError):
                continue  # Damaged: its texts are embedded anew, and the segment is written over.
            if vectors.shape == (len(hashes), self._embedding.dimensions):
                self._remember([row.tobytes() for row in hashes], vectors)

    def _load_seed(self, path: Path) -> None:
        if not path.is_file():
            return
        with np.load(path) as packed:
            planes = np.stack([packed["low"], packed["high"]], axis=-1)
            vectors = planes.view(np.float16)[..., 0]
            self._remember([row.tobytes() for row in packed["hashes"]], vectors)

    def _remember(self, digests: Sequence[bytes], vectors: Half) -> None:
        for at, digest in enumerate(digests):
            self._known[digest] = (vectors, at)


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
