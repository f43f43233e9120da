"""The server: the pages in both languages, receipts, the HTTP interface, and how to see that it is well."""

from __future__ import annotations

import tomllib
import warnings
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.assistant import Assistant
from assistant.explain import UnknownFindingError
from assistant.web.about import about_html
from assistant.web.api import routes
from assistant.web.ask import build_ask
from assistant.web.check import build_check
from assistant.web.elements import block
from assistant.web.frame import PAGES, footer, header, piece
from assistant.web.incidents import incident
from assistant.web.meaning import Meanings, build_meaning
from assistant.web.receipt import plain_page, receipt_page
from assistant.web.shell import Shell
from assistant.web.style import STYLE, theme
from catalog.errors import NavigatorError
from prompts import LANGUAGES, Texts

if TYPE_CHECKING:
    from catalog.settings import Settings

LARGEST_UPLOAD = "4mb"
SHUTDOWN_SECONDS = 3
"""Open pages hold a connection; stopping does not wait for them for long."""
VISITORS_REMEMBERED = 2_000
"""Conversations held at once; the one that rested longest makes way for a new one."""


def build_app(assistant: Assistant) -> FastAPI:
    """Return the whole app over an assistant."""
    texts = {language: Texts(language) for language in LANGUAGES}
    app = FastAPI(
        title="Credential Navigator",
        version=_version(),
        docs_url=None,  # Its page would fetch its scripts from another host.
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
    )
    app.include_router(routes(assistant))
    _add_receipts(app, assistant, texts)
    app.exception_handler(NavigatorError)(_failed)
    app.get("/", include_in_schema=False)(_root)
    meanings = Meanings(assistant.checker)
    for language in LANGUAGES:
        _mount(app, _blocks(assistant, meanings, texts[language]), language)
    app.add_middleware(Shell, texts=texts)
    return app


def serve(app: FastAPI, settings: Settings) -> None:
    """Serve the app until interrupted."""
    import uvicorn

    uvicorn.run(
        app,
        host=settings.host,
        port=settings.port,
        log_level="warning",
        ws="none",
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


def _version() -> str:
    """Return the version of the installed program, or of the folder that it runs from."""
    try:
        return version("credential-navigator")
    except PackageNotFoundError:
        project = Path(__file__).parents[2] / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


def _root(request: Request) -> RedirectResponse:
    """Open the page in the first of the reader's languages that is ours."""
    wanted = [part.strip()[:2].lower() for part in request.headers.get("accept-language", "").split(",")]
    language = next((each for each in wanted if each in LANGUAGES), LANGUAGES[0])
    return RedirectResponse(f"/{language}/", headers={"Vary": "Accept-Language"})


def _failed(_request: Request, _error: Exception) -> Response:
    return JSONResponse({"detail": incident(Texts("en"))}, status_code=500)


def _add_receipts(app: FastAPI, assistant: Assistant, texts: Mapping[str, Texts]) -> None:
    @app.get("/{language}/receipt/{key}", include_in_schema=False)
    def receipt(language: str, key: str) -> HTMLResponse:
        spoken = texts.get(language, texts["en"])
        try:
            return HTMLResponse(receipt_page(assistant.snapshot, key, spoken))
        except UnknownFindingError as error:
            return HTMLResponse(plain_page(spoken("page.receipt_title"), block(str(error)), spoken), status_code=404)


def _blocks(assistant: Assistant, meanings: Meanings, texts: Texts) -> gr.Blocks:
    foot = footer(_version(), assistant.snapshot.content_hash[:16], texts)
    blocks: gr.Blocks
    with gr.Blocks(title=texts("page.title"), analytics_enabled=False) as blocks:
        piece(header(PAGES[0], texts))
        build_ask(assistant, blocks, texts)
        piece(foot)
    for name in PAGES[1:]:
        with blocks.route(texts(f"page.{name}_name"), name):
            piece(header(name, texts))
            if name == "check":
                build_check(assistant.checker, blocks, texts)
            elif name == "meaning":
                build_meaning(meanings, blocks, texts)
            else:
                piece(about_html(assistant.snapshot, texts), elem_id="nav-about")
            piece(foot)
    return blocks


def _mount(app: FastAPI, blocks: gr.Blocks, language: str) -> None:
    blocks.state_session_capacity = VISITORS_REMEMBERED
    with warnings.catch_warnings():
        # It warns that it can't render on the server, which is not asked of it.
        warnings.simplefilter("ignore", UserWarning)
        gr.mount_gradio_app(
            app,
            blocks,
            path=f"/{language}",
            ssr_mode=False,
            show_error=False,
            footer_links=[],
            run_history=False,
            enable_monitoring=False,
            max_file_size=LARGEST_UPLOAD,
            css=STYLE,
            theme=theme(),
        )
