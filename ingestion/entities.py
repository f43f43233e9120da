"""Which provider records are one school: every provider gets the id under which findings about it are filed.

A register's own number makes two records one school wherever they say it stands. A link by a number
that branches share (VA's facility codes, tax ids) makes them one only in the same city and under the
same name; otherwise the record is a part of the other, and what is said of the part is not said of the whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from catalog.records import Link, Provider
from ingestion.school_names import SAME_UNIT, Named, is_another_unit, likeness, prepared
from ingestion.shelf import Shelf

RANKS = {"ipeds": 0, "dapip": 1, "va": 2}
"""Which register's record stands for a school, the first that has it."""

REGISTERS = ("dapip", "fsa_hcm")
"""Sources whose numbers are of institutions, one record each."""

SAME_NAME = 90
"""Least likeness of two names in different cities."""


def assign_entities(shelf: Shelf, links: Iterable[Link]) -> None:
    """Fill `entity_id` of every provider, and `parent_id` of those that are part of a linked school."""
    targets: dict[str, list[Link]] = defaultdict(list)
    for link in links:
        if link.accepted:
            targets[link.left_id].append(link)
    named = {provider.id: prepared(provider) for provider in shelf.all(Provider)}
    chosen = {left: best for left, found in targets.items() if (best := _best(found, named)) is not None}
    same = {left: one.right_id for left, found in targets.items() if (one := _same(found, named)) is not None}
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

    def how_like(link: Link) -> tuple[bool, float, float, bool]:
        left, right = named[link.left_id], named[link.right_id]
        return _same_city(left, right) is True, link.score, likeness(left, right), link.method == "unitid"

    first = sorted((link for link in links if _rank(link) == rank), key=lambda link: link.right_id)
    first.sort(key=how_like, reverse=True)
    return None if len(first) > 1 and how_like(first[0]) == how_like(first[1]) else first[0]


def _same(links: Iterable[Link], named: Mapping[str, Named]) -> Link | None:
    """Return the link that makes one school of two records: in the register that ranks first of those that have one.

    A branch that is only a part of the directory's school can be an accredited campus of its own.
    """
    by_rank: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_rank[_rank(link)].append(link)
    for rank in sorted(by_rank):
        best = _best(by_rank[rank], named)
        if best is not None and _is_same(named[best.left_id], named[best.right_id], best):
            return best
    return None


def _rank(link: Link) -> int:
    return RANKS.get(link.right_id.partition(":")[0], len(RANKS))


def _is_same(left: Named, right: Named, link: Link) -> bool:
    """Whether a link makes one school of two records, rather than a part of a whole."""
    if link.method == "name_city":
        return True
    if is_another_unit(left, right):
        return False
    source = left.provider.id.partition(":")[0]
    here = _same_city(left, right)
    if source in REGISTERS:
        return here is not False or likeness(left, right) >= SAME_NAME
    if source == "va":
        return here is True and likeness(left, right) >= SAME_UNIT
    return here is True


def _same_city(left: Named, right: Named) -> bool | None:
    return left.city == right.city if left.city and right.city else None


def _follow(start: str, same: Mapping[str, str]) -> str:
    """Follow the links to their end; a ring ends where it began."""
    seen, at = {start}, start
    while at in same and same[at] not in seen:
        at = same[at]
        seen.add(at)
    return at
