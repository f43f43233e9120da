"""BM25: any word counts, stems meet, query syntax is no trap."""

from __future__ import annotations

import pytest

from evals.neighbours.bm25 import bm25


@pytest.mark.parametrize(
    ("question", "shown"),
    [
        ("I want to weld near Newark", ["nj_etpl:1"]),
        ("phlebotomist who draws blood", ["nj_etpl:2", "nj_etpl:3"]),
        ("tattoo artist", []),
        ("", []),
        ('bookkeeping "AND ( text:[', ["nj_etpl:4"]),
    ],
)
def test_found(documents, question, shown):
    with bm25(documents) as search:
        assert search(question, 10) == shown


def test_no_more_than_asked_for(documents):
    with bm25(documents) as search:
        assert len(search("blood", 1)) == 1
