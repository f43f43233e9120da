"""Jittered copies: as far from the original as a sample that was really embedded, and found by the cache."""

from __future__ import annotations

import numpy as np
import pytest

from evals.size.vectors import jitter, jittered
from vectorstore.passages import Passage
from vectorstore.vectors import VectorCache

DIMENSIONS = 256
ORIGINALS = [Passage(f"p{n}", "program", "", f"text {n}") for n in range(40)]
COPIES = [Passage(f"p{n}~{r}", "program", "", f"text {n} elsewhere {r}") for n in range(40) for r in (1, 2)]


class Model:
    """A direction for each original; a copy lies at a cosine of 0.9 from it."""

    name, dimensions = "toy", DIMENSIONS

    def __init__(self):
        self.embedded = []

    def embed_passages(self, texts):
        self.embedded += texts
        return np.vstack([self._vector(text) for text in texts]).astype(np.float32)

    def _vector(self, text):
        _text, number, *place = text.split()
        axis = np.zeros(DIMENSIONS)
        axis[int(number)] = 0.9 if place else 1.0
        axis[100 + int(number)] = np.sqrt(1 - 0.81) if place else 0.0
        return axis


@pytest.mark.parametrize("cosine", [0.6, 0.9, 0.99, 1.0])
def test_the_cosine_is_the_one_asked_for(cosine):
    base = np.eye(50, DIMENSIONS, dtype=np.float32)
    made = jittered(base, cosine, np.random.default_rng(0))
    assert np.linalg.norm(made, axis=1) == pytest.approx(1, abs=1e-5)
    assert (made * base).sum(axis=1).mean() == pytest.approx(cosine, abs=0.03)


def test_copies_are_found_by_the_cache_and_only_a_sample_is_embedded(tmp_path):
    model = Model()
    known = VectorCache(tmp_path / "known", model)
    known.matrix(ORIGINALS, lambda *_: None)
    embedded = len(model.embedded)
    sample = jitter([*ORIGINALS, *COPIES], known, model, tmp_path / "home")
    assert sample.texts_per_second > 0
    assert sample.cosine == pytest.approx(0.9, abs=0.01)
    assert len(model.embedded) - embedded == 64 + 1
    model.embed_passages = lambda texts: pytest.fail("embedded anew")
    found = VectorCache(tmp_path / "home", model).matrix(COPIES, lambda *_: None).astype(np.float32)
    base = known.matrix([ORIGINALS[int(each.id[1:].split("~")[0])] for each in COPIES], lambda *_: None)
    assert (found * base).sum(axis=1).mean() == pytest.approx(0.9, abs=0.03)
    assert len(np.unique(found.round(3), axis=0)) == len(COPIES)


def test_without_copies_there_is_nothing_to_do(tmp_path):
    with pytest.raises(ValueError, match="copy"):
        jitter(ORIGINALS, VectorCache(tmp_path, Model()), Model(), tmp_path)
