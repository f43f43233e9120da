"""The receipt of a finding as a page of its own: printable, and with an address that can be passed on."""

from __future__ import annotations

from assistant.explain import explain
from assistant.web.elements import block, text
from assistant.web.style import STYLE
from assistant.writer import joined
from catalog.snapshot import Snapshot
from prompts import Texts


def receipt_page(snapshot: Snapshot, key: str, texts: Texts) -> str:
    """Return the whole page; raises UnknownFindingError when there is no such finding."""
    found = explain(snapshot, key.strip().lower(), texts)
    return plain_page(texts("page.receipt_title"), block(joined(found.lines)), texts)


def plain_page(title: str, body: str, texts: Texts) -> str:
    """Return a page that needs no script; `body` is HTML."""
    back = f'<p><a href="/{texts.language}/">{text(texts("page.title"))}</a></p>'
    return (
        f'<!doctype html><html lang="{texts.language}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><title>{text(title)}</title>'
        f'<style>{STYLE}</style></head><body class="nav-plain"><main>{back}<h1>{text(title)}</h1>{body}'
        f"<p>{text(texts('page.notice'))}</p></main></body></html>"
    )
