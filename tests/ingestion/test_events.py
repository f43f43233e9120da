from __future__ import annotations

from datetime import date
from typing import Any

from catalog.records import EventKind, Provenance, ProviderEvent
from ingestion.events import Acts


class FakeRow:
    def __init__(self) -> None:
        self.kept: list[ProviderEvent] = []
        self.merged: list[str] = []
        self.more: list[ProviderEvent] = []

    def keep(self, event: ProviderEvent) -> None:
        self.kept.append(event)

    def also(self, event: ProviderEvent) -> None:
        self.more.append(event)

    def merge(self, into: str) -> None:
        self.merged.append(into)


def event(**changes: Any) -> ProviderEvent:
    provenance = Provenance(source="s", record_id="r", file="f.csv", row=changes.pop("row", 1))
    base = {"id": "p:act:2020-01-02", "provider_id": "p", "kind": EventKind.CAUTION_FLAG, "action": "Act"}
    return ProviderEvent.model_validate({**base, "on": date(2020, 1, 2), "provenance": provenance, **changes})


def test_different_acts_of_one_day_are_numbered() -> None:
    acts, row = Acts(), FakeRow()
    for reason in ("first", "second", None):
        acts.keep(row, event(reason=reason))  # type: ignore[arg-type]
    assert [kept.id for kept in row.kept] == ["p:act:2020-01-02:1", "p:act:2020-01-02:2", "p:act:2020-01-02:3"]
    assert row.merged == []


def test_a_repeated_row_is_merged_into_the_act_that_it_repeats() -> None:
    acts, row = Acts(), FakeRow()
    acts.keep(row, event(reason="first"))  # type: ignore[arg-type]
    acts.keep(row, event(reason="second", row=2))  # type: ignore[arg-type]
    acts.keep(row, event(reason="first", row=3))  # type: ignore[arg-type]
    assert len(row.kept) == 2
    assert row.merged == ["p:act:2020-01-02:1"]


def test_a_further_event_of_a_row_is_emitted_once() -> None:
    acts, row = Acts(), FakeRow()
    acts.also(row, event(id="p:closure"))  # type: ignore[arg-type]
    acts.also(row, event(id="p:closure", row=2))  # type: ignore[arg-type]
    acts.also(row, event(id="p:closure", on=None))  # type: ignore[arg-type]
    assert [each.id for each in row.more] == ["p:closure:1", "p:closure:2"]
    assert (row.kept, row.merged) == ([], [])


def test_the_same_words_about_another_provider_are_another_act() -> None:
    acts, row = Acts(), FakeRow()
    acts.keep(row, event())  # type: ignore[arg-type]
    acts.keep(row, event(id="q:act:2020-01-02", provider_id="q"))  # type: ignore[arg-type]
    assert [kept.id for kept in row.kept] == ["p:act:2020-01-02:1", "q:act:2020-01-02:1"]
