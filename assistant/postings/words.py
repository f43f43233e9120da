"""The words of postings, as they are compared: tokens without case and accents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import yaml

TOKEN = re.compile(r"[^\W_]+(?:\+\+|[+#])?", re.UNICODE)


class Token(NamedTuple):
    """A word as it is compared, as it is written, and where it stands."""

    word: str
    written: str
    start: int
    end: int


def folded(text: str) -> str:
    """Return a text of the same length without case and accents."""
    return "".join(_folded(character) for character in text)


def _folded(character: str) -> str:
    plain = unicodedata.normalize("NFKD", character)[:1].lower()
    return plain if len(plain) == 1 else character


def tokens(text: str) -> list[Token]:
    """Return the words of a text; an apostrophe joins (`driver's` is `drivers`), a plus or sharp at the end stays."""
    clean = folded(text)
    found: list[Token] = []
    for match in TOKEN.finditer(clean):
        start, end = match.span()
        joins = bool(found) and start == found[-1].end + 1 and clean[start - 1] in "'’"
        if joins and match.group() in {"s", "t"}:
            last = found.pop()
            found.append(Token(last.word + match.group(), text[last.start : end], last.start, end))
        else:
            found.append(Token(match.group(), text[start:end], start, end))
    return found


def phrase(text: str) -> tuple[str, ...]:
    """Return the words of a name, to be looked up."""
    return tuple(token.word for token in tokens(text))


@dataclass(frozen=True)
class Words:
    """The words of `words.yaml`, each as a tuple of tokens."""

    aliases: dict[tuple[str, ...], list[str]]
    driving: frozenset[tuple[str, ...]]
    preferred: frozenset[tuple[str, ...]]
    required: frozenset[tuple[str, ...]]
    refused: frozenset[tuple[str, ...]]
    instead: frozenset[tuple[str, ...]]
    credential: frozenset[str]
    stops: frozenset[str]
    ambiguous: frozenset[str]
    products: dict[tuple[str, ...], tuple[str, ...]]
    title: frozenset[tuple[str, ...]]


@cache
def words() -> Words:
    """Return the words, read once."""
    aliases: dict[tuple[str, ...], list[str]] = {}
    raw = yaml.safe_load((files("assistant.postings") / "words.yaml").read_text(encoding="utf-8"))
    for name, written in raw["aliases"].items():
        for alias in map(phrase, written):
            aliases.setdefault(alias, []).append(name)
    return Words(
        aliases=aliases,
        credential=frozenset(raw["credential"]),
        stops=frozenset(raw["stops"]),
        ambiguous=frozenset(raw["ambiguous"]),
        products={phrase(short): phrase(full) for short, full in raw["products"].items()},
        title=_phrases(raw["title"]),
        **{name: _phrases(raw[name]) for name in ("driving", "preferred", "required", "refused", "instead")},
    )


def _phrases(names: Iterable[str]) -> frozenset[tuple[str, ...]]:
    return frozenset(map(phrase, names))


def holds(said: list[str], phrases: Iterable[tuple[str, ...]]) -> bool:
    """Whether one of the phrases stands in a list of words."""
    line = f" {' '.join(said)} "
    return any(f" {' '.join(each)} " in line for each in phrases)
