"""Where records wait for the snapshot: nouns that others look up stay in memory, the rest streams out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, TypeVar

from catalog.errors import SourceError
from catalog.records import Credential, Measure, Occupation, Program, Provider, Record, Reported
from catalog.writer import SnapshotWriter

T = TypeVar("T", bound=Record)
HELD = (Provider, Program, Credential, Occupation)


class Shelf:
    """All records of a run. Providers, programs, credentials and occupations can be looked up and replaced."""

    def __init__(self, writer: SnapshotWriter) -> None:
        self._writer = writer
        self._held: dict[type[Record], dict[str, Any]] = {kind: {} for kind in HELD}
        self._streamed: dict[type[Record], set[str]] = {}
        self.measured: Counter[tuple[str, str, Reported]] = Counter()
        """How often each figure was published, by source, name and how it was reported."""
        self.notes: dict[str, Any] = {}
        """Lookup tables that one source leaves for another, by name of the source that made them."""

    def add(self, record: Record) -> None:
        """Take a new record; raises SourceError when its id is taken."""
        held = self._held.get(type(record))
        if held is not None:
            key: str = record.id  # type: ignore[attr-defined]
            if key in held:
                raise _taken(record, key)
            held[key] = record
            return
        if "id" in type(record).model_fields:
            self._check_new(record)
        if isinstance(record, Measure):
            self.measured[record.provenance.source, record.name, record.reported] += 1
        self._writer.add(record)

    def _check_new(self, record: Record) -> None:
        key: str = record.id  # type: ignore[attr-defined]
        seen = self._streamed.setdefault(type(record), set())
        if key in seen:
            raise _taken(record, key)
        seen.add(key)

    def find(self, kind: type[T], key: str) -> T | None:
        """Return the held record with this id."""
        found: T | None = self._held[kind].get(key)
        return found

    def replace(self, record: Record) -> None:
        """Put a changed copy in the place of the held record with the same id."""
        key: str = record.id  # type: ignore[attr-defined]
        if key not in self._held[type(record)]:
            raise KeyError(key)
        self._held[type(record)][key] = record

    def all(self, kind: type[T]) -> Iterator[T]:
        """Yield the held records of a kind, in id order."""
        held = self._held[kind]
        yield from (held[key] for key in sorted(held))

    def write_held(self) -> None:
        """Hand the held records to the snapshot."""
        for kind in HELD:
            self._writer.add_all(self.all(kind))


def _taken(record: Record, key: str) -> SourceError:
    reason = f"a second {type(record).__name__} with this id"
    origin = getattr(record, "provenance", None)
    if origin is None or origin.file is None:
        return SourceError(key, reason, remedy="Merge it, or hold the row back.")
    return SourceError(
        origin.file, reason, row=origin.row, field="id", value=key, remedy="Merge it, or hold the row back."
    )
