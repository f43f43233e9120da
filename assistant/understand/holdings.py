"""The words and codes by which one snapshot's programs can be found; each part is built when first asked for."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.understand.lexicon import LONGEST, Phrase, lexicon
from assistant.understand.words import keys
from catalog.snapshot import Snapshot

SHORTEST_MENDED = 4
SEVERAL = 3
"""In one or two titles a word may be a slip of the publisher's."""
SPLIT = "SELECT DISTINCT unnest(string_split_regex(lower({0}), '[^a-z]+')) FROM {1}"
WRITTEN = (
    ("array_to_string(alternate_titles, ' ')", "occupations"),
    ("coalesce(description, '')", "occupations"),
)
"""Where correctly written English words are taken from."""
Names = Mapping[Phrase, set[str]]


@dataclass(frozen=True)
class Entry:
    """A program as it can be found: its title's words, the subjects that they name, its codes and credentials."""

    id: str
    provider_id: str
    title: Phrase
    topics: frozenset[str]
    cip: str | None
    soc: frozenset[str]
    credentials: frozenset[str]


class Holdings:
    """Programs, occupations, fields and credentials of a snapshot, by words."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Programs by id."""
        titles: dict[str, tuple[Phrase, frozenset[str]]] = {}
        out = {}
        sql = "SELECT id, provider_id, name, cip, soc, credential_ids FROM programs ORDER BY id"
        for key, provider_id, name, cip, soc, credentials in self._snapshot.query(sql):
            if name not in titles:
                row = tuple(keys(name))
                titles[name] = row, frozenset(each for span in lexicon().titled.find(row) for each in span.topics)
            title, topics = titles[name]
            out[key] = Entry(key, provider_id, title, topics, cip, frozenset(soc or ()), frozenset(credentials or ()))
        return out

    @cached_property
    def title_words(self) -> Counter[str]:
        """In how many different titles a word occurs."""
        return Counter(word for title in {entry.title for entry in self.entries.values()} for word in set(title))

    @cached_property
    def by_title_word(self) -> Mapping[str, set[str]]:
        """Programs by the words of their titles."""
        return _grouped((word, entry.id) for entry in self.entries.values() for word in entry.title)

    @cached_property
    def by_code(self) -> Mapping[str, set[str]]:
        """Programs by CIP code, SOC code and credential."""
        return _grouped(
            (code, entry.id)
            for entry in self.entries.values()
            for code in (*entry.soc, *entry.credentials, *((entry.cip,) if entry.cip else ()))
        )

    @cached_property
    def mendable(self) -> Mapping[str, list[str]]:
        """Words of the lexicon by their first letter, for mending errors of typing."""
        words = (word for word in sorted(lexicon().asked.words()) if len(word) >= SHORTEST_MENDED)
        out: dict[str, list[str]] = defaultdict(list)
        for word in words:
            out[word[0]].append(word)
        return out

    @cached_property
    def common_words(self) -> frozenset[str]:
        """Words of occupations and of the lexicon: none of them is a school's own."""
        rows = self._snapshot.query(" UNION ".join(SPLIT.format(*each) for each in WRITTEN))
        return frozenset(key for row in rows for key in keys(row[0])) | lexicon().asked.words()

    def is_written(self, word: str) -> bool:
        """Whether a word is surely written correctly: a word of occupations or the lexicon, or of several titles."""
        return word in self.common_words or self.title_words[word] >= SEVERAL

    @cached_property
    def credential_names(self) -> Names:
        """Credentials by name."""
        rows = self._snapshot.query("SELECT id, name, aliases FROM credentials")
        return _by_name((key, (name, *(aliases or ()))) for key, name, aliases in rows)

    @cached_property
    def occupation_names(self) -> Names:
        """SOC codes by O*NET title, the alternate titles included."""
        rows = self._snapshot.query("SELECT soc, title, alternate_titles FROM occupations")
        return _by_name((soc, (title, *(others or ()))) for soc, title, others in rows)

    @cached_property
    def field_names(self) -> Names:
        """CIP codes by title."""
        rows = self._snapshot.query("SELECT code, title FROM codes WHERE system = 'cip2020'")
        return _by_name((code, (title.partition(",")[0], *title.split("/"))) for code, title in rows)


def _grouped(pairs: Iterable[tuple[str, str]]) -> Mapping[str, set[str]]:
    out: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        out[key].add(value)
    return out


def _by_name(rows: Iterable[tuple[str, Iterable[str]]]) -> Names:
    out: dict[Phrase, set[str]] = defaultdict(set)
    for key, names in rows:
        for name in names:
            row = tuple(keys(name))
            if 0 < len(row) <= LONGEST:
                out[row].add(key)
    return out
