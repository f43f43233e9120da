"""What the records behind a citation hold: their numbers, their words, their dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from evals.labels.derive import middle_of_town, miles, place_of_zip
from evals.records import Records, Row
from evals.slots import plain

WORD = re.compile(r"[^\W\d_]{2,}")
NUMERAL = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
MILES_TOLERANCE = 3.0
"""Two sources of coordinates for one place may lie this far apart."""


Place = tuple[str, str]
"""A town's name, or a ZIP code, and its state."""


@dataclass(frozen=True)
class Evidence:
    """Numbers, words and dates of some records."""

    numbers: frozenset[float]
    words: frozenset[str]
    dates: frozenset[str]
    zips: frozenset[str] = frozenset()

    def __or__(self, other: Evidence) -> Evidence:
        return Evidence(
            self.numbers | other.numbers, self.words | other.words, self.dates | other.dates, self.zips | other.zips
        )

    def has_date(self, date: str) -> bool:
        """Whether a record has the date, or one within the month or year that is told."""
        return any(each.startswith(date) for each in self.dates)

    def has_miles(self, value: float, places: Iterable[Place]) -> bool:
        """Whether the way from one of the places to a ZIP code of the records is about so long."""
        for name, state in places:
            middle = place_of_zip(name) if name.isdigit() else middle_of_town(name, state)
            ends = [end for code in self.zips if (end := place_of_zip(code))]
            if middle and any(abs(miles(middle, end) - value) <= MILES_TOLERANCE for end in ends):
                return True
        return False


NOTHING = Evidence(frozenset(), frozenset(), frozenset())


def evidence_of(rows: Iterable[Row]) -> Evidence:
    """Return what rows hold; numbers within their texts count, lists and dates too."""
    numbers: set[float] = set()
    words: set[str] = set()
    dates: set[str] = set()
    zips: set[str] = set()
    for row in rows:
        zips |= {row["place_zip"]} if row.get("place_zip") else set()
        for value in _leaves(row):
            if isinstance(value, bool):
                continue
            if isinstance(value, int | float):
                numbers.add(float(value))
                continue
            text = str(value)
            words |= words_of(text)
            numbers |= numbers_of(text)
            dates |= set(re.findall(r"\d{4}(?:-\d{2}){0,2}", text))
    return Evidence(frozenset(numbers), frozenset(words), frozenset(dates), frozenset(zips))


def cited_evidence(records: Records, citation: dict[str, Any]) -> Evidence:
    """Return what the record of a citation holds, with the school and the credentials that it names by their ids."""
    rows = list(records.cited(citation["source"], citation["record_id"]))
    return evidence_of([*rows, *_followed(records, rows)])


def words_of(text: str) -> set[str]:
    """Return the words of a text, in lower case without accents."""
    return set(WORD.findall(plain(text)))


def numbers_of(text: str) -> set[float]:
    """Return the numbers that stand in a text."""
    return {float(found.replace(",", "")) for found in NUMERAL.findall(text)}


def _followed(records: Records, rows: Iterable[Row]) -> Iterator[Row]:
    for row in list(rows):
        subject = str(row.get("subject_id") or "")
        for key in {row.get("provider_id"), row.get("parent_id"), row.get("entity_id"), subject.partition("|")[0]}:
            if key:
                yield from records.rows("providers", "id", str(key))
        for key in row.get("credential_ids") or ():
            yield from records.rows("credentials", "id", key)
        if "|" in subject:
            yield from records.rows("codes", "code", subject.partition("|")[2])
        elif subject:
            yield from records.rows("programs", "id", subject)


def _leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _leaves(inner)
    elif value is not None:
        yield value
