"""The plain words that a model's summary may be made of, one list per language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class Role:
    """How a kind of figure is spoken of: which words must stand where, and which only may stand beside it."""

    after: frozenset[str]
    before: frozenset[str]
    just_before: frozenset[str]
    near: frozenset[str]
    near_too: frozenset[str]
    bound: frozenset[str]
    words: frozenset[str]


@dataclass(frozen=True)
class PlainWords:
    """The lists of `prompts/narration/<language>.yaml`; all words in lower case. A `_` joins several words."""

    plain: frozenset[str]
    roles: Mapping[str, Role]
    bounds: frozenset[str]
    bound_of: Mapping[str, frozenset[str]]
    claims: Mapping[str, frozenset[str]]
    never: frozenset[str]
    unknown: frozenset[str]
    unknown_of: Mapping[str, frozenset[str]]
    shown: frozenset[str]
    restated: frozenset[str]
    of_field: frozenset[str]
    dated: frozenset[str]
    phrases: frozenset[str]
    separators: frozenset[str]
    range: frozenset[str]
    months: tuple[str, ...]
    numbers: Mapping[str, int]
    dollars: frozenset[str]
    percent: frozenset[str]
    banned: tuple[str, ...]

    def told(self) -> list[str]:
        """Return everything of several words, the longest first: each is read as one word."""
        sets = [
            self.bounds,
            self.never,
            self.unknown,
            self.shown,
            self.of_field,
            self.phrases,
            self.dollars,
        ]
        sets += [*self.claims.values(), self.percent, self.dated, self.restated]
        sets += [role.words for role in self.roles.values()]
        return sorted({each for found in sets for each in found if " " in each or "-" in each}, key=len, reverse=True)


@cache
def plain_words(language: str) -> PlainWords:
    """Return the lists of a language."""
    path = Path(str(files("prompts"))) / "narration" / f"{language}.yaml"
    raw: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    parts = {key: _phrases(raw[key]) for key in PHRASES}
    return PlainWords(
        plain=_words(raw["plain"]),
        roles={name: _role(given) for name, given in raw["roles"].items()},
        bound_of={name: _phrases(text) for name, text in raw["bound_of"].items()},
        claims={name: _phrases(text) for name, text in raw["claims"].items()},
        unknown_of={name: _words(text) for name, text in raw["unknown_of"].items()},
        months=tuple(raw["months"].split()),
        numbers=raw["numbers"],
        banned=tuple(raw["banned"].split()),
        **parts,
    )


PHRASES = (
    "bounds",
    "never",
    "unknown",
    "shown",
    "restated",
    "of_field",
    "dated",
    "phrases",
    "separators",
    "range",
    "dollars",
    "percent",
)


def _role(given: Mapping[str, str]) -> Role:
    lists = {key: _words(given.get(key, "")) for key in ("after", "before", "just_before", "near", "near_too", "words")}
    return Role(bound=_phrases(given.get("bound", "")), **lists)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(part for part in text.split("|") if part)
