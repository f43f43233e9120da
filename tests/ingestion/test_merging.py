from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from catalog.records import ListStatus, Place, Provenance, Provider, ProviderIds, Record, Services
from ingestion.merging import keep_or_merge, merged_provider
from ingestion.shelf import Shelf


@dataclass
class FakeRow:
    shelf: Shelf
    fates: list[tuple[str, str]] = field(default_factory=list)

    def keep(self, record: Any) -> None:
        self.fates.append(("kept", record.id))
        self.shelf.add(record)

    def merge(self, into: str) -> None:
        self.fates.append(("merged", into))


class NoWriter:
    def add(self, record: Record) -> None:
        raise AssertionError("providers stay on the shelf")


def provider(name: str = "Old Name", as_of: str | None = "2014", **facts: Any) -> Provider:
    return Provider(id="p:1", name=name, provenance=Provenance(source="s", record_id="1", as_of=as_of), **facts)


@pytest.fixture
def settle() -> Callable[..., tuple[Provider, FakeRow]]:
    def settling(*providers: Provider) -> tuple[Provider, FakeRow]:
        shelf = Shelf(NoWriter())  # type: ignore[arg-type]
        row = FakeRow(shelf)
        for each in providers:
            result = keep_or_merge(row, shelf, each)  # type: ignore[arg-type]
            assert shelf.find(Provider, each.id) == result
        return result, row

    return settling


def test_later_facts_win_and_gaps_are_filled() -> None:
    earlier = provider(website="old.example", title_iv=True, ids=ProviderIds(ein="123456789", opeid="00100200"))
    later = provider("New Name", "2023", website="new.example", ids=ProviderIds(opeid="00100300"))
    merged = merged_provider(earlier, later)
    assert (merged.name, merged.website, merged.title_iv) == ("New Name", "new.example", True)
    assert merged.ids == ProviderIds(ein="123456789", opeid="00100300")
    assert merged.provenance.as_of == "2023"
    assert merged.aliases == ("Old Name",)


def test_a_later_no_is_not_a_gap() -> None:
    earlier, later = (
        provider(title_iv=True, services=Services(evening=True)),
        provider(title_iv=False, services=Services(evening=False)),
    )
    merged = merged_provider(earlier, later)
    assert merged.title_iv is False
    assert merged.services.evening is False


def test_a_name_in_other_case_is_no_alias() -> None:
    earlier = provider("ACME  COLLEGE", aliases=("Acme", "AC"))
    later = provider("Acme College", aliases=("ac", "Acme Inst."))
    assert merged_provider(earlier, later).aliases == ("Acme", "Acme Inst.", "ac")


@pytest.mark.parametrize(
    ("earlier", "later", "street"),
    [
        (Place(street="1 Oak St", city="Troy", zip="36082"), Place(city="TROY", zip="36082"), "1 Oak St"),
        (Place(street="1 Oak St", city="St. Louis", zip="63101"), Place(city="Saint Louis", zip="63101"), "1 Oak St"),
        (Place(street="1 Oak St", city="Troy"), Place(latitude=31.8), "1 Oak St"),
        (Place(street="1 Oak St", city="Troy", zip="36082"), Place(city="Dothan", zip="36301"), None),
        (Place(street="1 Oak St", city="Troy"), Place(city="Dothan"), None),
        (Place(street="1 Oak St", city="Troy", state="AL"), Place(city="Troy", state="NY"), None),
    ],
)
def test_an_address_is_never_mixed_from_two(earlier: Place, later: Place, street: str | None) -> None:
    assert merged_provider(provider(place=earlier), provider(place=later)).place.street == street


def test_a_list_status_keeps_its_own_date() -> None:
    earlier = provider(list_status=ListStatus.APPROVED, list_status_as_of="2019")
    assert merged_provider(earlier, provider(list_status=ListStatus.PENDING)).list_status_as_of is None
    assert merged_provider(earlier, provider()).list_status_as_of == "2019"


def test_the_first_row_is_kept_the_second_merged(settle: Callable[..., tuple[Provider, FakeRow]]) -> None:
    result, row = settle(provider(), provider("New Name", "2023"))
    assert result.name == "New Name"
    assert row.fates == [("kept", "p:1"), ("merged", "p:1")]


@pytest.mark.parametrize("as_of", ["2019-06", None])
def test_the_date_of_the_facts_decides_not_the_order_of_reading(
    settle: Callable[..., tuple[Provider, FakeRow]], as_of: str | None
) -> None:
    result, _ = settle(provider("Name of 2023", "2023"), provider("Former Name", as_of, website="former.example"))
    assert (result.name, result.website) == ("Name of 2023", "former.example")
    assert result.aliases == ("Former Name",)
    assert result.provenance.as_of == "2023"


def test_of_two_records_of_one_date_the_second_wins(settle: Callable[..., tuple[Provider, FakeRow]]) -> None:
    result, _ = settle(provider("First"), provider("Second"))
    assert result.name == "Second"
