"""Where records wait for the snapshot: nouns that others look up stay in memory, the rest streams out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypeVar

from catalog.errors import SourceError
from catalog.records import Credential, Occupation, Program, Provider, Record
from catalog.writer import SnapshotWriter

T = TypeVar("T", bound=Record)
HELD = (Provider, Program, Credential, Occupation)


class Shelf:
    """All records of a run. Providers, programs, credentials and occupations can be looked up and replaced."""

    def __init__(self, writer: SnapshotWriter) -> None:
        self._writer = writer
        self._held: dict[type[Record], dict[str, Any]] = {kind: {} for kind in HELD}
        self.notes: dict[str, Any] = {}
        """Lookup tables that one source leaves for another, by name of the source that made them."""

    def add(self, record: Record) -> None:
        """Take a new record; raises SourceError when its id is taken."""
        held = self._held.get(type(record))
        if held is None:
            self._writer.add(record)
            return
        key: str = record.id  # type: ignore[attr-defined]
        if key in held:
            name = type(record).__name__
            raise SourceError(key, f"a second {name} with this id", remedy="Merge it, or hold the row back.")
        held[key] = record

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
