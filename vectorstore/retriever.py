"""The public face of the search for LangChain users."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from vectorstore.search import Searcher


class RecordRetriever(BaseRetriever):
    """Returns records as Documents: the passage, with the record's id, kind, title, source and fused score."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Any
    kinds: tuple[str, ...] = ("program",)
    ids: frozenset[str] | None = None
    limit: int = 20

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        searcher: Searcher = self.searcher
        hits = searcher.search(query, kinds=self.kinds, ids=self.ids, limit=self.limit)
        texts = searcher.texts([hit.id for hit in hits])
        return [
            Document(
                page_content=texts[hit.id][1],
                id=hit.id,
                metadata={
                    "id": hit.id,
                    "kind": hit.kind,
                    "title": texts[hit.id][0],
                    "source": hit.id.partition(":")[0],
                    "score": hit.score,
                },
            )
            for hit in hits
        ]
