"""Keeping the dated acts of one file: a repeated row is merged into the act that it repeats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from catalog.records import ProviderEvent
from ingestion.row import Row

CONTENT = tuple(name for name in ProviderEvent.model_fields if name not in ("id", "provenance"))


class Acts:
    """The events that one file has yielded so far.

    Publishers repeat rows, and give no id of their own; several different acts can share provider,
    kind and day. An event's id is therefore its stem plus a number in the file's order.
    """

    def __init__(self) -> None:
        self._ids: dict[Hashable, str] = {}
        self._numbers: Counter[str] = Counter()

    def keep(self, row: Row, event: ProviderEvent) -> None:
        """Keep the event, its id numbered, or merge the row into an equal event kept before."""
        content = (event.provenance.record_id, *(getattr(event, name) for name in CONTENT))
        known = self._ids.get(content)
        if known is not None:
            return row.merge(known)
        self._numbers[event.id] += 1
        numbered = f"{event.id}:{self._numbers[event.id]}"
        self._ids[content] = numbered
        return row.keep(event.model_copy(update={"id": numbered}))
