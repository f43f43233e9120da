"""Which records are about a topic at all."""

from __future__ import annotations

from collections.abc import Collection

from vectorstore.search import Hit, Searcher

WORDS_SHARE = 0.5
"""Least share of the best lexical score that still counts as the same words."""
MEANING_SHARE = 0.8
LEAST_MEANING = 0.14
"""Share of the best cosine, and the least cosine, of the encoder that separates off-topic texts."""
SEPARATING_MODEL = "use"
WORDS = "lexical"


def on_topic(searcher: Searcher, topic: str, kind: str, limit: int) -> list[str]:
    """Return ids of records about a topic, best first; empty when nothing is.

    A record counts by its words or by its meaning: similarity alone always finds something.
    """
    hits = searcher.search(topic, kinds=(kind,), limit=limit)
    best_words = max((hit.scores.get(WORDS, 0.0) for hit in hits), default=0.0)
    best_meaning = max((_meaning(hit) for hit in hits), default=0.0)
    return [hit.id for hit in hits if _counts(hit, best_words, best_meaning)]


def _counts(hit: Hit, best_words: float, best_meaning: float) -> bool:
    words = hit.scores.get(WORDS, 0.0)
    if words and words >= WORDS_SHARE * best_words:
        return True
    meaning = _meaning(hit)
    return meaning >= LEAST_MEANING and meaning >= MEANING_SHARE * best_meaning


def _meaning(hit: Hit) -> float:
    return next((score for name, score in hit.scores.items() if name.startswith(SEPARATING_MODEL)), 0.0)


def nearness(searcher: Searcher, text: str, ids: Collection[str]) -> dict[str, int]:
    """Return the places of programs by nearness of words and meaning, 0 for the nearest."""
    hits = searcher.search(text, kinds=("program",), ids=ids, limit=len(ids)) if ids and text else []
    return {hit.id: place for place, hit in enumerate(hits)}
