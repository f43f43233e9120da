"""Which records are about a topic at all."""

from __future__ import annotations

from vectorstore.search import Searcher


def on_topic(searcher: Searcher, topic: str, kind: str, limit: int) -> list[str]:
    """Return ids of records about a topic, best first; empty when nothing is."""
    return [hit.id for hit in searcher.search(topic, kinds=(kind,), limit=limit)]
