"""A real Chroma server, by its address; and one that went away."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.request import urlopen

import pytest

from catalog.errors import SearchIndexError
from catalog.settings import Settings
from vectorstore.chroma import collection_name
from vectorstore.index import ensure_index, index_folder

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(180)]


@pytest.fixture
def server(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [str(Path(sys.executable).with_name("chroma")), "run", "--path", str(tmp_path / "chroma")]
    environment = os.environ | {"ANONYMIZED_TELEMETRY": "False", "CHROMA_API_IMPL": ""}
    with (tmp_path / "log").open("w") as log:
        running = subprocess.Popen(
            [*command, "--host", "127.0.0.1", "--port", str(port)], stdout=log, stderr=log, env=environment
        )
        address = f"http://127.0.0.1:{port}"
        for _ in range(120):
            try:
                with urlopen(f"{address}/api/v2/heartbeat", timeout=2):
                    break
            except OSError:
                time.sleep(0.5)
        yield address, running
        running.kill()
        running.wait(timeout=20)


def test_build_and_search_through_a_server(server, snapshot, tmp_path, counting, monkeypatch):
    address, running = server
    settings = Settings(home=tmp_path / "home", chroma_url=address)
    index = ensure_index(snapshot, settings)
    monkeypatch.setattr("vectorstore.dense.EXACT_ROWS", 0)
    searcher = index.searcher()
    assert searcher.search("welding technology", limit=2)[0].id == "toy:1"
    index.chroma._client.delete_collection(
        collection_name(index_folder(snapshot, settings).name, counting.name, "program")
    )
    with pytest.raises(SearchIndexError, match="Delete the folder"):
        searcher.search("welding technology", limit=2)
    running.kill()
    running.wait(timeout=20)
    with pytest.raises(SearchIndexError, match="NAVIGATOR_CHROMA_URL"):
        searcher.search("welding technology", limit=2)
    index.chroma.close()


def test_a_server_that_is_not_there(snapshot, tmp_path, counting):
    settings = Settings(home=tmp_path / "home", chroma_url="http://127.0.0.1:9")
    with pytest.raises(SearchIndexError, match="does not answer"):
        ensure_index(snapshot, settings)


def test_a_server_that_never_answers(snapshot, tmp_path, counting, monkeypatch):
    monkeypatch.setattr("vectorstore.chroma.CONNECT_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings = Settings(home=tmp_path / "home", chroma_url=f"http://127.0.0.1:{silent.getsockname()[1]}")
        began = time.monotonic()
        with pytest.raises(SearchIndexError, match="NAVIGATOR_CHROMA_URL"):
            ensure_index(snapshot, settings)
        assert time.monotonic() - began < 30


def test_a_server_that_stops_answering(server, snapshot, tmp_path, counting, monkeypatch):
    address, running = server
    monkeypatch.setattr("vectorstore.chroma.ANSWER_SECONDS", 2.0)
    monkeypatch.setattr("vectorstore.dense.EXACT_ROWS", 0)
    index = ensure_index(snapshot, Settings(home=tmp_path / "home", chroma_url=address))
    searcher = index.searcher()
    searcher.search("welding")
    os.kill(running.pid, signal.SIGSTOP)
    try:
        with pytest.raises(SearchIndexError, match="NAVIGATOR_CHROMA_URL"):
            searcher.search("welding")
    finally:
        os.kill(running.pid, signal.SIGCONT)
    index.chroma.close()
