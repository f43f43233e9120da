"""Names made into parts of ids."""

from __future__ import annotations

import re
import unicodedata

NOT_A_WORD = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Return the text as lower-case ASCII words joined by hyphens; empty when it holds none."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return NOT_A_WORD.sub("-", plain.lower()).strip("-")
