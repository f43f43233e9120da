"""The vector cache: only changed passages are embedded, and nothing half is ever read."""

from __future__ import annotations

import multiprocessing
import time

import numpy as np
import pytest

from catalog.errors import SearchIndexError
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
    next((tmp_path / model.name).glob("*.hashes.npy")).unlink()
    VectorCache(tmp_path, model).matrix(passages("one"), quiet)
    assert model.texts == 2


def _removed(path):
    path.unlink()


def _cut(path):
    path.write_bytes(path.read_bytes()[:100])


def _of_another_size(path):
    np.save(path, np.zeros((1, 3), dtype=np.float16))


@pytest.mark.parametrize("harm", [_removed, _cut, _of_another_size])
def test_damaged_vectors_are_made_anew(tmp_path, model, harm):
    right = VectorCache(tmp_path, model).matrix(passages("one", "two"), quiet)
    harm(next((tmp_path / model.name).glob("*.vectors.npy")))
    assert np.array_equal(VectorCache(tmp_path, model).matrix(passages("one", "two"), quiet), right)
    assert model.texts == 4
    VectorCache(tmp_path, model).matrix(passages("one", "two"), quiet)
    assert model.texts == 4


def test_two_runs_at_once_do_not_mix_their_vectors(tmp_path, model):
    first, second = VectorCache(tmp_path, model), VectorCache(tmp_path, model)
    first.matrix(passages("one"), quiet)
    second.matrix(passages("two"), quiet)
    found = VectorCache(tmp_path, model).matrix(passages("one", "two"), quiet)
    assert model.texts == 2
    assert np.allclose(found, [model.embed_query("one"), model.embed_query("two")], atol=1e-3)


def _write_for_ever(folder, model, started):
    cache = VectorCache(folder, model)
    for number in range(1_000_000):
        cache.matrix(passages(f"text {number}"), quiet)
        if number == 3:
            started.set()


def test_a_killed_writer_leaves_only_whole_segments(tmp_path, model):
    context = multiprocessing.get_context("fork")
    for attempt in range(3):
        started = context.Event()
        writer = context.Process(target=_write_for_ever, args=(tmp_path, model, started))
        writer.start()
        assert started.wait(30)
        time.sleep(0.01 * attempt)
        writer.kill()
        writer.join()
        texts = [f"text {number}" for number in range(10)]
        found = VectorCache(tmp_path, model).matrix(passages(*texts), quiet)
        assert np.allclose(found, [model.embed_query(text) for text in texts], atol=1e-3)
    assert model.texts < 10


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


def test_segments_are_written_while_it_works(tmp_path, model, monkeypatch):
    monkeypatch.setattr("vectorstore.vectors.BATCH", 1)
    monkeypatch.setattr("vectorstore.vectors.SEGMENT_SECONDS", 0.0)
    texts = [f"text {n}" for n in range(20)]
    told = []
    found = VectorCache(tmp_path, model).matrix(passages(*texts), lambda done, all_: told.append((done, all_)))
    assert len(list((tmp_path / model.name).glob("*.hashes.npy"))) > 1
    assert told == sorted(told)
    assert told[-1] == (20, 20)
    assert np.allclose(found, [model.embed_query(text) for text in texts], atol=1e-3)
    assert np.array_equal(VectorCache(tmp_path, model).matrix(passages(*texts), quiet), found)


def test_what_was_embedded_before_a_failure_is_kept(tmp_path, model, monkeypatch):
    monkeypatch.setattr("vectorstore.vectors.BATCH", 1)
    monkeypatch.setattr("vectorstore.vectors.SEGMENT_SECONDS", 0.0)
    embed = model.embed_passages

    def failing(texts):
        if "text 19" in texts:
            raise SearchIndexError("away")
        return embed(texts)

    texts = [f"text {n}" for n in range(20)]
    with monkeypatch.context() as patch:
        patch.setattr(model, "embed_passages", failing)
        with pytest.raises(SearchIndexError):
            VectorCache(tmp_path, model).matrix(passages(*texts), quiet)
    model.texts = 0
    VectorCache(tmp_path, model).matrix(passages(*texts), quiet)
    assert 1 <= model.texts < 20
