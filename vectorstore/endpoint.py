"""Embeddings of an OpenAI-compatible endpoint."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from catalog.errors import SearchIndexError
from vectorstore.embedding import Loaded, Vectors, first, unit

SECONDS = 60.0
RETRIES = 2
CHECK = "Check OPENAI_BASE_URL, OPENAI_API_KEY and NAVIGATOR_EMBEDDINGS, or set NAVIGATOR_EMBEDDINGS to a packaged model."


class OpenAICompatible:
    """Any model behind an OpenAI-compatible address (OPENAI_BASE_URL, OPENAI_API_KEY).

    Methods raise SearchIndexError when the endpoint refuses, is away, or answers with other vectors
    than before.
    """

    def __init__(self, model: str) -> None:
        self.name, self._model = f"openai-{re.sub(r'[^A-Za-z0-9._-]', '_', model)}", model
        self._dimensions: int | None = None
        self._client = Loaded(self._open)

    @property
    def dimensions(self) -> int:
        """The length of the model's vectors, asked for once."""
        if self._dimensions is None:
            self.embed_passages(["dimension"])
        return self._dimensions or 0

    @dimensions.setter
    def dimensions(self, value: int) -> None:
        self._dimensions = value

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Return unit vectors of passages."""
        vectors = self._shaped(self._ask(list(texts)), len(texts))
        if self._dimensions is None:
            self._dimensions = vectors.shape[1]
        if vectors.shape[1] != self._dimensions:
            raise self._error(f"gives vectors of {vectors.shape[1]} numbers, it was {self._dimensions} before")
        return unit(vectors)

    def embed_query(self, text: str) -> Vectors:
        """Return the unit vector of a question."""
        return first(self.embed_passages([text]))

    def _open(self) -> Any:
        from langchain_openai import OpenAIEmbeddings

        # Counting tokens would download a tokenizer; the server refuses what is too long.
        return OpenAIEmbeddings(
            model=self._model, check_embedding_ctx_length=False, timeout=SECONDS, max_retries=RETRIES
        )

    def _ask(self, texts: list[str]) -> list[list[float]]:
        import openai

        try:
            vectors: list[list[float]] = self._client.get().embed_documents(texts)
        except openai.APIStatusError as error:
            raise self._error(f"answered with status {error.status_code}") from None
        except openai.APITimeoutError:
            raise self._error(f"did not answer within {SECONDS:.0f} s") from None
        except openai.APIConnectionError:
            raise self._error("can't be reached") from None
        except openai.OpenAIError as error:
            raise self._error(f"can't be used ({str(error).partition('. ')[0]})") from None
        except (AttributeError, KeyError, TypeError, ValueError):
            # The client checks nothing: an answer of another form fails wherever it is first read.
            raise self._error("gave an answer that holds no embeddings") from None
        return vectors

    def _shaped(self, vectors: list[list[float]], count: int) -> Vectors:
        try:
            shaped = np.asarray(vectors, dtype=np.float32)
        except (TypeError, ValueError):
            raise self._error("gave an answer that holds no embeddings") from None
        if shaped.ndim != 2 or len(shaped) != count or not np.isfinite(shaped).all():
            raise self._error(f"was asked for {count} vectors and gave an array of shape {shaped.shape}")
        return shaped

    def _error(self, said: str) -> SearchIndexError:
        address = os.environ.get("OPENAI_BASE_URL") or "the default address"
        return SearchIndexError(f"The embeddings endpoint at {address}, model {self._model!r}, {said}. {CHECK}")
