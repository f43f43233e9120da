"""Red flags by rules in two languages: what stands in `flags.yaml`, applied sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import NamedTuple

import yaml

from assistant.desk.labels import Flag
from assistant.desk.reading import Folded

REACH = 110
"""How far around a find, in characters, the words may stand that take it back."""


class Sign(NamedTuple):
    """Words that point to a flag; strong ones raise it alone."""

    flag: Flag
    words: str
    strong: bool
    start: int


@dataclass(frozen=True)
class Rules:
    """The patterns of one flag."""

    strong: re.Pattern[str]
    weak: re.Pattern[str]
    unless: re.Pattern[str]


class FlagRules:
    """The red-flag rules; read from the package when first used."""

    @cached_property
    def _rules(self) -> dict[Flag, Rules]:
        text = (files("assistant") / "desk" / "flags.yaml").read_text(encoding="utf-8")
        return {
            Flag(name): Rules(*(_joined(group[kind]) for kind in ("strong", "weak", "unless")))
            for name, group in yaml.safe_load(text).items()
        }

    def signs(self, folded: Folded) -> list[Sign]:
        """Return the first sign of each flag and strength, in the order of the flags."""
        found = []
        for flag in Flag:
            rules = self._rules[flag]
            for strong, pattern in ((True, rules.strong), (False, rules.weak)):
                match = next(_kept(folded.text, pattern, rules.unless), None)
                if match:
                    found.append(Sign(flag, folded.words(*match.span())[:200], strong, match.start()))
                    break
        return found

    def excused(self, folded: Folded) -> frozenset[Flag]:
        """Return the flags of which a turn of speech stands in the text that takes finds back (*killing me*)."""
        return frozenset(flag for flag, rules in self._rules.items() if folded.search(rules.unless))


def _joined(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:\b(?:{pattern}))" for pattern in patterns))


def _kept(text: str, pattern: re.Pattern[str], unless: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Yield the finds of a pattern that nothing around them takes back."""
    for match in pattern.finditer(text):
        around = _sentence(text, *match.span())
        if not unless.search(around):
            yield match


def _sentence(text: str, start: int, end: int) -> str:
    """Return what surrounds a find, up to the marks that end a sentence."""
    before = re.split(r"[.!?\n]", text[max(0, start - REACH) : start])[-1]
    after = re.split(r"[.!?\n]", text[end : end + REACH])[0]
    return before + text[start:end] + after
