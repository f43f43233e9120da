"""The public face of the search for LangChain users."""

from __future__ import annotations

from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from pydantic import ConfigDict

from vectorstore.search import Searcher


class RecordRetriever(BaseRetriever):
    """Returns records as Documents: the passage's record id, kind, source and fused score."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    searcher: Any
    kinds: tuple[str, ...] = ("program",)
    limit: int = 20

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[Document]:
        del run_manager
        searcher: Searcher = self.searcher
        hits = searcher.search(query, kinds=self.kinds, limit=self.limit)
        return [
            Document(
                page_content=hit.id,
                id=hit.id,
                metadata={"id": hit.id, "kind": hit.kind, "source": hit.id.partition(":")[0], "score": hit.score},
            )
            for hit in hits
        ]
