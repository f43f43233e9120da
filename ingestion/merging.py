"""Two records of one provider made into one: later facts win where they are known."""

from __future__ import annotations

from catalog.records import Provider, Record


def merged_provider(earlier: Provider, later: Provider) -> Provider:
    """Return `later` with its gaps filled from `earlier`; an earlier name becomes an alias."""
    merged = _filled(later, earlier)
    names = {earlier.name, *earlier.aliases, *later.aliases} - {later.name}
    return merged.model_copy(update={"aliases": tuple(sorted(names)), "provenance": later.provenance})


def _filled(over: Record, under: Record) -> Provider:
    changes = {}
    for name in type(over).model_fields:
        upper, lower = getattr(over, name), getattr(under, name)
        if isinstance(upper, Record) and isinstance(lower, Record):
            changes[name] = _filled(upper, lower)
        elif upper is None or upper == ():
            changes[name] = lower
    return over.model_copy(update=changes)  # type: ignore[return-value]
