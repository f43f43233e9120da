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
        known, numbered = self._numbered(event)
        return row.keep(numbered) if known is None else row.merge(known)

    def also(self, row: Row, event: ProviderEvent) -> None:
        """Emit a further event of the row, unless an equal one was before."""
        known, numbered = self._numbered(event)
        if known is None:
            row.also(numbered)

    def _numbered(self, event: ProviderEvent) -> tuple[str | None, ProviderEvent]:
        """Return the id of an equal event, None for a new one, and the event with its number."""
        content = (event.provenance.record_id, *(getattr(event, name) for name in CONTENT))
        known = self._ids.get(content)
        if known is not None:
            return known, event
        self._numbers[event.id] += 1
        numbered = f"{event.id}:{self._numbers[event.id]}"
        self._ids[content] = numbered
        return None, event.model_copy(update={"id": numbered})
