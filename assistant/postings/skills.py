"""Software that a posting names, and the shorter credentials whose names speak of the same software."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from assistant.postings.credentials import Entry
from assistant.postings.words import phrase, tokens, words
from catalog.records import CredentialKind, Occupation

MOST_CREDENTIALS = 3
OLD = re.compile(r"\b(?:19\d\d|200\d|201[0-4]|xp|nt|95|98|\d+\.[\dx]+)\b", re.IGNORECASE)
"""Marks of software that is no longer taught; such entries of the state's list are left out."""


def named_technologies(text: str, occupations: Sequence[Occupation]) -> list[str]:
    """Return the technologies of the occupations that a posting names, in the order of the posting.

    Only what O*NET lists for the occupation counts: `Chef` is software for some jobs and the job itself for others.
    """
    known: dict[tuple[str, ...], str] = {}
    for occupation in occupations:
        for name in occupation.technologies:
            known.setdefault(core(name), name)
    said = ["microsoft" if token.word == "ms" else token.word for token in tokens(text)]
    found: dict[str, None] = {}
    for first in range(len(said)):
        for length in (4, 3, 2, 1):
            span = tuple(said[first : first + length])
            name = known.get(words().products.get(span, span), "")
            if name and len("".join(span)) > 2:
                found.setdefault(name)
                break
    return list(found)


def core(name: str) -> tuple[str, ...]:
    """Return the words of a technology's name without the word `software` at its end."""
    said = phrase(name)
    return said[:-1] if len(said) > 1 and said[-1] == "software" else said


class SkillIndex:
    """Finds certifications of the state's list by the software in their names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._by_word: dict[str, list[tuple[str, Entry]]] = defaultdict(list)
        for entry in entries:
            if entry.kind is CredentialKind.CERTIFICATION and not entry.retired and not OLD.search(entry.name):
                said = phrase(entry.name)
                for word in set(said):
                    self._by_word[word].append((f" {' '.join(said)} ", entry))

    def showing(self, technology: str) -> list[Entry]:
        """Return the certifications whose names hold a technology's name, the shortest first."""
        wanted = core(technology)
        spellings = [wanted, *(short for short, full in words().products.items() if full == wanted)]
        found: dict[tuple[str, ...], Entry] = {}
        for spelling in spellings:
            line = f" {' '.join(spelling)} "
            for name, entry in self._by_word.get(spelling[0], []):
                if line in name:
                    found.setdefault(phrase(entry.name), entry)
        return sorted(found.values(), key=lambda entry: (len(entry.name), entry.id))[:MOST_CREDENTIALS]
