"""The badge that was baked into a PNG picture; the picture itself is never decoded."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from assistant.badges.report import UnreadableError

SIGNATURE = b"\x89PNG\r\n\x1a\n"
KEYWORDS = {b"openbadgecredential", b"openbadges"}
MOST_CHUNKS = 10_000


def baked_text(data: bytes) -> str:
    """Return the text of the one badge in a PNG.

    Raises UnreadableError for none or more than one, for a damaged part, and when something follows the picture.
    """
    found = []
    for kind, body in _chunks(data):
        if kind not in {b"iTXt", b"tEXt"}:
            continue
        keyword, _, rest = body.partition(b"\0")
        if keyword in KEYWORDS:
            found.append(_international(rest) if kind == b"iTXt" else rest)
    if not found:
        raise UnreadableError("png_without_badge")
    if len(found) > 1:
        raise UnreadableError("png_two_badges")
    try:
        return found[0].decode("utf-8")
    except UnicodeDecodeError:
        raise UnreadableError("not_utf8") from None


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    for _ in range(MOST_CHUNKS):
        if len(data) < at + 12:
            break
        length = int.from_bytes(data[at : at + 4])
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if int.from_bytes(data[at + 8 + length : at + 12 + length]) != zlib.crc32(kind + body):
            break
        yield kind, body
        at += 12 + length
        if kind == b"IEND":
            if at != len(data):
                raise UnreadableError("png_more_behind", extra=len(data) - at)
            return
    raise UnreadableError("png_damaged")


def _international(rest: bytes) -> bytes:
    # After the keyword: compression flag, method, language tag, translated keyword, text.
    if rest[:1] != b"\0":
        raise UnreadableError("png_compressed")
    parts = rest[2:].split(b"\0", 2)
    if len(parts) != 3:
        raise UnreadableError("png_damaged")
    return parts[2]
