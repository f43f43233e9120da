"""What every page has: its name, the way to the other pages, the language switch, the notice, the state of the data."""

from __future__ import annotations

from typing import Any

from assistant.web.elements import text
from prompts import LANGUAGES, Texts

PAGES = ("ask", "check", "meaning", "about")
"""The pages in their order; the first is at the address of its language."""


def address(page: str, language: str) -> str:
    """Return where a page is."""
    return f"/{language}/" if page == PAGES[0] else f"/{language}/{page}"


def header(page: str, texts: Texts) -> str:
    """Return the head of a page."""
    links = "".join(_page_link(each, page, texts) for each in PAGES)
    languages = "".join(_language_link(each, page, texts) for each in LANGUAGES)
    return (
        f'<header class="nav-header"><p class="nav-name">{text(texts("page.title"))}</p>'
        f'<nav aria-label="{text(texts("page.pages"))}"><ul>{links}</ul></nav>'
        f'<nav aria-label="{text(texts("page.language"))}"><ul>{languages}</ul></nav></header>'
        f"<h1>{text(texts(f'page.{page}_title'))}</h1><p>{text(texts(f'page.{page}_intro'))}</p>"
    )


def _page_link(page: str, current: str, texts: Texts) -> str:
    mark = ' aria-current="page"' if page == current else ""
    return f'<li><a href="{address(page, texts.language)}"{mark}>{text(texts(f"page.{page}_name"))}</a></li>'


def _language_link(language: str, page: str, texts: Texts) -> str:
    mark = ' aria-current="true"' if language == texts.language else ""
    name = text(Texts(language)("page.own_name"))
    return f'<li><a href="{address(page, language)}" lang="{language}" hreflang="{language}"{mark}>{name}</a></li>'


def footer(version: str, snapshot: str, texts: Texts) -> str:
    """Return the foot of a page: what this is, and of which state."""
    state = texts("page.state", version=version, snapshot=snapshot)
    return f'<footer class="nav-footer"><p>{text(texts("page.notice"))}</p><p>{text(state)}</p></footer>'


def piece(html: str = "", **more: Any) -> Any:
    """Return a component that shows a piece of HTML as it is."""
    import gradio as gr

    return gr.HTML(html, apply_default_css=False, js_on_load=None, container=False, elem_classes="nav-html", **more)
