"""The frame that Gradio serves around each page, in the page's own language and under our own name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from prompts import Texts

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

FOREIGN_META = re.compile(r'\s*<meta\s[^>]*(?:property="og:|name="twitter:)[^>]*>')
LANGUAGE = re.compile(r"(<html\s[^>]*?)lang=\"[a-z-]+\"")
HEAD = re.compile(r"<head>")
OWN = "receipt/"
"""Pages under a language that are ours and not Gradio's."""
SPEAKING = (
    "<script>for (const name of ['language', 'languages']) Object.defineProperty(navigator, name, "
    "{{get: () => name === 'language' ? '{language}' : ['{language}'], configurable: true}});</script>"
)
"""Gradio words its own labels in the browser's language; here it follows the page's."""


class Shell:
    """An ASGI layer that rewrites the HTML of the pages and passes on everything else as it comes."""

    def __init__(self, app: ASGIApp, texts: Mapping[str, Texts]) -> None:
        self.app, self.texts = app, texts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request."""
        _, language, rest = (*scope["path"].split("/", 2), "", "")[:3] if scope["type"] == "http" else ("", "", "")
        if language not in self.texts or rest.startswith(OWN):
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Rewriter(send, self.texts[language]))


class _Rewriter:
    """Holds back an HTML page until it is whole."""

    def __init__(self, send: Send, texts: Texts) -> None:
        self._send, self._texts = send, texts
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        body = in_language(self._body.decode(), self._texts).encode()
        headers = [(key, value) for key, value in start["headers"] if key.lower() != b"content-length"]
        headers.append((b"content-length", str(len(body)).encode()))
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": body})


def _is_html(message: Message) -> bool:
    return any(key.lower() == b"content-type" and value.startswith(b"text/html") for key, value in message["headers"])


def in_language(html: str, texts: Texts) -> str:
    """Return Gradio's page in one language, without its advertising of itself."""
    html = LANGUAGE.sub(rf'\1lang="{texts.language}"', html, count=1)
    html = FOREIGN_META.sub("", html)
    return HEAD.sub(lambda found: f"{found[0]}{SPEAKING.format(language=texts.language)}", html, count=1)
