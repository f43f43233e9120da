"""Two records of one provider made into one: later facts win where they are known."""

from __future__ import annotations

from typing import Any, TypeVar

from catalog.records import Place, Provider, Record
from ingestion.row import Row
from ingestion.shelf import Shelf

T = TypeVar("T", bound=Record)


def merged_provider(earlier: Provider, later: Provider) -> Provider:
    """Return `later` with its gaps filled from `earlier`; an earlier name becomes an alias.

    An address is never mixed from two: where the places contradict each other, the later one
    stands alone. A list status keeps its own date. The provenance is the later record's.
    """
    merged = _filled(later, earlier)
    changes: dict[str, Any] = {
        "aliases": _aliases(earlier, later),
        "place": _merged_place(earlier.place, later.place),
        "provenance": later.provenance,
    }
    if later.list_status is not None:
        changes["list_status_as_of"] = later.list_status_as_of
    return merged.model_copy(update=changes)


def keep_or_merge(row: Row, shelf: Shelf, provider: Provider) -> Provider:
    """Give the row its fate: a new provider is kept, a known one merged with; return what is on the shelf.

    The dates of the facts decide which record is the later one, not the order in which the files
    are read; a record without a date counts as the earlier one.
    """
    known = shelf.find(Provider, provider.id)
    if known is None:
        row.keep(provider)
        return provider
    earlier, later = sorted((known, provider), key=lambda each: each.provenance.as_of or "")
    merged = merged_provider(earlier, later)
    shelf.replace(merged)
    row.merge(provider.id)
    return merged


def _filled(over: T, under: T) -> T:
    changes: dict[str, Any] = {}
    for name in type(over).model_fields:
        upper, lower = getattr(over, name), getattr(under, name)
        if isinstance(upper, Record) and isinstance(lower, Record):
            if upper != lower:
                changes[name] = _filled(upper, lower)
        elif upper is None or upper == ():
            changes[name] = lower
    return over.model_copy(update=changes)


def _aliases(earlier: Provider, later: Provider) -> tuple[str, ...]:
    """Names that differ only in case or white space are one name; the later spelling stays."""
    names = (*later.aliases, *earlier.aliases, earlier.name)
    kept = {_folded(name): name for name in reversed(names)}
    kept.pop(_folded(later.name), None)
    return tuple(sorted(kept.values()))


def _folded(name: str) -> str:
    return " ".join(name.casefold().split())


def _merged_place(earlier: Place, later: Place) -> Place:
    if earlier.zip is not None and later.zip is not None:
        same = earlier.zip == later.zip
    else:
        same = _agree(earlier.city, later.city)
    return _filled(later, earlier) if same and _agree(earlier.state, later.state) else later


def _agree(one: str | None, other: str | None) -> bool:
    return one is None or other is None or _folded(one) == _folded(other)
