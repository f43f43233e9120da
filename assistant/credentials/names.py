"""The credentials that a text names: by full name, by abbreviation, or nearly; and the names that nobody knows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from assistant.postings.words import Token, folded, tokens
from catalog.snapshot import Snapshot

OURS = "credential_facts:"
LONGEST = 14
NEARLY, NEAR = 88, 60
MOST_NEAREST = 3
MARKS = re.compile(r"[®™]|\([^)]*\)")
IN_BRACKETS = re.compile(r"\(([A-Z][A-Za-z+]{2,7})\)")
SPEAKING = re.compile(
    r"\b(certif|licen|credenc|credential|card|tarjeta|badge|insignia|diploma|registr|apprentic)", re.IGNORECASE
)


@dataclass(frozen=True)
class Mention:
    """Words that name a credential. Several ids are several meanings of an abbreviation."""

    words: str
    ids: tuple[str, ...]
    first: int
    last: int


class CredentialNames:
    """All names and abbreviations of a snapshot's credentials.

    A credential of ours stands for the entries of the state's list that mean the same (`listed_as`).
    """

    def __init__(self, snapshot: Snapshot) -> None:
        relations = snapshot.query(
            "SELECT credential_id, name, value FROM credential_facts "
            "WHERE name IN ('abbreviation', 'cue', 'listed_as') ORDER BY id"
        )
        self.same: dict[str, str] = {}
        for ours, name, value in relations:
            if name == "listed_as":
                self.same.setdefault(value, ours)
        self.cues: dict[str, set[str]] = defaultdict(set)
        self.names: dict[str, str] = {}
        self._phrases: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._capitals: dict[str, list[str]] = defaultdict(list)
        self._issuers: set[str] = set()
        rows = snapshot.query("SELECT id, name, aliases, issuer FROM credentials")
        for key, name, aliases, issuer in sorted(rows, key=lambda row: (not row[0].startswith(OURS), row[0])):
            self._add(key, name, aliases or ())
            self._issuers.update(IN_BRACKETS.findall(issuer or ""))
        for ours, name, value in relations:
            if name == "abbreviation":
                self._put(value, ours)
            elif name == "cue":
                self.cues[ours].add(folded(value))

    def _add(self, key: str, name: str, aliases: Sequence[str]) -> None:
        stands = self.same.get(key, key)
        self.names[key] = name
        for each in (name, MARKS.sub(" ", name), *aliases):
            self._put(each, stands)
        for short in IN_BRACKETS.findall(name):
            if not key.startswith(OURS):
                self._capitals[short].append(stands)

    def _put(self, name: str, key: str) -> None:
        said = tuple(token.word for token in tokens(name))
        if said and key not in self._phrases[said]:
            self._phrases[said].append(key)

    def find(self, text: str) -> list[Mention]:
        """Return what a text names exactly, in its order; the longest names first, no word twice."""
        found, taken = [], set[int]()
        said = tokens(text)
        speaks = bool(SPEAKING.search(text))
        for length in range(min(LONGEST, len(said)), 0, -1):
            for first in range(len(said) - length + 1):
                span = set(range(first, first + length))
                plain = len(said) == 1 or (speaks and _alone(said, first))
                ids = () if taken & span else self._at(said[first : first + length], plain=plain)
                if ids:
                    taken |= span
                    words = text[said[first].start : said[first + length - 1].end]
                    found.append(Mention(words, self._meant(ids, said), first, first + length))
        return sorted(found, key=lambda mention: mention.first)

    def _at(self, said: Sequence[Token], *, plain: bool) -> tuple[str, ...]:
        """Return what these words name; `plain` tells if the plain name of a trade counts for its licence."""
        ids = self._phrases.get(tuple(token.word for token in said), [])
        ours = [key for key in ids if key.startswith(OURS)]
        if len(said) > 1:
            return tuple(ours or ids)
        written = said[0].written
        capitals = written.isupper()
        if len(written) < 3 and not capitals:
            return ()
        if not ids and capitals:
            ids = self._capitals.get(written, [])
            plain = True
        return tuple(dict.fromkeys(ours or (ids if plain else ())))

    def _meant(self, ids: tuple[str, ...], said: Sequence[Token]) -> tuple[str, ...]:
        """Return the meanings that the other words of the text speak for; all of them where none does."""
        if len(ids) == 1:
            return ids
        heard = {token.word for token in said}
        votes = {key: len(heard & self.cues.get(key, set())) for key in ids}
        best = max(votes.values())
        return tuple(key for key in ids if votes[key] == best) if best else ids

    def is_issuer(self, word: str) -> bool:
        """Whether a word is the abbreviation of a body that gives credentials."""
        return word in self._issuers

    def nearly(self, words: str) -> str | None:
        """Return the credential whose name differs from these words by a slip or two; an abbreviation is no slip."""
        short = {token.word for token in tokens(words) if token.written.isupper()}
        for key in self._similar(words, fuzz.token_sort_ratio, NEARLY, 1):
            if short <= {token.word for token in tokens(self.names[key])} or not short:
                return key
        return None

    def nearest(self, words: str) -> list[str]:
        """Return the few credentials whose names come nearest to words that nobody knows."""
        return self._similar(words, fuzz.token_set_ratio, NEAR, MOST_NEAREST)

    def _similar(self, words: str, scorer: object, least: int, most: int) -> list[str]:
        wanted = " ".join(token.word for token in tokens(words))
        choices = {said: " ".join(said) for said in self._phrases if len(" ".join(said)) > 3}
        if len(wanted) < 4:
            return []
        hits = process.extract(wanted, choices, scorer=scorer, processor=None, score_cutoff=least, limit=4 * most)  # type: ignore[arg-type]
        ranked = sorted(hits, key=lambda hit: (-hit[1], abs(len(hit[0]) - len(wanted)), hit[0]))
        keys = [self._phrases[said][0] for _name, _score, said in ranked]
        return list(dict.fromkeys(keys))[:most]


def _alone(said: Sequence[Token], at: int) -> bool:
    """Whether a word is not a part of a longer name in capitals."""
    beside = [said[near].written[:1] for near in (at - 1, at + 1) if 0 < near < len(said)]
    return not (said[at].written[:1].isupper() and any(letter.isupper() for letter in beside))


def rest_of(text: str, mentions: Iterable[Mention]) -> Iterator[list[Token]]:
    """Yield the runs of words that no mention covers, cut where a sentence or a list goes on."""
    said = tokens(text)
    taken = {at for mention in mentions for at in range(mention.first, mention.last)}
    run: list[Token] = []
    for at, token in enumerate(said):
        before = text[said[at - 1].end : token.start] if at else ""
        if at in taken or any(sign in before for sign in ',;:.?!()\n"“”'):
            yield run
            run = []
        if at not in taken:
            run.append(token)
    yield run
