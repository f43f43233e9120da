from __future__ import annotations

import pytest
from fastapi import FastAPI
from fastapi.responses import HTMLResponse, PlainTextResponse
from fastapi.testclient import TestClient

from assistant.web.shell import Shell
from prompts import LANGUAGES, Texts

PAGE = (
    '<!doctype html><html\n lang="en"\n style="x"><head><meta property="og:url" content="https://gradio.app/" />'
    '<meta name="twitter:title" content="Gradio" /><meta charset="utf-8" /></head><body>hola ñ</body></html>'
)


@pytest.fixture
def client():
    app = FastAPI()
    app.get("/{language}/", response_class=HTMLResponse)(lambda language: PAGE)
    app.get("/{language}/data", response_class=PlainTextResponse)(lambda language: PAGE)
    app.get("/{language}/receipt/{key}", response_class=HTMLResponse)(lambda language, key: PAGE)
    app.add_middleware(Shell, texts={language: Texts(language) for language in LANGUAGES})
    return TestClient(app)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_says_its_language_and_names_no_other_site(client, language):
    answer = client.get(f"/{language}/")
    assert f'lang="{language}"' in answer.text
    assert f"'{language}'" in answer.text
    assert "gradio.app" not in answer.text
    assert "twitter" not in answer.text
    assert '<meta charset="utf-8" />' in answer.text
    assert int(answer.headers["content-length"]) == len(answer.content)


@pytest.mark.parametrize("path", ["/es/data", "/es/receipt/x", "/fr/"])
def test_what_is_no_page_of_gradio_passes_as_it_is(client, path):
    assert client.get(path).text == PAGE
