"""Source text made harmless: shown as text, never as Markdown, HTML or a link."""

from __future__ import annotations

import re
import unicodedata

SPECIAL = re.compile(r"([\\`*_{}\[\]()#+!|<>~&$])")
LINK_SCHEME = re.compile(r"(?i)\b(https?|ftp|javascript|data|file|mailto):")
BARE_ADDRESS = re.compile(r"(?i)\b(www)\.")
"""Many renderers make a link of it without a scheme."""


def plain(text: str) -> str:
    """Return a text on one line, without control, invisible or direction-changing characters."""
    kept = "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)
    return " ".join(kept.split())


def escaped(text: str) -> str:
    """Return source text for use inside Markdown: special characters escaped, links broken."""
    text = LINK_SCHEME.sub(lambda match: f"{match[1]}\u200b:", plain(text))
    text = BARE_ADDRESS.sub(lambda match: f"{match[1]}\u200b.", text)
    return SPECIAL.sub(r"\\\1", text)


def safe_url(url: str | None) -> str | None:
    """Return an http(s) address that holds nothing but address characters, else None."""
    if url is None or not re.fullmatch(r"https?://[A-Za-z0-9.\-]+(:\d+)?(/[A-Za-z0-9./\-_~%?=&+,:;@!#']*)?", url):
        return None
    return url
