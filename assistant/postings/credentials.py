"""The credentials that a posting names, looked up in the records by their names and abbreviations."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from assistant.postings.sentences import Sentence
from assistant.postings.words import phrase, words
from catalog.records import CredentialKind
from catalog.snapshot import Snapshot

LONGEST = 12
BESIDE = 3
"""How many words away a word such as `licensed` may stand from a plain name."""
MOST_UNKNOWN_WORDS = 4
ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z]?[A-Z+]+\+?)\)|^([A-Z][A-Z+]{2,6}) ?-|- ?([A-Z][A-Z+]{2,6})$")
MARKS = re.compile(r"[®™]")
OUTER = re.compile(r"\s*\([^)]*\)|[®™]")
SPEAKING = ("certif", "licens", "regist", "card", "boards")


class Entry(NamedTuple):
    """A credential of the records, as far as a posting needs it."""

    id: str
    name: str
    kind: CredentialKind
    retired: bool

    @property
    def is_license(self) -> bool:
        """A licence by the state's list, or by its own name: some licences stand among its certifications."""
        return self.kind is CredentialKind.LICENSE or "license" in phrase(self.name)


class Hit(NamedTuple):
    """A place in a sentence that names credentials: all entries that the words can mean."""

    first: int
    last: int
    """The first word, and the one after the last, by number."""
    entries: tuple[Entry, ...]
    driving: bool = False


class CredentialIndex:
    """Finds credentials in sentences. Names in the state's lists are from 2020; a name that is not there is unknown."""

    def __init__(self, snapshot: Snapshot) -> None:
        rows = snapshot.query(
            "SELECT id, name, kind, coalesce(retired, false) FROM credentials "
            "WHERE kind IN ('license', 'certification') ORDER BY id"
        )
        self.entries = [Entry(key, name, CredentialKind(kind), retired) for key, name, kind, retired in rows]
        self._phrases: dict[tuple[str, ...], list[Entry]] = defaultdict(list)
        self._short: dict[str, list[Entry]] = defaultdict(list)
        by_name: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries:
            by_name[entry.name].append(entry)
            self._add(entry)
        for alias, names in words().aliases.items():
            for entry in (entry for name in names for entry in by_name.get(name, [])):
                if entry not in self._phrases[alias]:
                    self._phrases[alias].append(entry)

    def _add(self, entry: Entry) -> None:
        for match in ABBREVIATION.finditer(MARKS.sub("", entry.name)):
            self._short[next(group for group in match.groups() if group)].append(entry)
        # `Network+` is said for `CompTIA Network+`.
        last = entry.name.split()[-1] if entry.name.split() else ""
        if last.endswith("+") and len(last) > 2:
            self._short[last].append(entry)
        for name in {entry.name, OUTER.sub("", entry.name), ABBREVIATION.sub("", entry.name)}:
            said = phrase(name)
            if said and (len(said) > 1 or entry.kind is CredentialKind.LICENSE) and entry not in self._phrases[said]:
                self._phrases[said].append(entry)

    def find(self, sentence: Sentence) -> Iterator[Hit]:
        """Yield what a sentence names, the longest names first, no word twice."""
        taken: set[int] = set()
        for length in range(min(LONGEST, len(sentence.words)), 0, -1):
            for first in range(len(sentence.words) - length + 1):
                span = set(range(first, first + length))
                if taken & span:
                    continue
                hit = self._hit(sentence, first, first + length)
                if hit is not None:
                    taken |= span
                    yield hit

    def _hit(self, sentence: Sentence, first: int, last: int) -> Hit | None:
        said = tuple(token.word for token in sentence.words[first:last])
        if said in words().driving:
            return Hit(first, last, (), driving=True)
        written = sentence.words[first].written
        is_alias, is_short = said in words().aliases, last - first == 1 and not sentence.text.isupper()
        clear = len(written) > 2 and (said[0] not in words().ambiguous or _beside(sentence, first, last))
        if is_short and clear and not is_alias and written in self._short:
            return Hit(first, last, _licences_first(self._short[written]))
        entries = self._phrases.get(said)
        if not entries:
            return None
        # An abbreviation of two letters (`rn`) counts in capitals only, a plain name (`plumber`) beside `licensed`.
        named = len(said) > 1 or len(said[0]) > 2 or written.isupper() if is_alias else _speaks(said)
        return Hit(first, last, _licences_first(entries)) if named or _beside(sentence, first, last) else None


def _licences_first(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """Put licences before certifications, current ones before retired ones; each name once."""
    ranked = sorted(entries, key=lambda entry: (not entry.is_license, entry.retired))
    # Where a licence is meant, the certifications of the same name are its course or test.
    meant = [entry for entry in ranked if entry.is_license] or ranked
    return tuple({phrase(entry.name): entry for entry in reversed(meant)}.values())[::-1]


def _speaks(said: tuple[str, ...]) -> bool:
    return any(word.startswith(SPEAKING) for word in said)


def _beside(sentence: Sentence, first: int, last: int) -> bool:
    near = (*sentence.words[max(0, first - BESIDE) : first], *sentence.words[last : last + BESIDE])
    return any(token.word in words().credential for token in near)


def unknown_names(sentence: Sentence, taken: set[int]) -> Iterator[tuple[int, int]]:
    """Yield names beside a word such as `certification` that the records don't have: first word, the one after last."""
    for at, token in enumerate(sentence.words):
        if token.word not in words().credential or at in taken:
            continue
        first, last = at, at + 1
        while at - first < MOST_UNKNOWN_WORDS and _goes_on(sentence, first - 1, first, taken):
            first -= 1
        while first == at and last - at <= MOST_UNKNOWN_WORDS and _goes_on(sentence, last, last - 1, taken):
            last += 1
        if last - first > 1:
            yield first, last


def _goes_on(sentence: Sentence, at: int, beside: int, taken: set[int]) -> bool:
    """Whether the word at a place belongs to the name that the word beside it is part of."""
    if not 0 <= at < len(sentence.words) or at in taken:
        return False
    token, left, right = sentence.words[at], min(at, beside), max(at, beside)
    between = sentence.text[sentence.words[left].end : sentence.words[right].start]
    return between.strip() in {"", "-", "/"} and token.word not in words().stops | words().credential
