"""Pieces of HTML for the pages: whatever they are given is shown as text, never as markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from assistant.markup import plain, safe_url

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

SYMBOLS = {"alert": "▲", "below": "▼", "meets": "✓", "cannot_tell": "?", "passed": "✓", "failed": "▲", "unknown": "?"}
"""Beside each label, so that no badge is told by its colour alone."""
NO_LINKS = ("link", "image", "autolink", "html_inline")
BLOCK_ONLY = ("html_block", "reference")
SLUG = re.compile(r"[^a-z0-9]+")


def text(words: str | None) -> str:
    """Return words as HTML text."""
    return escape(plain(words or ""))


def inline(markdown: str) -> str:
    """Return one line of our Markdown as HTML; markup and links in it stay text."""
    rendered: str = _markdown().renderInline(markdown)
    return rendered


def block(markdown: str) -> str:
    """Return our Markdown as HTML, with its lists and tables; markup and links in it stay text."""
    rendered: str = _markdown().render(markdown)
    return rendered


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False}).enable("table").disable([*NO_LINKS, *BLOCK_ONLY])


def badge(kind: str, label: str) -> str:
    """Return a labelled badge; `kind` is a verdict."""
    return f'<span class="nav-badge nav-{kind}"><span aria-hidden="true">{SYMBOLS[kind]}</span> {text(label)}</span>'


def link(url: str | None, label: str, about: str = "") -> str:
    """Return a link to a public page that opens beside this one; only the label where the address is not safe."""
    safe = safe_url(url)
    if safe is None:
        return text(label)
    named = f' aria-label="{text(f"{label}: {about}")}"' if about else ""
    return f'<a href="{escape(safe)}" target="_blank" rel="noopener noreferrer"{named}>{text(label)}</a>'


def pairs(rows: Iterable[tuple[str, str]]) -> str:
    """Return labels with their values; values are HTML."""
    inside = "".join(f"<div><dt>{text(key)}</dt><dd>{value}</dd></div>" for key, value in rows)
    return f'<dl class="nav-pairs">{inside}</dl>'


def fold(summary: str, body: str) -> str:
    """Return a card that opens; both parts are HTML."""
    return f'<details class="nav-card"><summary>{summary}</summary>{body}</details>'


def section(heading: str, body: str, kind: str = "nav-section") -> str:
    """Return a part of a page under its heading; the body is HTML."""
    return f'<section class="{kind}" aria-label="{text(heading)}"><h2>{text(heading)}</h2>{body}</section>'


def bullets(items: Iterable[str], kind: str = "ul") -> str:
    """Return a list of pieces of HTML; nothing when there is none."""
    inside = "".join(f"<li>{item}</li>" for item in items)
    return f"<{kind}>{inside}</{kind}>" if inside else ""


def lines(said: Iterable[str]) -> str:
    """Return lines of plain text; those that are indented or begin with `- ` stand further in."""
    return "".join(f'<p class="nav-in-{_depth(each)}">{text(each.strip().removeprefix("- "))}</p>' for each in said)


def _depth(line: str) -> int:
    inside = line.lstrip(" ")
    return min(3, (len(line) - len(inside)) // 2 + inside.startswith("- "))


def table(caption: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table whose first cell in each row is its heading; cells are HTML. It scrolls by itself when wide."""
    heads = "".join(f'<th scope="col">{cell}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{row[0]}</th>{"".join(f"<td>{cell}</td>" for cell in row[1:])}</tr>' for row in rows
    )
    return (
        f'<div class="nav-scroll" role="region" tabindex="0" aria-label="{text(caption)}"><table>'
        f"<caption>{text(caption)}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>"
    )
