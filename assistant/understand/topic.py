"""Which programs a subject means: by title, by code, by credential, decided before any limit is applied."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from assistant.understand.holdings import Entry, Holdings, Names
from assistant.understand.lexicon import LONGEST, lexicon
from assistant.understand.subject import Subject
from assistant.understand.words import keys

RIGHT, NEAR = 2, 1
BOTH_WITNESSES, TITLE_ONLY, CODE_ONLY = 3, 2, 1
RARE_TITLES = 60
"""A word in more titles than this names no subject."""
WHOLE_TITLE = 0.67
"""Least share of the telling words of a question that a title has to have."""
FEW_OCCUPATIONS = 4
NARROWING = frozenset(
    [
        "refresher",
        "bridge",
        "conversion",
        "prep",
        "preparation",
        "review",
        "homeowner",
        "exam",
        "brush",
        "instructor",
        "teacher",
        "voucher",
        "renewal",
        "continuing",
        "ii",
        "iii",
        "iv",
    ]
)
"""Title words of courses for those who know the trade already."""
GENERAL = frozenset(
    [
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "for",
        "in",
        "on",
        "to",
        "with",
        "w",
        "at",
        "by",
        "from",
        "as",
        "is",
        "be",
        "program",
        "course",
        "class",
        "training",
        "certificate",
        "certification",
        "certified",
        "professional",
        "basic",
        "intro",
        "introduction",
        "level",
        "part",
        "i",
        "ii",
        "iii",
        "iv",
        "time",
        "based",
        "online",
        "virtual",
        "hybrid",
        "technician",
        "specialist",
        "associate",
        "assistant",
        "option",
        "degree",
        "general",
        "advanced",
        "skill",
        "work",
        "worker",
        "job",
        "career",
        "study",
        "series",
        "project",
        "package",
        "business",
        "science",
        "technology",
        "fundamental",
        "management",
        "service",
        "school",
        "test",
        "exam",
        "prep",
        "new",
        "life",
        "health",
        "care",
        "social",
        "personal",
        "human",
        "development",
        "community",
        "education",
        "day",
        "hour",
        "week",
        "best",
        "full",
        "paid",
        "my",
        "your",
        "one",
        "two",
        "first",
        "second",
        "english",
        "spanish",
        "mini",
        "master",
        "expert",
        "art",
        "person",
        "people",
        "free",
        "real",
        "good",
    ]
)


@dataclass(frozen=True)
class Match:
    """How a program stands to a subject: right or near, and by how many witnesses."""

    grade: int
    witnesses: int
    others: int = 0
    """How many other subjects its title names."""
    place: int = 0
    """Place of its subject among those asked for: a whole field lists first what most people enter it by."""

    @property
    def rank(self) -> tuple[int, int, int]:
        """Return a key by which better matches come first."""
        return (-self.grade, -self.witnesses, self.others)


Found = Mapping[str, Match]


class TopicIndex:
    """Programs by subject, for one snapshot; built when first asked, safe to share between threads."""

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings

    def beyond_lexicon(self, words: str) -> Subject:
        """Return what words mean that the lexicon doesn't have: a credential, a title, an occupation, a field."""
        row, held = keys(words), self._holdings
        credentials = _longest(row, held.credential_names)
        if credentials:
            return Subject(credentials=credentials, words=words)
        titles = self._telling(row)
        if titles:
            return Subject(titles=titles, words=words)
        occupations = _longest(row, held.occupation_names)
        if 0 < len(occupations) <= FEW_OCCUPATIONS:
            return Subject(soc=occupations, words=words)
        return Subject(cip=_longest(row, held.field_names), words=words)

    def _telling(self, row: Sequence[str]) -> tuple[str, ...]:
        """Return the words that are rare in titles, when they are most of what is asked and one title has them all."""
        telling = [word for word in dict.fromkeys(row) if word not in GENERAL and len(word) > 1]
        counts, by_word = self._holdings.title_words, self._holdings.by_title_word
        known = tuple(word for word in telling if 0 < counts[word] <= RARE_TITLES)
        if not known or len(known) < WHOLE_TITLE * len(telling):
            return ()
        return known if set.intersection(*(by_word[word] for word in known)) else ()

    def programs(self, subject: Subject, asked: Collection[str] = ()) -> Found:
        """Return the programs of a subject, right and near; `asked` are the words of the question."""
        found: dict[str, Match] = {}
        topics = lexicon().topics
        wanted = lexicon().flat(subject.topics)
        for place, topic in enumerate(wanted):
            _take(found, ((k, replace(m, place=place)) for k, m in self._of_topic.get(topic, {}).items()))
        for topic in {each for key in (*wanted, *subject.topics) for each in topics[key].near} - set(wanted):
            _take(found, ((k, replace(m, grade=NEAR)) for k, m in self._of_topic.get(topic, {}).items()))
        _take(found, self._beyond(subject))
        entries, unwanted = self._holdings.entries, set(subject.without)
        return {
            key: _narrowed(entries[key], match, asked)
            for key, match in found.items()
            if not entries[key].topics & unwanted and not set(subject.unwanted) & set(entries[key].title)
        }

    def at_schools(self, ids: Iterable[str]) -> Found:
        """Return every program of some schools."""
        wanted = set(ids)
        entries = self._holdings.entries.values()
        return {entry.id: Match(RIGHT, BOTH_WITNESSES) for entry in entries if entry.provider_id in wanted}

    def _beyond(self, subject: Subject) -> Iterable[tuple[str, Match]]:
        held = self._holdings
        for code in subject.credentials:
            yield from ((key, Match(RIGHT, BOTH_WITNESSES)) for key in held.by_code.get(code, ()))
        if subject.titles:
            shared = set.intersection(*(held.by_title_word[word] for word in subject.titles))
            yield from ((key, Match(RIGHT, TITLE_ONLY)) for key in shared)
        for code in subject.cip:
            yield from ((key, Match(RIGHT, CODE_ONLY)) for key in held.by_code.get(code, ()))
        words = set(keys(subject.words)) - GENERAL
        for code in subject.soc:
            for key in held.by_code.get(code, ()):
                is_titled = bool(words & set(held.entries[key].title))
                yield key, Match(RIGHT, BOTH_WITNESSES) if is_titled else Match(NEAR, CODE_ONLY)

    @cached_property
    def _of_topic(self) -> Mapping[str, Found]:
        """Programs by topic. A title that names another subject outweighs the code."""
        coded: dict[str, set[str]] = defaultdict(set)
        for topic in lexicon().topics.values():
            for code in topic.cip:
                coded[code].add(topic.id)
        out: dict[str, dict[str, Match]] = defaultdict(dict)
        for entry in self._holdings.entries.values():
            by_code = coded.get(entry.cip or "", set())
            for key in entry.topics:
                witnesses = BOTH_WITNESSES if key in by_code else TITLE_ONLY
                out[key][entry.id] = Match(RIGHT, witnesses, len(entry.topics) - 1)
            if not entry.topics:
                for key in by_code:
                    out[key][entry.id] = Match(RIGHT, CODE_ONLY)
        return out


def _narrowed(entry: Entry, match: Match, asked: Collection[str]) -> Match:
    """A refresher or an exam review is near only, unless it is asked for."""
    narrow = set(entry.title) & NARROWING
    return replace(match, grade=NEAR) if narrow and narrow.isdisjoint(asked) else match


def _longest(row: Sequence[str], names: Names) -> tuple[str, ...]:
    """Return what the longest name within a row of words stands for."""
    for size in range(min(LONGEST, len(row)), 0, -1):
        for at in range(len(row) - size + 1):
            phrase = tuple(row[at : at + size])
            if phrase in names and not set(phrase) <= GENERAL:
                return tuple(sorted(names[phrase]))
    return ()


def _take(found: dict[str, Match], more: Iterable[tuple[str, Match]]) -> None:
    for key, match in more:
        if key not in found or match.rank < found[key].rank:
            found[key] = match
