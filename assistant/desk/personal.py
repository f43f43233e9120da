"""Personal data: found by presidio with our recognizers for both languages, and masked.

Names of schools are no personal data; where a name may be either, it is masked. Nothing is downloaded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from presidio_analyzer import PatternRecognizer


class Span(NamedTuple):
    """Where personal data stands in a text, in characters, and of which kind it is."""

    start: int
    end: int
    kind: str


class Masked(NamedTuple):
    """A text without personal data, and the spans of the original that were taken out of it."""

    text: str
    spans: tuple[Span, ...]


LONGEST_SCHOOL_WORD = 12
"""How far behind a name a word such as `College` may end."""


class Masker:
    """Finds and masks personal data; made once, safe to share between threads."""

    def mask(self, text: str) -> Masked:
        """Return the text with each find replaced by its kind in brackets, such as `[phone]`."""
        spans = self.find(text)
        parts, at = [], 0
        for span in spans:
            parts += [text[at : span.start], f"[{span.kind}]"]
            at = span.end
        return Masked("".join([*parts, text[at:]]), spans)

    def find(self, text: str) -> tuple[Span, ...]:
        """Return the spans of personal data in order; none overlap."""
        found = [
            Span(hit.start, hit.end, hit.entity_type)
            for recognizer in self._recognizers
            for hit in recognizer.analyze(text, recognizer.supported_entities, None)
        ]
        people = [span for span in _trimmed(text, found) if span.kind != "name" or not self._is_school(text, span)]
        return tuple(_apart(people, self._rank))

    def _is_school(self, text: str, span: Span) -> bool:
        return self._school.search(text, span.start, span.end + LONGEST_SCHOOL_WORD) is not None

    @cached_property
    def _school(self) -> re.Pattern[str]:
        from assistant.desk.patterns import SCHOOL_WORDS

        return re.compile(SCHOOL_WORDS)

    @cached_property
    def _rank(self) -> dict[str, int]:
        from assistant.desk.patterns import KINDS

        return {kind: rank for rank, kind in enumerate((*KINDS, "name"))}

    @cached_property
    def _recognizers(self) -> list[PatternRecognizer]:
        from presidio_analyzer import Pattern, PatternRecognizer

        from assistant.desk import patterns

        kinds = {**patterns.KINDS, "name": patterns.names()}
        return [
            PatternRecognizer(
                supported_entity=kind,
                name=f"desk_{kind}",
                patterns=[Pattern(f"{kind}_{number}", regex, 0.8) for number, regex in enumerate(regexes)],
            )
            for kind, regexes in kinds.items()
        ]


def _trimmed(text: str, spans: Iterable[Span]) -> Iterable[Span]:
    for start, end, kind in spans:
        words = text[start:end]
        left = len(words) - len(words.lstrip(" \t\n,;:"))
        right = len(words) - len(words.rstrip(" \t\n,;:"))
        if start + left < end - right:
            yield Span(start + left, end - right, kind)


def _apart(spans: Iterable[Span], rank: dict[str, int]) -> list[Span]:
    """Return spans that do not overlap: those that touch the same characters become one, of the better ranked kind.

    Joined, not dropped: no character that any recognizer has claimed is left in the open.
    """
    apart: list[Span] = []
    for span in sorted(set(spans)):
        if apart and span.start < apart[-1].end:
            last = apart.pop()
            longer, shorter = sorted((last, span), key=lambda each: each.start - each.end)
            same_length = longer.end - longer.start == shorter.end - shorter.start
            kind = min(last.kind, span.kind, key=rank.__getitem__) if same_length else longer.kind
            apart.append(Span(last.start, max(last.end, span.end), kind))
        else:
            apart.append(span)
    return apart
