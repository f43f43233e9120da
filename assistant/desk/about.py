"""What a message is about: schools, programs and credentials that it names in full, linked to their records.

A name that is only similar is never linked: an accused school must not be taken for another one.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from importlib.resources import files
from typing import Literal, NamedTuple

import yaml

from assistant.names import GENERIC, SMALL_WORDS, Entry, NameIndex, comparable
from catalog.records import Record
from catalog.snapshot import Snapshot

LONGEST = 10
"""Words of the longest name that is looked for."""
MOST_WORDS = 600
CAMPUS = re.compile(r"\s+[-–]\s*|\s*[-–]\s+|, | \(| at ")
SCHOOL_WORDS = frozenset(
    "academy college institute school schools university center centre training tech campus academia colegio escuela".split()
)
MORE = GENERIC | frozenset(
    "barber beauty nursing medical dental welding hair truck driving truck cdl trade vocational adult night summer high public private catholic christian saint north south east west central online program programs class classes course certificate first new american best learning skills job jobs health".split()
)
"""Words that alone tell no school from another."""


class Subject(Record):
    """What a message names; `id` is None where several records bear the name."""

    kind: Literal["provider", "program", "credential"]
    id: str | None
    name: str
    words: str


class Word(NamedTuple):
    """A word of the message, made comparable, and where it stands."""

    text: str
    start: int
    end: int
    capital: bool


class Subjects:
    """Finds the records that a message names; read from the snapshot when first asked."""

    def __init__(self, snapshot: Snapshot, names: NameIndex) -> None:
        self._snapshot, self._names = snapshot, names

    def find(self, text: str) -> tuple[Subject, ...]:
        """Return the schools, programs and credentials that a text names, each once, in order."""
        words = list(_words(text))[:MOST_WORDS]
        taken: set[int] = set()
        found: dict[tuple[str, str], Subject] = {}
        for size in range(min(LONGEST, len(words)), 0, -1):
            for at in range(len(words) - size + 1):
                if taken.isdisjoint(range(at, at + size)):
                    subject = self._named(text, words, at, size)
                    if subject:
                        taken.update(range(at, at + size))
                        found.setdefault((subject.kind, subject.name), subject)
        return tuple(sorted(found.values(), key=lambda each: text.find(each.words)))

    def _named(self, text: str, words: list[Word], at: int, size: int) -> Subject | None:
        part = words[at : at + size]
        phrase, said = " ".join(word.text for word in part), text[part[0].start : part[-1].end]
        if size > 1 and self._is_school(phrase, words, at, size):
            return self._provider(phrase, said)
        credential = self._credentials.get(phrase)
        if credential and (size > 1 or said.isupper()):
            return Subject(kind="credential", id=credential[0], name=credential[1], words=said)
        program = self._programs.get(phrase) if size > 2 else None
        return Subject(kind="program", id=program[0], name=program[1], words=said) if program else None

    def _is_school(self, phrase: str, words: list[Word], at: int, size: int) -> bool:
        if phrase not in self._schools or all(word in MORE for word in phrase.split()):
            return False
        if phrase in self._places or not any(word.capital for word in words[at : at + size]):
            return False
        before, after = words[at - 1] if at else None, words[at + size] if at + size < len(words) else None
        # A longer capitalised name that holds this one is another school.
        if (
            before
            and before.capital
            and words[at].capital
            and before.text not in SMALL_WORDS
            and not before.text.isdigit()
        ):
            return False
        return after is None or after.text not in SCHOOL_WORDS

    def _provider(self, phrase: str, said: str) -> Subject:
        entries = self._schools[phrase]
        schools = {entry.school for entry in entries}
        listed = {entry.school for entry in entries if entry.state == "NJ"}
        one = schools if len(schools) == 1 else listed
        name = min((entry.name for entry in entries), key=len)
        return Subject(kind="provider", id=next(iter(one)) if len(one) == 1 else None, name=name, words=said)

    @cached_property
    def _schools(self) -> dict[str, list[Entry]]:
        """Providers by each comparable name, also without what names a campus."""
        found: dict[str, list[Entry]] = defaultdict(list)
        for entry in self._names.entries.values():
            for name in dict.fromkeys(_spellings(entry)):
                found[name].append(entry)
        return found

    @cached_property
    def _places(self) -> frozenset[str]:
        """Names of towns and states: alone they name no school."""
        from us import states

        towns = {comparable(entry.city) for entry in self._names.entries.values() if entry.city}
        return frozenset(towns | {comparable(state.name) for state in states.STATES})

    @cached_property
    def _credentials(self) -> dict[str, tuple[str, str]]:
        rows = self._snapshot.query("SELECT id, name FROM credentials ORDER BY retired DESC NULLS FIRST, id")
        found = {_comparable(name): (key, name) for key, name in rows if len(name) > 2}
        found = {name: pair for name, pair in found.items() if len(name.split()) > 1}
        by_name = {name: pair for pair in found.values() for name in (pair[1],)}
        text = (files("assistant") / "desk" / "credential_words.yaml").read_text(encoding="utf-8")
        for name, spoken in yaml.safe_load(text).items():
            pair = by_name.get(name)
            found |= {_comparable(each): pair for each in spoken if pair}
        return found

    @cached_property
    def _programs(self) -> dict[str, tuple[str | None, str]]:
        rows = self._snapshot.query("SELECT name, min(id), count(*) FROM programs GROUP BY name")
        return {_comparable(name): (key if count == 1 else None, name) for name, key, count in rows}


def _spellings(entry: Entry) -> Iterator[str]:
    for name in (entry.name, *entry.aliases):
        yield comparable(name)
        cut = comparable(CAMPUS.split(name)[0])
        if len(cut.split()) > 1 and any(word not in MORE for word in cut.split()):
            yield cut


def _comparable(name: str) -> str:
    return " ".join(word.text for word in _words(name))


def _words(text: str) -> Iterable[Word]:
    """Yield the words as `comparable` sees them; `&` is *and*, `A+` keeps its plus."""
    for found in re.finditer(r"[^\W_]+(?:['’.][^\W_]+)*\+?|&", text):
        word = comparable(found[0])
        for part in word.split():
            text_of = f"{part}+" if found[0].endswith("+") else part
            yield Word(text_of, found.start(), found.end(), found[0][0].isupper())
