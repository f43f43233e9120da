"""Schools that a question names, among those whose programs are in the records."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.names import GENERIC, comparable
from assistant.understand.gazetteer import HOME, counties, towns
from assistant.understand.holdings import Holdings
from assistant.understand.query import Schools
from assistant.understand.spelling import EVERYDAY_WORDS
from assistant.understand.text import Text
from assistant.understand.words import singular
from catalog.snapshot import Snapshot

WORD = re.compile(r"[a-z0-9]+(?:'s)?")
SHORTENED = 4
"""Letters from which on a word may be the beginning of a name's word: 'tech' of 'technical'."""
LEAST_LETTERS = 5
LEAST_INITIALS = 3
PLAIN_WORDS = frozenset(
    [
        "course",
        "class",
        "program",
        "school",
        "training",
        "one",
        "ones",
        "best",
        "near",
        "center",
        "center's",
        "online",
        "american",
        "national",
        "new",
        "jersey",
        "state",
        "first",
    ]
)
FORMS = frozenset(["inc", "llc", "corp", "corporation", "co", "ltd", "the", "of", "and", "at", "for", "a"])


@dataclass(frozen=True)
class _Name:
    words: tuple[str, ...]
    ids: frozenset[str]


class SchoolIndex:
    """Names of the schools that have programs in a snapshot; built when first asked, safe to share."""

    def __init__(self, snapshot: Snapshot, holdings: Holdings) -> None:
        self._snapshot, self._holdings = snapshot, holdings

    @cached_property
    def _names(self) -> Mapping[str, list[_Name]]:
        """Names by the first three letters of their first word."""
        sql = "SELECT DISTINCT v.id, v.name, v.aliases FROM providers v JOIN programs p ON p.provider_id = v.id"
        owners: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for key, name, aliases in self._snapshot.query(sql):
            for each in (name, *(aliases or ())):
                words = tuple(word for word in comparable(each).split() if word not in ("the",))
                if words:
                    owners[words].add(key)
        out: dict[str, list[_Name]] = defaultdict(list)
        for words, ids in owners.items():
            out[words[0][:3]].append(_Name(words, frozenset(ids)))
        return out

    @cached_property
    def _initials(self) -> Mapping[str, frozenset[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for names in self._names.values():
            for name in names:
                letters = "".join(word[0] for word in name.words if word not in FORMS)
                if len(letters) >= LEAST_INITIALS:
                    found[letters] |= name.ids
        return {letters: frozenset(ids) for letters, ids in found.items()}

    def find(self, text: Text) -> list[Schools]:
        """Return the schools that a text names, from left to right, and blank their words."""
        found = list(self._found(text))
        for _slot, start, end in found:
            text.blank(start, end)
        return [slot for slot, _start, _end in found]

    def _found(self, text: Text) -> Iterator[tuple[Schools, int, int]]:
        words = list(WORD.finditer(text.rest))
        at = 0
        while at < len(words):
            size, ids = self._longest([word[0].removesuffix("'s") for word in words[at : at + 10]])
            if size == 1 and not self._is_own(text, words[at]):
                size = 0
            if not size and (ids := self._by_initials(text, words[at])):
                size = 1
            if size:
                start, end = words[at].start(), words[at + size - 1].end()
                said = text.said(start, end).removesuffix("'s").removesuffix("’s")
                yield Schools(value=said, ids=ids, words=said), start, end
            at += size or 1

    def _is_own(self, text: Text, word: re.Match[str]) -> bool:
        """Whether a single word is a name: in capitals, or one that nobody uses otherwise."""
        said = text.said(*word.span())
        if word[0] in EVERYDAY_WORDS:
            return False
        return (said[:1].isupper() and not said.isupper()) or word[0] in text.unknown

    def _longest(self, row: Sequence[str]) -> tuple[int, frozenset[str]]:
        """Return how many words name schools, and which."""
        best, ids = 0, frozenset[str]()
        for name in self._names.get(row[0][:3], ()) if row else ():
            size, used = _common(row, name.words)
            if not size or not self._tells(row[:size], name.words[:used], len(name.words)):
                continue
            if size > best:
                best, ids = size, name.ids
            elif size == best:
                ids |= name.ids
        return best, ids

    def _tells(self, said: Sequence[str], named: Sequence[str], whole: int) -> bool:
        """Whether words are enough of a name: one that only a school has, or two that aren't just a place."""
        rest = _without_place(named)
        own = [word for word in rest if word not in GENERIC and word not in PLAIN_WORDS and not _is_place(word)]
        rare = [w for w in own if len(w) >= LEAST_LETTERS and singular(w) not in self._holdings.common_words]
        if rare and rare[0] == named[0] and said[0] == named[0]:
            return True
        if len(named) < 2 or all(word in PLAIN_WORDS for word in named):
            return False
        if own:
            return len(named) >= 2 and (len(own) >= 2 or len(named) > 2 or whole == len(named) or named[-1] in GENERIC)
        return len(named) >= 3 and named[-1] in GENERIC - {"county", "city", "state"}

    def _by_initials(self, text: Text, word: re.Match[str]) -> frozenset[str]:
        said = text.said(*word.span())
        if not (said.isupper() and len(said) >= LEAST_INITIALS) or self._holdings.is_written(word[0]):
            return frozenset()
        return self._initials.get(word[0], frozenset())


def _common(row: Sequence[str], name: Sequence[str]) -> tuple[int, int]:
    """Return how many words of a text and of a name agree from their beginnings; small words may be left out."""
    said = used = last = last_used = 0
    while said < len(row) and used < len(name):
        word, wanted = row[said], name[used]
        if word == wanted or (len(word) >= SHORTENED and wanted.startswith(word)):
            said, used = said + 1, used + 1
            if word not in FORMS:
                last, last_used = said, used
        elif word in FORMS and said:
            said += 1
        elif wanted in FORMS:
            used += 1
        else:
            break
    return last, last_used


def _without_place(named: Sequence[str]) -> Sequence[str]:
    """Return a name's words without a town or county that they begin with."""
    for size in range(min(4, len(named)), 0, -1):
        name = " ".join(named[:size])
        if name in towns(HOME) or name in counties(HOME):
            return named[size:]
    return named


def _is_place(word: str) -> bool:
    return word in towns(HOME) or word in counties(HOME)
