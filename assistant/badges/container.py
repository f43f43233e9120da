"""What kind of file a badge came in: told by its bytes, never by its name."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, BinaryIO

from assistant.badges.png import SIGNATURE, baked_text
from assistant.badges.report import UnreadableError
from assistant.badges.strict_json import parse

MOST_BYTES = 8 * 1024 * 1024
MOST_TEXT_BYTES = 1024 * 1024
TOKEN = re.compile(r"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*")
ADDRESS = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True)
class Opened:
    """A badge taken out of its file: a document, a signed token, or the mere address of a badge."""

    form: str
    """`json`, `jwt`, `png`, or `envelope` (a token in a registry's envelope)."""
    document: dict[str, Any] | None = None
    token: str | None = None
    address: str | None = None
    envelope_key: str | None = None
    """The PEM key that an envelope carries along: it says nothing about whose key it is."""


def read_bounded(stream: BinaryIO) -> bytes:
    """Read a file, but never more than the most that a badge may have; raises UnreadableError beyond."""
    data = stream.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise UnreadableError("too_big", most=MOST_BYTES // 1024**2)
    return data


def open_bytes(data: bytes) -> Opened:
    """Take a badge out of the bytes of a file; raises UnreadableError when there is none."""
    if len(data) > MOST_BYTES:
        raise UnreadableError("too_big", most=MOST_BYTES // 1024**2)
    if data.startswith(SIGNATURE):
        return open_text(baked_text(data), form="png")
    if len(data) > MOST_TEXT_BYTES:
        raise UnreadableError("too_big", most=MOST_TEXT_BYTES // 1024**2)
    try:
        return open_text(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise UnreadableError("unknown_kind") from None


def open_text(text: str, form: str | None = None) -> Opened:
    """Tell a token, a document and an address apart; raises UnreadableError for anything else."""
    if len(text) > MOST_TEXT_BYTES:
        raise UnreadableError("too_big", most=MOST_TEXT_BYTES // 1024**2)
    text = text.strip()
    if not text:
        raise UnreadableError("empty")
    if TOKEN.fullmatch(text):
        return Opened(form or "jwt", token=text)
    if ADDRESS.fullmatch(text):
        return Opened(form or "address", address=text)
    if text[0] not in "{[":
        raise UnreadableError("unknown_kind")
    document = parse(text)
    resource = document.get("resource")
    if "envelope_type" in document and isinstance(resource, str):
        if not TOKEN.fullmatch(resource):
            raise UnreadableError("envelope")
        key = document.get("resource_public_key")
        return Opened("envelope", token=resource, envelope_key=key if isinstance(key, str) else None)
    return Opened(form or "json", document=document)
