"""Which provider records are one school: every provider gets the id under which findings about it are filed.

A register's own number makes two records one school wherever they say it stands. A link by a number
that branches share (VA's facility codes, tax ids) makes them one only in the same city and under the
same name; otherwise the record is a part of the other, and what is said of the part is not said of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from rapidfuzz import fuzz

from catalog.records import Link, Provider
from ingestion.school_names import Named, comparable, prepared
from ingestion.shelf import Shelf

RANKS = {"ipeds": 0, "dapip": 1, "va": 2}
"""Which register's record stands for a school, the first that has it."""

REGISTERS = ("dapip", "fsa_hcm")
"""Sources whose numbers are of institutions, one record each."""

SAME_NAME = 90
SAME_UNIT = 85
"""Least token-sort scores: of two names in different cities, and of a unit's name in the same city."""


def assign_entities(shelf: Shelf, links: Iterable[Link]) -> None:
    """Fill `entity_id` of every provider, and `parent_id` of those that are part of a linked school."""
    targets: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.accepted:
            targets[link.left_id].append(link)
    named = {provider.id: prepared(provider) for provider in shelf.all(Provider)}
    chosen = {left: best for left, found in targets.items() if (best := _best(found, named)) is not None}
    same = {left: link.right_id for left, link in chosen.items() if _is_same(named[left], named[link.right_id], link)}
    for provider in list(shelf.all(Provider)):
        entity = _follow(provider.id, same)
        changes: dict[str, str] = {"entity_id": entity}
        whole = chosen.get(provider.id)
        if whole is not None and entity == provider.id and provider.parent_id is None:
            changes["parent_id"] = _follow(whole.right_id, same)
        shelf.replace(provider.model_copy(update=changes))


def _best(links: list[Link], named: Mapping[str, Named]) -> Link | None:
    """Return the link to the register that ranks first, there to the likest record; None where two are alike."""
    rank = min(_rank(link) for link in links)

    def likeness(link: Link) -> tuple[bool, float, float, bool]:
        left, right = named[link.left_id], named[link.right_id]
        return _same_city(left, right) is True, link.score, _likeness(left, right), link.method == "unitid"

    first = sorted((link for link in links if _rank(link) == rank), key=lambda link: link.right_id)
    first.sort(key=likeness, reverse=True)
    return None if len(first) > 1 and likeness(first[0]) == likeness(first[1]) else first[0]


def _rank(link: Link) -> int:
    return RANKS.get(link.right_id.partition(":")[0], len(RANKS))


def _is_same(left: Named, right: Named, link: Link) -> bool:
    """Whether a link makes one school of two records, rather than a part of a whole."""
    if link.method == "name_city":
        return True
    source = left.provider.id.partition(":")[0]
    here = _same_city(left, right)
    if source in REGISTERS:
        return here is not False or _likeness(left, right) >= SAME_NAME
    if source == "va":
        return here is True and _likeness(left, right) >= SAME_UNIT
    return here is True


def _same_city(left: Named, right: Named) -> bool | None:
    return left.city == right.city if left.city and right.city else None


def _likeness(left: Named, right: Named) -> float:
    """Return how alike two names are as wholes, their city left out (`Bright Institute-Newark`); aliases count."""
    city = {*left.city.split(), *right.city.split()}
    lefts, rights = ([_without(city, name) for name in _names(each)] for each in (left, right))
    return max(fuzz.token_sort_ratio(a, b) for a in lefts for b in rights)


def _names(named: Named) -> list[str]:
    return [named.name, *map(comparable, named.provider.aliases)]


def _without(words: set[str], name: str) -> str:
    return " ".join(word for word in name.split() if word not in words) or name


def _follow(start: str, same: Mapping[str, str]) -> str:
    """Follow the links to their end; a ring ends where it began."""
    seen, at = {start}, start
    while at in same and same[at] not in seen:
        at = same[at]
        seen.add(at)
    return at
