"""The vector cache: only changed passages are embedded, and nothing half is ever read."""

from __future__ import annotations

import numpy as np
import pytest

from vectorstore.passages import Passage
from vectorstore.vectors import VectorCache, write_seed


def passages(*texts):
    return [Passage(f"toy:{n}", "program", text, text) for n, text in enumerate(texts)]


def quiet(_done, _all):
    return None


@pytest.fixture
def model(counting):
    return counting


def test_only_new_texts_are_embedded(tmp_path, model):
    VectorCache(tmp_path, model).matrix(passages("one", "two"), quiet)
    assert model.texts == 2
    again = VectorCache(tmp_path, model).matrix(passages("two", "three", "one"), quiet)
    assert model.texts == 3
    assert again.dtype == np.float16
    assert np.allclose(again[0], model.embed_query("two"), atol=1e-3)


def test_a_segment_without_its_hashes_does_not_count(tmp_path, model):
    VectorCache(tmp_path, model).matrix(passages("one"), quiet)
    (tmp_path / model.name / "000000.hashes.npy").unlink()
    VectorCache(tmp_path, model).matrix(passages("one"), quiet)
    assert model.texts == 2


def test_a_seed_saves_the_work_and_is_not_written_to(tmp_path, model):
    given = passages("one", "two", "three")
    matrix = VectorCache(tmp_path / "a", model).matrix(given, quiet)
    write_seed(tmp_path / "seed", model, given, matrix)
    before = sorted((p.name, p.stat().st_mtime_ns) for p in (tmp_path / "seed").iterdir())
    found = VectorCache(tmp_path / "b", model, tmp_path / "seed").matrix(given, quiet)
    assert model.texts == 3
    assert np.array_equal(found, matrix)
    assert sorted((p.name, p.stat().st_mtime_ns) for p in (tmp_path / "seed").iterdir()) == before


def test_a_seed_has_the_same_bytes_whatever_the_order(tmp_path, model):
    given = passages("one", "two", "three")
    matrix = VectorCache(tmp_path / "a", model).matrix(given, quiet)
    write_seed(tmp_path / "x", model, given, matrix)
    write_seed(tmp_path / "y", model, given[::-1], matrix[::-1])
    x, y = ((tmp_path / each / f"{model.name}.npz").read_bytes() for each in "xy")
    assert x == y
