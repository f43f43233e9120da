"""Words of a text as they are compared: folded, without accents and plural endings."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

TOKEN = re.compile(r"\.?[^\W_]+(?:['’][^\W_]+)*[+#]?")
PLUS = re.compile(r"\b(a|n|s|network|security|server|linux) \+", re.IGNORECASE)
INITIALS = re.compile(r"\b(?:[A-Za-z]\.){2,}")
CAPITALS = {"IT": "i.t"}
"""Words that mean something else in capitals; the right side can't occur as a token."""
KEPT_ENDINGS = ("ss", "us", "is")
SHORT = 3


@dataclass(frozen=True)
class Token:
    """A word of a text: as compared, and where it stands."""

    key: str
    start: int
    end: int


def folded(text: str) -> str:
    """Return a text in lower case without accents; `ñ` stays a letter of its own."""
    return "".join(char if char == "ñ" else unicodedata.normalize("NFKD", char)[0] for char in text.casefold())


def tokens(text: str) -> list[Token]:
    """Return the words of a text; `a+`, `c#`, `.net` and `R.N.` are words."""
    text = unicodedata.normalize("NFC", text)
    text = INITIALS.sub(lambda m: m[0].replace(".", "") + " " * m[0].count("."), text)
    text = PLUS.sub(lambda m: f"{m[1]}+ ", text)
    shouted = text.isupper() and len(text.split()) > SHORT
    found = []
    for match in TOKEN.finditer(text):
        word = match[0]
        key = CAPITALS[word] if word in CAPITALS and not shouted else singular(folded(word))
        found.append(Token(key, match.start(), match.end()))
    return found


def keys(text: str) -> list[str]:
    """Return the words of a text as they are compared."""
    return [token.key for token in tokens(text)]


@lru_cache(maxsize=20_000)
def row_of(title: str) -> tuple[str, ...]:
    """Return the words of a title, which is asked for again and again."""
    return tuple(keys(title))


def singular(word: str) -> str:
    """Return a folded word without the ending of the plural or of possession."""
    word = re.sub(r"['’]s$", "", word).replace("’", "").replace("'", "")
    if len(word) > SHORT and word.endswith("s") and not word.endswith(KEPT_ENDINGS):
        return word[:-1]
    return word
