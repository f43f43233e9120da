"""The shelf holds what others look up, and lets no id be used twice."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.errors import SourceError
from catalog.records import EventKind, Fate, Program, Provenance, Provider, ProviderEvent, Record
from ingestion.shelf import Shelf


class Lines:
    def __init__(self) -> None:
        self.records: list[Record] = []

    def add(self, record: Record) -> None:
        self.records.append(record)

    def add_all(self, records: Any) -> None:
        self.records += records


@pytest.fixture
def lines() -> Lines:
    return Lines()


@pytest.fixture
def shelf(lines: Lines) -> Shelf:
    return Shelf(lines)  # type: ignore[arg-type]


def _provider(key: str, name: str = "A") -> Provider:
    return Provider(id=key, name=name, provenance=Provenance(source="toy", record_id=key, file="toy/a.csv", row=3))


def _event(key: str) -> ProviderEvent:
    origin = Provenance(source="toy", record_id=key, file="toy/events.csv", row=9)
    return ProviderEvent(id=key, provider_id="x", kind=EventKind.CLOSURE, action="closed", provenance=origin)


def test_found_and_replaced(shelf: Shelf) -> None:
    shelf.add(_provider("x"))
    assert shelf.find(Provider, "x") == _provider("x")
    assert shelf.find(Provider, "y") is None
    assert shelf.find(Program, "x") is None
    shelf.replace(_provider("x", "B"))
    assert shelf.find(Provider, "x") == _provider("x", "B")


def test_only_what_is_there_can_be_replaced(shelf: Shelf) -> None:
    with pytest.raises(KeyError, match="x"):
        shelf.replace(_provider("x"))


def test_a_taken_id_is_refused_with_its_place(shelf: Shelf) -> None:
    shelf.add(_provider("x"))
    with pytest.raises(SourceError, match=r"toy/a\.csv, row 3, field 'id', value 'x': a second Provider"):
        shelf.add(_provider("x", "B"))
    assert shelf.find(Provider, "x") == _provider("x")


def test_ids_of_streamed_records_are_watched_too(shelf: Shelf, lines: Lines) -> None:
    shelf.add(_event("e1"))
    shelf.add(_event("e2"))
    with pytest.raises(SourceError, match=r"toy/events\.csv, row 9, field 'id', value 'e1': a second ProviderEvent"):
        shelf.add(_event("e1"))
    assert len(lines.records) == 2


def test_ids_of_different_nouns_do_not_meet(shelf: Shelf) -> None:
    shelf.add(_provider("x"))
    shelf.add(_event("x"))


def test_records_without_an_id_stream_through(shelf: Shelf, lines: Lines) -> None:
    fate = Fate(file="f", row=1, fate="kept")
    shelf.add(fate)
    shelf.add(fate)
    assert lines.records == [fate, fate]


def test_held_records_are_written_in_id_order(shelf: Shelf, lines: Lines) -> None:
    for key in ("b", "c", "a"):
        shelf.add(_provider(key))
    assert lines.records == []
    shelf.write_held()
    assert [record.id for record in lines.records if isinstance(record, Provider)] == ["a", "b", "c"]
