"""Names of schools made comparable, and how well two of them agree."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz
from rapidfuzz.utils import default_process

from catalog.records import Provider

NOISE = re.compile(
    r"\b(inc|incorporated|llc|corp|corporation|co|ltd|the|pcs|pvs|wioa title (?:2|ii)|wia title (?:2|ii)|wioa youth|"
    r"wioa|wfnj|apprenticeship|customized trainer|credit programs?|non ?credit|certificate programs?|"
    r"continuing education(?: program)?|academic (?:programs|division)|main campus|campus|location)\b"
)
SHORT = re.compile(r"\b(st|mt|ft)\b")
LONG = {"st": "saint", "mt": "mount", "ft": "fort"}
GENERIC_WORDS = """
academies academy america american and art arts at barber beauty business by career careers center centers
centre city college colleges community cosmetology county design distance district education educational for
general global graduate hair health healthcare in institute institutes institution international learning
medical national nursing of on online professional program programs school schools science sciences services
state states studies system systems tech technical technological technology the trade training undergraduate
universities university vocational
"""
GENERIC = frozenset(GENERIC_WORDS.split())
"""Words that schools of any name share: names that have only these in common do not agree."""

AGREES = 75
"""Least token-set score of two names that share a register number."""
CONTAINS = 95
"""Least token-set score where one name is to contain the other."""
SAME_UNIT = 85
"""Least likeness of two names in one city that are one place's."""
SAME_WORD = 80
"""Least ratio of two spellings of one word."""


@dataclass(frozen=True)
class Named:
    """A provider with its name prepared for comparison."""

    provider: Provider
    name: str
    city: str


def prepared(provider: Provider) -> Named:
    """Return a provider with its name and city in comparable form."""
    return Named(provider, comparable(provider.name), comparable_city(provider.place.city))


def comparable(name: str) -> str:
    """Return a name in lower case, without legal forms, programme labels and punctuation."""
    text = default_process(name.replace("&", " and ").replace("'", "").replace("’", ""))
    return " ".join(_spelled_out(NOISE.sub(" ", text)).split())


def comparable_city(city: str | None) -> str:
    """Return a city in lower case, `St.` and the like spelled out; empty when unknown."""
    return " ".join(_spelled_out(default_process((city or "").replace("'", ""))).split())


def agreement(left: Named, right: Named) -> float:
    """Return how well two names agree, 0 to 100; an alias of either counts as its name."""
    lefts = [left.name, *map(comparable, left.provider.aliases)]
    rights = [right.name, *map(comparable, right.provider.aliases)]
    return max(score(a, b) for a in lefts for b in rights)


def score(one: str, other: str) -> float:
    """Return how well two comparable names agree; less than `AGREES` where only generic words do.

    A name of generic words only (`Academy of Hair Design`) has to be contained in the other.
    """
    found = fuzz.token_set_ratio(one, other)
    if fuzz.ratio(one.replace(" ", ""), other.replace(" ", "")) >= CONTAINS:
        return max(found, CONTAINS)  # `CollegeAmerica` and `College America`
    mine, theirs = _telling(one), _telling(other)
    if not mine or not theirs:
        alike = found >= CONTAINS
    else:
        alike = bool(mine & theirs) or any(fuzz.ratio(a, b) >= SAME_WORD for a in mine for b in theirs)
    return found if alike else min(found, AGREES - 1.0)


def _telling(name: str) -> set[str]:
    return {word for word in name.split() if word not in GENERIC and len(word) > 1}


def _spelled_out(text: str) -> str:
    return SHORT.sub(lambda match: LONG[match[1]], text)


def likeness(left: Named, right: Named) -> float:
    """Return how alike two names are as wholes, their city left out (`Bright Institute-Newark`); aliases count."""
    city = {*left.city.split(), *right.city.split()}
    lefts, rights = ([_without(city, name) for name in _names(each)] for each in (left, right))
    return max(fuzz.token_sort_ratio(a, b) for a in lefts for b in rights)


def _names(named: Named) -> list[str]:
    return [named.name, *map(comparable, named.provider.aliases)]


def _without(words: set[str], name: str) -> str:
    return " ".join(word for word in name.split() if word not in words) or name


UNITS = frozenset({"law"})
"""Schools of a university that have an accreditor of their own."""
SMALL = frozenset({"and", "at", "de", "for", "in", "of", "on", "the"})
SHORTEST_INITIALS = 2


def is_another_unit(left: Named, right: Named) -> bool:
    """Whether one name is that of a law school and the other is not: a part, but not the same."""
    return {*left.name.split()} & UNITS != {*right.name.split()} & UNITS


def share_only_their_city(left: Named, right: Named) -> bool:
    """Whether two names have nothing but their city and generic words in common.

    Publishers slip in numbers as well (`GateWay College Surprise` bears that of `Ottawa University-Surprise`).
    A name that is nothing but its city's (`Mason City`), the other's initials (`CET-Oxnard`) or the other in one word
    (`Edutek`, `Edu Tek`) speaks against nothing.
    """
    city = {*left.city.split(), *right.city.split()}
    if not _tells(left.name, city) or not _tells(right.name, city):
        return False
    lefts, rights = ([name for name in _names(each) if not {*name.split()} <= city] for each in (left, right))
    return all(_share_nothing(a, b, city) for a in lefts for b in rights)


def _tells(name: str, city: set[str]) -> set[str]:
    return _telling(name) - city - SMALL


def _share_nothing(one: str, other: str, city: set[str]) -> bool:
    mine, theirs = _tells(one, city), _tells(other, city)
    if _abbreviates(mine, other, city) or _abbreviates(theirs, one, city):
        return False
    together = fuzz.ratio(one.replace(" ", ""), other.replace(" ", ""))
    if max(together, fuzz.token_set_ratio(one, other)) >= CONTAINS:
        return False
    return not any(fuzz.ratio(a, b) >= SAME_WORD for a in mine for b in theirs)


def _abbreviates(words: set[str], name: str, city: set[str]) -> bool:
    initials = "".join(word[0] for word in name.split() if word not in city and word not in SMALL)
    return any(len(word) >= SHORTEST_INITIALS and initials.startswith(word) for word in words)
