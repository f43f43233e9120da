"""The statements of an answer, each held against the records that it cites.

One line is one statement. It is supported when every figure, date and name in it occurs in the records that it cites:
figures in their unit and rounding, names as words that are no wording of ours (`prompts/messages`). This is ALCE's
reading of citations, with a record check where ALCE asks a model:

    citation recall      a statement with a figure or name is supported by all that it cites, taken together
    citation precision   a citation holds at least one figure, date or name of its statement

A statement that cites nothing may repeat what the question asked for, and count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from evals.evidence import NOTHING, Evidence, Place, cited_evidence, evidence_of, numbers_of, words_of
from evals.records import Records
from evals.slots import NEAR_MILES

MARK = re.compile(r"\[(\d+)\]")
ADDRESS = re.compile(r"https?://\S+|`[^`]*`")
RANK = re.compile(r"^#*\s*\d+\.\s")
DATE = re.compile(r"(?<!\d)(?:19|20)\d{2}(?:-\d{2}){1,2}(?!\d)")
FIGURE = re.compile(
    r"(?P<dollar>\$)?(?P<value>\d+(?:,\d{3})*(?:\.\d+)?)(?P<percent>\s?%)?(?P<miles> (?:miles|millas))?"
)
SOURCES = re.compile(r"^\*\*(?:Sources|Fuentes)\*\*$")
NAME = re.compile(r"(?<![.!?:] )(?<!^)\b[A-ZÁÉÍÓÚÑ]\w+")
DAYS_OF_A_BAND = frozenset({1.0, 2.0, 3.0, 7.0})
WEEKS_OF_DAYS = 1.0
FROM = ("near", "in_city", "in_zip")
"""Filters that name a place that miles are counted from."""


@dataclass(frozen=True)
class Statement:
    """One line, what is wrong with it, and which of its citations hold none of it."""

    text: str
    citations: tuple[int, ...]
    unsupported: tuple[str, ...]
    idle: tuple[int, ...]
    is_claim: bool
    """Whether it has a figure, a date or a citation: something that a record must hold."""


def statements(answer: dict[str, Any], records: Records) -> list[Statement]:
    """Return the statements of an answer; its list of sources at the end is none."""
    by_number = {each["number"]: cited_evidence(records, each) for each in answer["citations"]}
    asked = _asked(answer)
    own_words = not answer["writer"].startswith("embedded")
    every = asked
    for evidence in by_number.values():
        every |= evidence
    found = []
    for line in _lines(answer["text"]):
        cited = tuple(dict.fromkeys(int(number) for number in MARK.findall(line)))
        held = asked
        for number in cited:
            held |= by_number.get(number, NOTHING)
        found.append(_judged(line, cited, by_number, held if cited else every, asked, answer, names_only=own_words))
    return found


def _judged(
    line: str,
    cited: tuple[int, ...],
    by_number: dict[int, Evidence],
    held: Evidence,
    asked: Evidence,
    answer: dict[str, Any],
    *,
    names_only: bool,
) -> Statement:
    body = RANK.sub("", ADDRESS.sub(" ", MARK.sub(" ", line))).replace("\\", "")
    places = [(str(f["value"]), f.get("state") or "NJ") for f in answer["query"]["filters"] if f["name"] in FROM]
    dates, rest = DATE.findall(body), DATE.sub(" ", body)
    wrong = [date for date in dates if not held.has_date(date)]
    wrong += [f[0].strip() for f in FIGURE.finditer(rest) if not _is_held(f, held, places, is_cited=bool(cited))]
    wrong += [f"[{number}] is no source" for number in cited if number not in by_number]
    names = _names(body, names_only=names_only)
    wrong += sorted(names - held.words) if cited else []
    own = _own(dates, rest, names - asked.words)
    idle = tuple(n for n in cited if n in by_number and own != _own_none() and not _holds(by_number[n], own, places))
    return Statement(line, cited, tuple(wrong), idle, bool(cited or dates or FIGURE.search(rest)))


def _names(body: str, *, names_only: bool) -> set[str]:
    if names_only:
        return set().union(*(words_of(name) for name in NAME.findall(body))) - vocabulary()
    return words_of(body) - vocabulary()


def _is_held(found: re.Match[str], held: Evidence, places: list[Place], *, is_cited: bool) -> bool:
    value = float(found["value"].replace(",", ""))
    step = 10.0 ** -len(found["value"].partition(".")[2])
    if found["percent"]:
        return any(abs(each * 100 - value) <= step / 2 + 1e-9 or each == value for each in held.numbers)
    if found["miles"] and is_cited:
        return value in held.numbers or held.has_miles(value, places)
    if found["dollar"]:
        return any(abs(each - value) <= step / 2 + 1e-9 for each in held.numbers)
    if not is_cited and step == 1:
        return True
    if value in DAYS_OF_A_BAND and any(0 < each <= WEEKS_OF_DAYS for each in held.numbers):
        return True
    return any(abs(each - value) <= step / 2 + 1e-9 for each in held.numbers) or value in _figures_of_ours()


Own = tuple[frozenset[str], frozenset[float], frozenset[str]]


def _own(dates: list[str], rest: str, names: set[str]) -> Own:
    return frozenset(dates), frozenset(numbers_of(rest)), frozenset(names)


def _own_none() -> Own:
    return frozenset(), frozenset(), frozenset()


def _holds(evidence: Evidence, own: Own, places: list[Place]) -> bool:
    dates, numbers, names = own
    if any(evidence.has_date(date) for date in dates) or names & evidence.words:
        return True
    near = {round(each, 2) for each in evidence.numbers} | {round(each * 100) for each in evidence.numbers}
    return any(round(each, 2) in near for each in numbers) or any(evidence.has_miles(n, places) for n in numbers)


def _asked(answer: dict[str, Any]) -> Evidence:
    radius = [NEAR_MILES for each in answer["query"]["filters"] if each["name"] == "near"]
    return evidence_of([{"query": answer["query"], "radius": radius}])


def _lines(text: str) -> Iterator[str]:
    for line in text.splitlines():
        if SOURCES.match(line.strip()):
            return
        if line.strip():
            yield line.strip()


@cache
def vocabulary() -> frozenset[str]:
    """Return the words of our own texts in both languages, read from their files."""
    return frozenset(words_of(_texts()))


@cache
def _figures_of_ours() -> frozenset[float]:
    return frozenset(numbers_of(re.sub(r"\{[{%].*?[%}]\}", " ", _texts(), flags=re.DOTALL)))


def _texts() -> str:
    folder = Path(str(files("prompts"))) / "messages"
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*/*.yaml")))
