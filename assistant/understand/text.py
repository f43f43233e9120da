"""A question as it is read: folded, typing errors mended, numbers in digits, and each part traced to the words said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assistant.answer import Language
from assistant.understand.words import folded

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
DIGITS = re.compile(r"\d")
JOINING = re.compile(r"[ -]| (?:and|y) ")
"""What may stand between the words of one number."""
ARTICLES = frozenset(("one", "un", "una", "uno", "o", "oh"))


@dataclass(frozen=True)
class Piece:
    """A stretch of the plain text, and where it stands in the original."""

    plain: str
    start: int
    end: int

    # The names that the number parser asks for.
    def text(self) -> str:
        """Return the word."""
        return self.plain

    def text_lowercase(self) -> str:
        """Return the word, which is in lower case."""
        return self.plain

    def nt_separated(self, _previous: Piece) -> bool:
        """Whether another number begins here whatever stands before."""
        return False

    def not_a_number_part(self) -> bool:
        """Whether the word can't belong to a number in words."""
        return bool(DIGITS.search(self.plain))


@dataclass
class Text:
    """The plain form of a question; what has been read is blanked, so that no word is read twice."""

    original: str
    plain: str
    starts: Sequence[int]
    unknown: frozenset[str] = frozenset()
    """Words that no published text nor the lexicon has."""
    rest: str = field(default="")

    def __post_init__(self) -> None:
        self.rest = self.rest or self.plain

    def said(self, start: int, end: int) -> str:
        """Return the words of the original that a stretch of the plain text stands for."""
        return self.original[self.starts[start] : self.starts[end]].strip(" ,.;:!?¿¡")

    def is_unknown(self, name: str) -> bool:
        """Whether each word of a name is one that nobody knows, so that it may be misspelt."""
        return all(word in self.unknown for word in name.split())

    def take(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Return the first match in what is left, and blank it."""
        found = pattern.search(self.rest)
        if found:
            self.blank(*found.span())
        return found

    def blank(self, start: int, end: int) -> None:
        """Let a stretch not be read again; what stood on both sides of it stays apart."""
        filler = " , ".ljust(end - start)[: end - start] if end - start >= 3 else " " * (end - start)
        self.rest = self.rest[:start] + filler + self.rest[end:]


def text_of(original: str, language: Language, mend: Callable[[Sequence[str]], Sequence[str]] | None = None) -> Text:
    """Return a question in its plain form; `mend` corrects the spelling of its words."""
    words = [Piece(_bare(match[0]), *match.span()) for match in WORD.finditer(original)]
    if mend:
        right = mend([word.plain for word in words])
        words = [Piece(new, word.start, word.end) for word, new in zip(words, right, strict=True)]
    words = list(_in_digits(words, original, language))
    plain, starts, at = [], [], 0
    for word in [*words, Piece("", len(original), len(original))]:
        gap = _bare(original[at : word.start])
        if len(gap) != word.start - at:
            gap = original[at : word.start]
        plain += [gap, word.plain]
        starts += [*range(at, word.start), *[word.start] * len(word.plain)]
        at = word.end
    return Text(original, "".join(plain), [*starts, len(original)])


def _bare(word: str) -> str:
    return folded(word).replace("’", "'").replace("ñ", "n")


def _is_no_number(words: Sequence[Piece], start: int, end: int) -> bool:
    """'one' and 'una' are articles more often than numbers; the 'mil' of '6 mil' belongs to the figure before it."""
    alone = end - start == 1
    return alone and (words[start].plain in ARTICLES or (start > 0 and bool(DIGITS.search(words[start - 1].plain))))


def _in_digits(words: Sequence[Piece], original: str, language: Language) -> Iterator[Piece]:
    """Replace numbers in words by digits; a number never spans a comma or a sentence's end."""
    from text_to_num import find_numbers

    at = 0
    for found in sorted(find_numbers(words, language, 0), key=lambda each: each.start):
        run = words[found.start : found.end]
        joined = all(JOINING.fullmatch(original[a.end : b.start]) for a, b in pairwise(run))
        is_figure = DIGITS.search(run[0].plain) is not None
        if found.is_ordinal or is_figure or not joined or _is_no_number(words, found.start, found.end):
            continue
        yield from words[at : found.start]
        yield Piece(f"{found.value:g}", run[0].start, run[-1].end)
        at = found.end
    yield from words[at:]
