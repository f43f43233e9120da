"""A posting cut into sentences, each with how much what it names is wanted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.postings.words import Token, holds, tokens, words

# A full stop in `v2.0` or in and after `B.S.` ends nothing.
SENTENCE = re.compile(r"(?:[^\n.;!?•]|\.(?=\S)|(?<=\b[A-Z])\.)+")
LONGEST_HEADING = 6
SHORT_HEADING = 2


class Wanted(StrEnum):
    """How much a posting wants something."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    NOT_SAID = "not_said"


@dataclass(frozen=True)
class Sentence:
    """One sentence of a posting."""

    text: str
    start: int
    """Where it begins, in characters of the posting."""
    words: tuple[Token, ...]
    wanted: Wanted
    refused: bool
    """It says that something is *not* needed."""
    instead: bool
    """It takes something else instead, such as experience."""

    def wanted_at(self, place: int) -> Wanted:
        """How much the part between two commas around a place is wanted; else what the whole sentence says."""
        first = self.text.rfind(",", 0, place) + 1
        last = self.text.find(",", place)
        part = self.text[first : last if last >= 0 else None]
        own = _wanted([token.word for token in tokens(part)])
        return self.wanted if own is Wanted.NOT_SAID else own


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences; a heading (`Preferred qualifications:`) counts for the lines below it, up to the next."""
    heading, known = Wanted.NOT_SAID, words()
    for match in SENTENCE.finditer(text):
        said = tokens(match.group())
        if not said:
            continue
        plain = [token.word for token in said]
        own = _wanted(plain)
        if _is_heading(text, match, len(said), own):
            heading = own
        yield Sentence(
            text=match.group(),
            start=match.start(),
            words=tuple(said),
            wanted=heading if own is Wanted.NOT_SAID else own,
            refused=holds(plain, known.refused),
            instead=holds(plain, known.instead),
        )


def _wanted(plain: list[str]) -> Wanted:
    if holds(plain, words().preferred):
        return Wanted.PREFERRED
    return Wanted.REQUIRED if holds(plain, words().required) else Wanted.NOT_SAID


def _is_heading(text: str, match: re.Match[str], count: int, own: Wanted) -> bool:
    """Whether a sentence is a heading: a short one with a colon, or a shorter line of its own that says how much."""
    if match.group().rstrip().endswith(":"):
        return count <= LONGEST_HEADING
    alone = text[match.end() : match.end() + 1] in {"", "\n"} and text[: match.start()].rstrip(" ")[-1:] in {"", "\n"}
    return alone and count <= SHORT_HEADING and own is not Wanted.NOT_SAID
