"""The texts that stand for records in the index, composed by queries over columns."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from catalog.snapshot import Snapshot

BATCH = 5_000
MAX_WORDS = 120
MAX_TITLES = 12
DENSE_KINDS = ("program", "occupation", "credential", "standard")
"""Kinds that are embedded; providers and retired credentials are found by the words of their names alone."""

PROGRAMS = """
    SELECT id, name, provider_name, cip, soc, credential_ids, place_city, place_county, place_state, delivery,
           description FROM programs ORDER BY id
"""
OCCUPATIONS = "SELECT id, title, alternate_titles, description FROM occupations ORDER BY id"
CREDENTIALS = "SELECT id, name, aliases, kind, issuer, description, retired FROM credentials ORDER BY id"
STANDARDS = "SELECT id, title_en, title_es, text_en, text_es, aliases FROM standards ORDER BY id"
PROVIDERS = "SELECT id, name, aliases, place_city, place_state FROM providers ORDER BY id"


@dataclass(frozen=True)
class Passage:
    """A text that stands for a record; a record may have several (one per language)."""

    id: str
    kind: str
    title: str
    text: str

    @property
    def digest(self) -> bytes:
        """Return a hash of the text, by which its vectors are kept."""
        return hashlib.sha256(self.text.encode()).digest()[:16]


def dense_passages(snapshot: Snapshot) -> Iterator[Passage]:
    """Yield the passages that are embedded, in a fixed order."""
    yield from _programs(snapshot)
    yield from _occupations(snapshot)
    yield from _credentials(snapshot, retired=False)
    yield from _standards(snapshot)


def lexical_passages(snapshot: Snapshot) -> Iterator[Passage]:
    """Yield the passages that only the lexical index has: providers, retired credentials."""
    for batch in snapshot.batches(PROVIDERS, BATCH):
        for key, name, aliases, city, state in batch:
            yield Passage(key, "provider", name, _joined(name, *(aliases or ()), city, state))
    yield from _credentials(snapshot, retired=True)


def _programs(snapshot: Snapshot) -> Iterator[Passage]:
    fields = dict(snapshot.query("SELECT code, title FROM codes WHERE system = 'cip2020'"))
    jobs = dict(snapshot.query("SELECT code, title FROM codes WHERE system = 'soc2018'"))
    earned = dict(snapshot.query("SELECT id, name FROM credentials"))
    for batch in snapshot.batches(PROGRAMS, BATCH):
        for key, name, school, cip, soc, credentials, city, county, state, delivery, description in batch:
            titles = [jobs[code] for code in (soc or ())[:MAX_TITLES] if code in jobs]
            names = [earned[each] for each in (credentials or ()) if each in earned]
            text = _joined(name, fields.get(cip), *titles, *names, school, city, county, state, delivery, description)
            yield Passage(key, "program", name, text)


def _occupations(snapshot: Snapshot) -> Iterator[Passage]:
    for batch in snapshot.batches(OCCUPATIONS, BATCH):
        for key, title, alternates, description in batch:
            yield Passage(key, "occupation", title, _joined(title, *(alternates or ())[:MAX_TITLES], description))


def _credentials(snapshot: Snapshot, *, retired: bool) -> Iterator[Passage]:
    for batch in snapshot.batches(CREDENTIALS, BATCH):
        for key, name, aliases, kind, issuer, description, is_retired in batch:
            if bool(is_retired) is retired:
                yield Passage(key, "credential", name, _joined(name, *(aliases or ()), kind, issuer, description))


def _standards(snapshot: Snapshot) -> Iterator[Passage]:
    for batch in snapshot.batches(STANDARDS, BATCH):
        for key, english, spanish, text_en, text_es, aliases in batch:
            yield Passage(key, "standard", english, _joined(english, *(aliases or ())[:MAX_TITLES], text_en))
            yield Passage(key, "standard", spanish, _joined(spanish, text_es))


def _joined(*parts: str | None) -> str:
    """Return the parts as sentences, cut to a length that both embedding models read whole."""
    said: Iterable[str] = (part.strip().rstrip(".") for part in parts if part and part.strip())
    words = ". ".join(dict.fromkeys(said)).split()
    return " ".join(words[:MAX_WORDS])
