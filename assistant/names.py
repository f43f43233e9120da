"""Finding schools by name: the same name, all its words, or a spelling that is near; several are never guessed."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from rapidfuzz import fuzz, process

from catalog.snapshot import Snapshot

NOISE = re.compile(r"\b(?:inc|incorporated|llc|corp|corporation|co|ltd|the|pcs|pvs|tp|main campus)\b")
SHORT = re.compile(r"\b(st|mt|ft)\b")
LONG = {"st": "saint", "mt": "mount", "ft": "fort"}
SMALL_WORDS = frozenset(("a", "an", "and", "at", "de", "for", "in", "la", "of", "on", "y"))
NATIONAL = ("ipeds:", "dapip:")
"""Registers of institutions in the whole country."""
NEAR = 86
"""Least ratio of a name to a spelling that may be meant."""
CLEAR = 4
"""How much nearer than any other school one must be to be meant."""
SHORTEST = 5
"""Names with fewer letters have no near spellings."""
LIKE = 75
"""Least token-set ratio at which a name and a register number are about one school."""
SAME_WORD = 80
"""Least ratio of two spellings of one word."""
GENERIC_WORDS = """
academy arts beauty business campus career center city college community county education health institute
international medical national of school schools state system technical technology the trade training university
"""
GENERIC = SMALL_WORDS | frozenset(GENERIC_WORDS.split())
MOST_ALIKE = 3
DEEPEST = 3
COLUMNS = "id, coalesce(entity_id, id), parent_id, name, aliases, place_city, place_state, level"


class Entry(NamedTuple):
    """One provider record, as far as finding it by name needs."""

    id: str
    school: str
    parent_id: str | None
    name: str
    aliases: tuple[str, ...]
    city: str | None
    state: str | None
    level: str | None


def _entry(row: tuple[Any, ...]) -> Entry:
    key, school, parent_id, name, aliases, city, state, level = row
    return Entry(key, school, parent_id, name, tuple(aliases or ()), city, state, level)


@dataclass(frozen=True)
class Named:
    """The schools that a name may mean, and how they were found: `name`, `alias`, `words` or `spelling`.

    `namesakes` counts further schools whose name begins with the one name that was found.
    """

    schools: tuple[str, ...]
    method: str
    namesakes: int = 0


def comparable(name: str) -> str:
    """Return a name in lower case and without accents, punctuation and legal forms."""
    folded = unicodedata.normalize("NFKD", name.replace("&", " and ")).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", " ", re.sub(r"['’.]", "", folded))
    return " ".join(SHORT.sub(lambda found: LONG[found[1]], NOISE.sub(" ", words)).split())


def alike(name: str, known: Iterable[str]) -> bool:
    """Whether a name agrees with one of a school's names."""
    wanted = comparable(name)
    return any(_agree(wanted, comparable(each)) for each in known)


def _agree(one: str, other: str) -> bool:
    """Names agree by the words that tell schools apart; generic ones alone have to be the same."""
    mine, theirs = ({word for word in each.split() if word not in GENERIC} for each in (one, other))
    if not mine or not theirs:
        return one == other
    shared = any(fuzz.ratio(a, b) >= SAME_WORD for a in mine for b in theirs)
    return shared and fuzz.token_set_ratio(one, other) >= LIKE


class NameIndex:
    """All providers' names, read from the snapshot when first asked; safe to share between threads."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every provider record by id."""
        rows = self._snapshot.query(f"SELECT {COLUMNS} FROM providers ORDER BY id")  # noqa: S608 (our own columns)
        return {row[0]: _entry(row) for row in rows}

    @cached_property
    def _spellings(self) -> tuple[list[str], list[Entry], list[bool]]:
        """Comparable names side by side with their records, and whether each is an alias."""
        names, owners, by_alias = [], [], []
        for entry in self.entries.values():
            for number, name in enumerate((entry.name, *entry.aliases)):
                names.append(comparable(name))
                owners.append(entry)
                by_alias.append(number > 0)
        return names, owners, by_alias

    @cached_property
    def _same(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for at, name in enumerate(self._spellings[0]):
            found[name].append(at)
        return found

    @cached_property
    def _with_place(self) -> list[str]:
        names, owners, _ = self._spellings
        places = (f"{comparable(owner.city or '')} {(owner.state or '').lower()}" for owner in owners)
        return [f" {name} {place}" for name, place in zip(names, places, strict=True)]

    def find(self, name: str, state: str | None = None, city: str | None = None) -> Named:
        """Return the schools that a name may mean, in a state and city where these are given."""
        wanted = comparable(name)
        if not wanted:
            return Named((), "name")
        same = [at for at in self._same.get(wanted, ()) if self._is_in(at, state, city)]
        named = [at for at in same if not self._spellings[2][at]]
        by_words = self._by_words(wanted, state, city)
        if named:
            return self._exactly(named, [at for at in by_words if self._spellings[0][at].startswith(f"{wanted} ")])
        if same:
            return Named(self.schools(dict.fromkeys((*same, *by_words))), "alias")
        if by_words:
            return Named(self.schools(by_words), "words")
        return Named(self._by_spelling(wanted, state, city), "spelling")

    def _exactly(self, named: list[int], longer: list[int]) -> Named:
        """Return the schools of that very name, and how many have a longer one.

        A record of one list only is not taken for what national registers know by longer names
        (a department that a state lists as `Rutgers University`).
        """
        schools, all_of = self.schools(named), self.schools((*named, *longer))
        others = [key for key in all_of if key not in schools]
        if not any(key.startswith(NATIONAL) for key in schools) and any(key.startswith(NATIONAL) for key in others):
            return Named((*schools, *others), "name")
        return Named(schools, "name", len(others))

    def look_alikes(self, name: str) -> list[Entry]:
        """Return the schools whose names a name almost is, when no school has the name itself or a longer one."""
        wanted = comparable(name)
        if not wanted or wanted in self._same or any(each.startswith(f"{wanted} ") for each in self._spellings[0]):
            return []
        return [self.entries[key] for key in self._by_spelling(wanted, None, None)[:MOST_ALIKE]]

    def schools(self, found: Iterable[int]) -> tuple[str, ...]:
        """Return the schools of names, once each; a part goes with its whole where both were found.

        The owner of several schools, or a place where one teaches, is meant only where no school is.
        """
        entries = [self._spellings[1][at] for at in found]
        for level in ("system", "location"):
            entries = [entry for entry in entries if entry.level != level] or entries
        schools = dict.fromkeys(entry.school for entry in entries)
        return tuple(key for key in schools if not any(whole in schools for whole in self.wholes(key)))

    def wholes(self, school: str) -> list[str]:
        """Return the schools that a school is a part of, the nearest first; systems are none."""
        found: list[str] = []
        entry = self.entries.get(school)
        for _ in range(DEEPEST):
            if entry is None or entry.parent_id not in self.entries:
                break
            entry = self.entries[self.entries[entry.parent_id].school]
            if entry.level == "system" or entry.id in (school, *found):
                break
            found.append(entry.id)
        return found

    def _by_words(self, wanted: str, state: str | None, city: str | None) -> list[int]:
        """Return the names that hold all words of the one wanted, or their beginnings; the place counts as words."""
        words = [f" {word}" for word in wanted.split() if word not in SMALL_WORDS]
        if not words:
            return []
        held = [at for at, text in enumerate(self._with_place) if all(word in text for word in words)]
        found = [at for at in held if self._is_in(at, state, city)]
        # Names that begin with the words are meant before names that only hold them.
        return [at for at in found if self._spellings[0][at].startswith(wanted)] or found

    def _by_spelling(self, wanted: str, state: str | None, city: str | None) -> tuple[str, ...]:
        if len(wanted) < SHORTEST:
            return ()
        names, _owners, _ = self._spellings
        hits = process.extract(wanted, names, scorer=fuzz.ratio, processor=None, score_cutoff=NEAR, limit=50)
        near = [(score, at) for _name, score, at in hits if self._is_in(at, state, city)]
        best = max((score for score, _ in near), default=0.0)
        return self.schools(at for score, at in near if score > best - CLEAR)

    def _is_in(self, at: int, state: str | None, city: str | None) -> bool:
        entry = self._spellings[1][at]
        if state is not None and entry.state != state.upper():
            return False
        return city is None or comparable(entry.city or "") == comparable(city)


def by_numbers(snapshot: Snapshot, numbers: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Return the schools that bear register numbers, given as (column, number); the first known one counts."""
    for column, number in numbers:
        if column not in ("ids_opeid", "ids_unitid", "ids_nj_provider"):
            raise ValueError(f"no numbers in {column}")
        for value in (number, f"{number[:6]}00") if column == "ids_opeid" else (number,):
            sql = f"SELECT DISTINCT coalesce(entity_id, id) FROM providers WHERE {column} = ? ORDER BY 1"  # noqa: S608
            found = snapshot.query(sql, [value])
            if found:
                return tuple(row[0] for row in found)
    return ()
