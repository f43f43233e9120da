"""Values of CTDL: language maps, alignments to classifications, money, durations, places.

A value that can't be read is reported through `say(term, value, reason)` and is None.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple, TypeVar

from catalog.records import Length, Place
from ingestion import cells
from ingestion.ctdl_documents import Node, listed, shown
from ingestion.ctdl_words import DOLLARS
from ingestion.places import checked

T = TypeVar("T")
Say = Callable[[str, str, str], None]
"""Reports a value: its term, the value, what is wrong."""

PREFERRED = ("en", "es")
TAG = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
DURATION = re.compile(
    r"P(?:(?P<years>[0-9.]+)Y)?(?:(?P<months>[0-9.]+)M)?(?:(?P<weeks>[0-9.]+)W)?(?:(?P<days>[0-9.]+)D)?"
    r"(?:T(?:(?P<hours>[0-9.]+)H)?(?:(?P<minutes>[0-9.]+)M)?(?:[0-9.]+S)?)?"
)
WEEKS_IN = {"years": 52.0, "months": 52 / 12, "weeks": 1.0, "days": 1 / 7}
CREDIT_UNITS = ("SemesterHour", "QuarterHour", "CreditHour", "DegreeCredit")
STATE_CODE = 2


class Duration(NamedTuple):
    """An ISO 8601 duration: calendar time in weeks, and hours of instruction."""

    weeks: float | None
    hours: float | None


def unreported(_term: str, _value: str, _reason: str) -> None:
    """Say nothing: for a value that is read a second time, whose fault was reported the first time."""


def by_language(value: Any) -> Iterator[tuple[str | None, str]]:
    """Yield the texts of a language map with their tags; a plain string has none."""
    for each in listed(value):
        if isinstance(each, str):
            yield None, each
        elif isinstance(each, dict) and isinstance(each.get("@value"), str):
            yield each.get("@language"), each["@value"]
        elif isinstance(each, dict):
            for tag, texts in each.items():
                yield from ((tag, text) for text in listed(texts) if isinstance(text, str))


def words(value: Any, term: str, say: Say) -> str | None:
    """Return a text, in English if there is one, else in Spanish, else in the first language given."""
    found = list(by_language(value))
    ranked = sorted(found, key=lambda pair: _rank(pair[0]))
    chosen = ranked[0][1] if ranked else None
    return parsed(chosen, term, cells.as_text, say)


def other_words(value: Any, taken: str | None, term: str, say: Say) -> tuple[str, ...]:
    """Return all texts but one, each once."""
    texts = (parsed(text, term, cells.as_text, say) for _, text in by_language(value))
    return tuple(dict.fromkeys(text for text in texts if text and text != taken))


def _rank(tag: str | None) -> int:
    language = "en" if tag is None else re.split(r"[-:_]", tag)[0].lower()
    return PREFERRED.index(language) if language in PREFERRED else len(PREFERRED)


def parsed(raw: Any, term: str, parser: Callable[[str], T | None], say: Say) -> T | None:
    """Return a scalar read by a parser of `ingestion.cells`."""
    if raw is None or isinstance(raw, dict | list):
        if raw:
            say(term, shown(raw), "one value was expected")
        return None
    try:
        return parser(raw if isinstance(raw, str) else _plain(raw))
    except cells.CellError as error:
        say(term, str(raw), str(error))
        return None


def _plain(number: Any) -> str:
    """A float in decimal notation, so that tiny and huge ones stay readable as numbers."""
    return format(Decimal(repr(number)), "f") if isinstance(number, float) and math.isfinite(number) else str(number)


def number(raw: Any, term: str, say: Say) -> float | None:
    """Return a number, as JSON or as text; JSON's own numbers are taken exactly."""
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) <= cells.MAX_AMOUNT:
        return float(raw)
    return parsed(raw, term, cells.as_number, say)


def concepts(value: Any) -> list[str]:
    """Return the last part of each concept that is aimed at: `deliveryType:InPerson` is `InPerson`."""
    out = []
    for each in listed(value):
        target = each.get("ceterms:targetNode") if isinstance(each, dict) else each
        target = target.get("@id") if isinstance(target, dict) else target
        if isinstance(target, str):
            out.append(re.split(r"[:/#]", target)[-1])
    return out


def codes(node: Node, term: str, parser: Callable[[str], T | None], say: Say) -> list[T]:
    """Return the codes of alignments to a classification; those without a code are words only."""
    found = []
    for each in listed(node.get(term)):
        raw = each.get("ceterms:codedNotation") if isinstance(each, dict) else None
        code = parsed(raw, term, parser, say)
        if code is not None:
            found.append(code)
    return list(dict.fromkeys(found))


def as_cip(raw: str) -> str | None:
    """Return a CIP code; a hyphen in the place of the dot is read as one."""
    return cells.as_cip(re.sub(r"^([0-9]{2})-([0-9]{4})$", r"\1.\2", raw.strip()))


def dollars(profile: Node, amount: str, currency: str, say: Say) -> float | None:
    """Return an amount in US dollars; other currencies, and amounts below zero, are reported and not used."""
    value = number(profile.get(amount), amount, say)
    if value is None:
        return None
    unit = shown(profile.get(currency)).strip()
    if unit.upper() not in DOLLARS:
        say(currency, unit, "not US dollars")
        return None
    if value < 0:
        say(amount, str(value), "a negative amount")
        return None
    return value


def duration(raw: Any, term: str, say: Say) -> Duration:
    """Return an ISO 8601 duration; months and years are taken as 52 weeks a year."""
    text = shown(raw).strip()
    if not text:
        return Duration(None, None)
    match = DURATION.fullmatch(text)
    try:
        parts = {name: float(part) for name, part in match.groupdict().items() if part} if match else {}
    except ValueError:
        parts = {}
    if not parts:
        say(term, text, "not an ISO 8601 duration")
        return Duration(None, None)
    weeks = [parts[name] * factor for name, factor in WEEKS_IN.items() if name in parts]
    hours = [parts[name] / per for name, per in (("hours", 1), ("minutes", 60)) if name in parts]
    return Duration(sum(weeks) if weeks else None, sum(hours) if hours else None)


def length(node: Node, say: Say) -> Length:
    """Return how long something takes, from its durations and its credit value."""
    low = high = hours = None
    for profile in (each for each in listed(node.get("ceterms:estimatedDuration")) if isinstance(each, dict)):
        exact = duration(profile.get("ceterms:exactDuration"), "ceterms:exactDuration", say)
        least = duration(profile.get("ceterms:minimumDuration"), "ceterms:minimumDuration", say)
        most = duration(profile.get("ceterms:maximumDuration"), "ceterms:maximumDuration", say)
        hours = exact.hours if hours is None else hours
        low = (exact.weeks if exact.weeks is not None else least.weeks) if low is None else low
        high = (exact.weeks if exact.weeks is not None else most.weeks) if high is None else high
    return Length(clock_hours=hours, credit_hours=_credits(node, say), weeks_min=low, weeks_max=high)


def _credits(node: Node, say: Say) -> float | None:
    for value in (each for each in listed(node.get("ceterms:creditValue")) if isinstance(each, dict)):
        if set(concepts(value.get("ceterms:creditUnitType"))).intersection(CREDIT_UNITS):
            return number(value.get("schema:value"), "ceterms:creditValue", say)
    return None


def place(node: Node, term: str, say: Say) -> Place:
    """Return the first place that has an address, with county and coordinates of its ZIP code."""
    for given in (each for each in listed(node.get(term)) if isinstance(each, dict)):
        found = Place(
            street=words(given.get("ceterms:streetAddress"), "ceterms:streetAddress", say),
            city=words(given.get("ceterms:addressLocality"), "ceterms:addressLocality", say),
            county=words(given.get("ceterms:subRegion"), "ceterms:subRegion", say),
            state=_state(words(given.get("ceterms:addressRegion"), "ceterms:addressRegion", say), say),
            zip=parsed(given.get("ceterms:postalCode"), "ceterms:postalCode", cells.as_zip, say),
            latitude=number(given.get("ceterms:latitude"), "ceterms:latitude", say),
            longitude=number(given.get("ceterms:longitude"), "ceterms:longitude", say),
        )
        if found != Place(latitude=found.latitude, longitude=found.longitude):
            return checked(found, lambda part, value, reason: say(f"{term}.{part}", value, reason))
    return Place()


def _state(name: str | None, say: Say) -> str | None:
    if name is None:
        return None
    if len(name) > STATE_CODE:
        name = _state_codes().get(name.upper(), name)
    return parsed(name, "ceterms:addressRegion", cells.as_state, say)


@cache
def _state_codes() -> dict[str, str]:
    import us

    return {state.name.upper(): state.abbr for state in (*us.states.STATES_AND_TERRITORIES, us.states.DC)}
