"""The packaged list of what people call a field of work (`lay_words.yaml`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from assistant.understand.words import keys

Phrase = tuple[str, ...]
LONGEST = 6
FILE = "lay_words.yaml"


@dataclass(frozen=True)
class Topic:
    """A field of work: its names, its codes, and the topics beside it."""

    id: str
    names: Mapping[str, str]
    cip: frozenset[str]
    soc: frozenset[str]
    near: tuple[str, ...]
    members: tuple[str, ...]
    kin: tuple[str, ...]
    both: frozenset[str]


@dataclass(frozen=True)
class Span:
    """Where a phrase stands among the words of a text, and the topics that it names."""

    start: int
    end: int
    topics: tuple[str, ...]


class Phrases:
    """Phrases to look for in a row of words, the longest first."""

    def __init__(self) -> None:
        self._topics: dict[Phrase, list[str]] = {}

    def add(self, phrase: Sequence[str], topic: str) -> None:
        """Let a phrase name a topic."""
        said = tuple(phrase)
        capitals = tuple("i.t" if word == "it" else word for word in said)
        for each in dict.fromkeys((said, capitals)):
            at = self._topics.setdefault(each, [])
            if topic not in at:
                at.append(topic)

    def words(self) -> set[str]:
        """Return every word of every phrase."""
        return {word for phrase in self._topics for word in phrase}

    def find(self, row: Sequence[str]) -> Iterator[Span]:
        """Yield the phrases of a row of words from left to right, none inside another."""
        at = 0
        while at < len(row):
            for size in range(min(LONGEST, len(row) - at), 0, -1):
                topics = self._topics.get(tuple(row[at : at + size]))
                if topics:
                    yield Span(at, at + size, tuple(topics))
                    at += size - 1
                    break
            at += 1


@dataclass(frozen=True)
class Lexicon:
    """Topics by id, with the phrases that name them in questions and in program titles."""

    topics: Mapping[str, Topic]
    asked: Phrases
    titled: Phrases

    def flat(self, ids: Iterable[str]) -> tuple[str, ...]:
        """Return topics with whole fields replaced by their members."""
        return tuple(dict.fromkeys(m for key in ids for m in (self.topics[key].members or (key,))))


@cache
def lexicon() -> Lexicon:
    """Return the packaged lexicon."""
    asked, titled = Phrases(), Phrases()
    topics = {}
    for key, entry in _entries().items():
        topics[key] = _topic(key, entry)
        for field, into in (("words", (asked, titled)), ("lay", (asked,)), ("es", (asked,)), ("title", (titled,))):
            for phrase in _listed(entry.get(field, "")):
                for phrases in into:
                    phrases.add(keys(phrase), key)
    return Lexicon(topics, asked, titled)


TOGETHER = 8
"""Phrases embedded as one text: few enough that each still tells."""


def entry_texts() -> list[tuple[str, str]]:
    """Return the texts by which a topic is known by meaning: topic and text, whole fields left out."""
    out = []
    for key, entry in _entries().items():
        if entry.get("members"):
            continue
        english, spanish = entry["name"]
        for field, name in (("words", english), ("lay", english), ("es", spanish)):
            phrases = _listed(entry.get(field, ""))
            starts = range(0, max(1, len(phrases)), TOGETHER)
            out += [(key, "; ".join([name, *phrases[at : at + TOGETHER]])) for at in starts]
    return out


def _entries() -> Mapping[str, Mapping[str, Any]]:
    text = files("assistant.understand").joinpath(FILE).read_text("utf-8")
    entries: Mapping[str, Mapping[str, Any]] = yaml.load(text, Loader=_loader())  # noqa: S506 (makes only text)
    return entries


def _topic(key: str, entry: Mapping[str, Any]) -> Topic:
    english, spanish = entry["name"]
    cip, soc, near, members, kin, both = (
        tuple(entry.get(field, "").split()) for field in ("cip", "soc", "near", "members", "kin", "both")
    )
    names = {"en": english, "es": spanish}
    return Topic(key, names, frozenset(cip), frozenset(soc), near, members, kin, frozenset(both))


def _loader() -> Any:
    """Return a loader that makes only text, so that codes keep their zeros; the one in C where there is one."""
    return getattr(yaml, "CBaseLoader", yaml.BaseLoader)


def _listed(text: str) -> list[str]:
    return [phrase.strip() for phrase in text.split(",") if phrase.strip()]
