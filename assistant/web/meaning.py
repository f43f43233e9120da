"""What does it mean: a credential by its name, a digital badge as a file, a job posting as text."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import gradio as gr

from assistant.badges.container import open_bytes
from assistant.badges.judging import Judge
from assistant.badges.lines import lines_of as badge_lines
from assistant.badges.report import Report, UnreadableError
from assistant.check import Checker
from assistant.credentials.command import explained
from assistant.postings.lines import lines_of as posting_lines
from assistant.postings.posting import MOST_CHARACTERS, PostingReader
from assistant.web.elements import badge, lines, text
from assistant.web.frame import piece
from assistant.web.incidents import incident
from catalog.errors import NavigatorError
from prompts import Texts

MAX_NAME_CHARACTERS = 300
OUTCOMES = {"valid": "passed", "invalid": "failed", "cannot_tell": "unknown"}


def build_meaning(meanings: Meanings, page: gr.Blocks, texts: Texts) -> None:
    """Put the page into the Blocks that are open; an address with `?name=` explains that credential at once."""
    desk = _Desk(meanings, texts)
    with gr.Column(elem_classes="nav-block"):
        piece(f"<h2>{text(texts('page.credential_title'))}</h2>")
        name = gr.Textbox(
            label=texts("page.credential"), placeholder=texts("page.credential_example"),
            max_length=MAX_NAME_CHARACTERS, elem_id="nav-credential",
        )  # fmt: skip
        explain = gr.Button(texts("page.explain"), variant="primary", elem_classes="nav-action")
        said = gr.Markdown(visible=False, sanitize_html=True, latex_delimiters=[])
    with gr.Column(elem_classes="nav-block"):
        piece(f"<h2>{text(texts('page.badge_title'))}</h2><p>{text(texts('page.badge_how'))}</p>")
        file = gr.UploadButton(
            texts("page.badge_file"), type="binary", elem_classes="nav-action", elem_id="nav-badge-file"
        )
        report = piece(visible=False, elem_id="nav-badge-report")
    with gr.Column(elem_classes="nav-block"):
        piece(f"<h2>{text(texts('page.posting_title'))}</h2><p>{text(texts('page.posting_how'))}</p>")
        posting = gr.Textbox(
            label=texts("page.posting"), lines=6, max_lines=20, max_length=MOST_CHARACTERS, elem_id="nav-posting"
        )
        read = gr.Button(texts("page.read_posting"), variant="primary", elem_classes="nav-action")
        found = piece(visible=False, elem_id="nav-posting-report")
    for start in (name.submit, explain.click):
        start(desk.explain, name, said, api_visibility="private")
    file.upload(desk.judge, file, report, api_visibility="private")
    read.click(desk.read, posting, found, api_visibility="private")
    page.load(desk.opened, None, [name, said], api_visibility="private")


class Meanings:
    """What explains credentials and reads postings; each index is made when it is first asked for."""

    def __init__(self, checker: Checker) -> None:
        self.checker = checker

    @cached_property
    def postings(self) -> PostingReader:
        """The reader of job postings."""
        return PostingReader(self.checker.snapshot)


class _Desk:
    def __init__(self, meanings: Meanings, texts: Texts) -> None:
        self._meanings, self._texts = meanings, texts

    def opened(self, request: gr.Request) -> tuple[Any, Any]:
        """Explain what the address names."""
        name = str(request.query_params.get("name", ""))[:MAX_NAME_CHARACTERS]
        return (name, self.explain(name)) if name else (name, gr.skip())

    def explain(self, name: str) -> Any:
        """Say what a credential proves and how to check a holder."""
        if not name.strip():
            return gr.update(value=self._texts("page.no_credential"), visible=True)
        checker = self._meanings.checker
        try:
            told = explained(checker.snapshot, name, self._texts, checker.credential_names).text
        except NavigatorError:
            told = incident(self._texts)
        return gr.update(value=told, visible=True)

    def judge(self, data: bytes) -> Any:
        """Say what a badge asserts and whether it holds today; nothing is fetched, and the file is not kept."""
        return self._shown(lambda: badge_html(data, self._texts))

    def read(self, posting: str) -> Any:
        """Say which credentials a posting asks for, and on what ground."""
        if not posting.strip():
            return gr.update(value=lines([self._texts("page.no_posting")]), visible=True)
        return self._shown(lambda: lines(posting_lines(self._meanings.postings.read(posting), self._texts)))

    def _shown(self, make: Callable[[], str]) -> Any:
        try:
            html = make()
        except NavigatorError:
            html = lines([incident(self._texts)])
        return gr.update(value=html, visible=True)


def badge_html(data: bytes, texts: Texts) -> str:
    """Return the report on a badge file, judged on today's day (UTC), or what is wrong with the file."""
    try:
        report = Judge(on=datetime.now(UTC).date()).judge(open_bytes(data))
    except UnreadableError as error:
        return lines([error.text(texts)])
    return _report(report, badge_lines(report, texts), texts)


def _report(report: Report, said: Iterable[str], texts: Texts) -> str:
    verdict = badge(OUTCOMES[report.verdict.value], texts(f"page.badge_{report.verdict.value}"))
    return f"<p>{verdict}</p>{lines(said)}"
