"""The occupations that a posting is about, by its title."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from rapidfuzz import fuzz, process

from assistant.postings.words import phrase, words
from catalog.records import Occupation
from catalog.snapshot import Snapshot

LONGEST = 90
LINES = 8
MOST = 3
SAME = 92
CERTIFIED = re.compile(r"^(?:certified|licensed|registered)\s+", re.IGNORECASE)
PART = re.compile(r"\s+[-–—|]\s+|\s*[(,/]|\s+\bin\b|\s+\ben\b")


class JobIndex:
    """Finds occupations by their titles, the official and the others that O*NET lists."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._official: dict[str, list[str]] = defaultdict(list)
        self._others: dict[str, list[str]] = defaultdict(list)
        for key, title, others in snapshot.query("SELECT id, title, alternate_titles FROM occupations ORDER BY id"):
            self._official[_plain(title)].append(key)
            for other in dict.fromkeys(map(_plain, others)):
                self._others[other].append(key)

    def of(self, text: str, title: str | None = None) -> tuple[str | None, list[Occupation]]:
        """Return the title that was found, and its occupations (at most three); nothing when no title is known."""
        tries = list(_tries(title)) if title is not None else [each for line in _lines(text) for each in _tries(line)]
        for each in tries:
            found = self._exactly(_plain(each))
            if found:
                return each, self._records(found)
        for each in tries:
            known = self._others if len(phrase(each)) > 1 else {}
            hit = process.extractOne(_plain(each), known.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=SAME)
            if hit is not None:
                return each, self._records(known[hit[0]])
        return None, []

    def _exactly(self, title: str) -> list[str]:
        """Look a title up as it is, then as one and as many; official titles go before other ones."""
        spellings = (title, re.sub(r"s\b", "", title), f"{title}s")
        for known in (self._official, self._others):
            for spelling in spellings:
                if spelling in known:
                    return known[spelling]
        return []

    def _records(self, keys: list[str]) -> list[Occupation]:
        found = list(self._snapshot.get(Occupation, list(dict.fromkeys(keys))).values())
        # What is left over in a group (`All Other`) says little of this job, where a job of its own is found.
        exact = [each for each in found if "All Other" not in each.title]
        return (exact or found)[:MOST]


def _plain(title: str) -> str:
    return " ".join(phrase(title))


def _lines(text: str) -> Iterator[str]:
    """Yield the lines that may hold the title: the first one, and one below it that says so."""
    short = [line.strip() for line in text.splitlines() if 0 < len(line.strip()) <= LONGEST]
    yield from (line for line in short[:LINES] if phrase(line.partition(":")[0]) in words().title)
    yield from short[:1]


def _tries(line: str) -> Iterator[str]:
    """Yield what may be the title in a line: without its label, whole and then cut at the first break."""
    label, colon, rest = line.partition(":")
    if colon and phrase(label) in words().title:
        line = rest
    said = phrase(line)
    for opening in sorted(words().title, key=len, reverse=True):
        if said[: len(opening)] == opening and len(said) > len(opening):
            line = " ".join(line.split()[len(opening) :])
            break
    for each in (line, PART.split(line)[0]):
        cleaned = each.strip(" .!*#-–—")
        if cleaned:
            yield cleaned
            yield from [bare] if (bare := CERTIFIED.sub("", cleaned)) != cleaned else []
