"""Vectors for multiplied programs: embedding a million passages takes half a day, so those of copies are jittered ones.

A sample is really embedded. It gives the rate, and how far a copy, whose passage differs in its place only, lies from
its original: the jitter puts the others as far away.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from evals.multiply import ROUND
from vectorstore.embedding import Embedding
from vectorstore.passages import Passage
from vectorstore.vectors import BATCH, DIGEST_BYTES, VectorCache, write_array

SAMPLE = 64
PIECE = 50_000
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Sample:
    """What embedding a sample showed: texts a second on one thread, and the mean cosine of copy and original."""

    texts_per_second: float
    cosine: float


def jitter(passages: Sequence[Passage], known: VectorCache, model: Embedding, folder: Path, seed: int = 0) -> Sample:
    """Write vectors of all copies among passages into the vector cache in a folder.

    `known` holds the vectors of the originals. Raises ValueError when there is no copy.
    """
    at = {each.id: row for row, each in enumerate(passages)}
    copies = list({p.digest: p for p in passages if ROUND in p.id}.values())
    if not copies:
        raise ValueError("no program is a copy: ask for more programs than the snapshot has")
    originals = [passages[at[each.id.partition(ROUND)[0]]] for each in copies]
    random = np.random.default_rng(seed)
    sample = _sample(copies, originals, known, model, random)
    for start in range(0, len(copies), PIECE):
        base = _unit(known.matrix(originals[start : start + PIECE], _silent).astype(np.float32))
        made = jittered(base, sample.cosine, random).astype(np.float16)
        _write(folder / model.name, copies[start : start + PIECE], made)
    return sample


def jittered(vectors: Vectors, cosine: float, random: np.random.Generator) -> Vectors:
    """Return unit vectors whose cosine to the given ones is about `cosine`: random directions are nearly orthogonal."""
    noise = _unit(random.standard_normal(vectors.shape, dtype=np.float32))
    return _unit(vectors + noise * np.float32(np.sqrt(1 / cosine**2 - 1)))


def _sample(
    copies: Sequence[Passage],
    originals: Sequence[Passage],
    known: VectorCache,
    model: Embedding,
    random: np.random.Generator,
) -> Sample:
    rows = random.choice(len(copies), min(SAMPLE, len(copies)), replace=False)
    model.embed_passages([copies[rows[0]].text])  # Loads the model.
    start = time.perf_counter()
    pieces = [rows[at : at + BATCH] for at in range(0, len(rows), BATCH)]
    made = np.vstack([model.embed_passages([copies[row].text for row in piece]) for piece in pieces])
    seconds = time.perf_counter() - start
    base = _unit(known.matrix([originals[row] for row in rows], _silent).astype(np.float32))
    return Sample(len(rows) / seconds, float((made * base).sum(axis=1).mean()))


def _write(folder: Path, passages: Sequence[Passage], vectors: npt.NDArray[np.float16]) -> None:
    """Write a segment in the layout of `VectorCache`."""
    folder.mkdir(parents=True, exist_ok=True)
    joined = b"".join(each.digest for each in passages)
    name = hashlib.sha256(joined).hexdigest()[:16]
    write_array(folder / f"{name}.vectors.npy", vectors)
    write_array(folder / f"{name}.hashes.npy", np.frombuffer(joined, dtype=np.uint8).reshape(-1, DIGEST_BYTES))


def _unit(vectors: Vectors) -> Vectors:
    made: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
    return made


def _silent(_done: int, _all: int) -> None:
    """Nothing is said: all that is asked for is known."""
