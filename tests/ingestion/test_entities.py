"""A finding is filed under the school that it is about: never under another campus of the same number."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.records import Link, Place, Provenance, Provider
from ingestion.entities import assign_entities
from ingestion.shelf import Shelf


class Sink:
    def add(self, record: Any) -> None: ...

    def add_all(self, records: Any) -> None: ...


def provider(key: str, name: str, city: str | None = "Newark", **more: Any) -> Provider:
    origin = Provenance(source=key.partition(":")[0], record_id=key.partition(":")[2])
    return Provider(id=key, name=name, place=Place(city=city, state="NJ"), provenance=origin, **more)


def link(left: str, right: str, method: str = "unitid", score: float = 100, accepted: bool = True) -> Link:
    return Link(left_id=left, right_id=right, method=method, score=score, accepted=accepted)  # type: ignore[arg-type]


@pytest.fixture
def assigned() -> Any:
    def assigning(providers: list[Provider], links: list[Link]) -> dict[str, tuple[str | None, str | None]]:
        shelf = Shelf(Sink())  # type: ignore[arg-type]
        for each in providers:
            shelf.add(each)
        assign_entities(shelf, links)
        return {p.id: (p.entity_id, p.parent_id) for p in shelf.all(Provider)}

    return assigning


IPEDS = provider("ipeds:900001", "Garden Trade School")


def test_without_a_link_a_record_stands_for_itself(assigned: Any) -> None:
    assert assigned([IPEDS], []) == {"ipeds:900001": ("ipeds:900001", None)}


@pytest.mark.parametrize("source", ["dapip:1", "fsa_hcm:00999900"])
def test_a_registers_number_makes_one_school_wherever_it_moved(assigned: Any, source: str) -> None:
    found = assigned([IPEDS, provider(source, "Garden Trade School", "Camden")], [link(source, IPEDS.id)])
    assert found[source] == (IPEDS.id, None)


def test_a_registers_number_under_another_citys_name_is_another_campus(assigned: Any) -> None:
    main = provider("ipeds:900001", "Garden Trade School-Newark")
    other = provider("dapip:1", "Garden Trade School at Camden South", "Camden")
    assert assigned([main, other], [link("dapip:1", main.id)])["dapip:1"] == ("dapip:1", main.id)


@pytest.mark.parametrize(
    ("name", "city", "same"),
    [
        ("GARDEN TRADE SCHOOL", "NEWARK", True),
        ("GARDEN TRADE SCHOOL-NEWARK", "NEWARK", True),
        ("GARDEN TRADE SCHOOL", "CAMDEN", False),
        ("GARDEN TRADE SCHOOL-CAMDEN", "CAMDEN", False),
        ("GARDEN TRADE SCHOOL DEPARTMENT OF SURGERY", "NEWARK", False),
        ("GARDEN TRADE SCHOOL", None, False),
    ],
)
def test_a_va_facility_is_the_school_only_in_its_city_and_by_its_name(
    assigned: Any, name: str, city: str | None, same: bool
) -> None:
    found = assigned([IPEDS, provider("va:1", name, city)], [link("va:1", IPEDS.id)])
    assert found["va:1"] == ((IPEDS.id, None) if same else ("va:1", IPEDS.id))


def test_a_tax_id_in_another_city_makes_a_part(assigned: Any) -> None:
    part = provider("nj_providers:1", "Garden Trade School - Camden", "Camden")
    assert assigned([IPEDS, part], [link(part.id, IPEDS.id, "ein")])[part.id] == (part.id, IPEDS.id)


def test_links_are_followed_but_not_from_a_facility_to_its_whole(assigned: Any) -> None:
    people = [
        provider("ipeds:900001", "Garden Trade School", "Trenton"),
        provider("va:1", "Garden Trade School", "Newark"),
        provider("nj_providers:1", "Garden Trade School", "Newark"),
    ]
    links = [link("va:1", "ipeds:900001"), link("nj_providers:1", "va:1", "name_city")]
    found = assigned(people, links)
    assert found["nj_providers:1"] == ("va:1", None)
    assert found["va:1"] == ("va:1", "ipeds:900001")


def test_a_known_parent_is_kept(assigned: Any) -> None:
    part = provider("va:1", "Garden Trade School", "Camden", parent_id="va:9")
    assert assigned([IPEDS, part], [link("va:1", IPEDS.id)])["va:1"] == ("va:1", "va:9")


def test_rejected_links_count_for_nothing(assigned: Any) -> None:
    other = provider("dapip:1", "Garden Trade School")
    assert assigned([IPEDS, other], [link("dapip:1", IPEDS.id, accepted=False)])["dapip:1"] == ("dapip:1", None)


def test_of_two_targets_the_one_in_the_same_city_counts_and_of_two_alike_none(assigned: Any) -> None:
    twin = provider("ipeds:900002", "Garden Trade School")
    far = provider("ipeds:900003", "Garden Trade School", "Camden")
    here = provider("fsa_hcm:1", "Garden Trade School")
    links = [link(here.id, each.id, "opeid") for each in (IPEDS, far)]
    assert assigned([IPEDS, far, here], links)[here.id] == (IPEDS.id, None)
    alike = [link(here.id, each.id, "opeid") for each in (IPEDS, twin)]
    assert assigned([IPEDS, twin, here], alike)[here.id] == (here.id, None)


def test_ipeds_stands_for_a_school_before_other_registers(assigned: Any) -> None:
    people = [IPEDS, provider("dapip:1", "Garden Trade School"), provider("nj_providers:1", "Garden Trade School")]
    links = [link("nj_providers:1", "dapip:1", "name_city"), link("nj_providers:1", IPEDS.id, "name_city")]
    assert assigned(people, links)["nj_providers:1"] == (IPEDS.id, None)


def test_the_order_of_links_changes_nothing(assigned: Any) -> None:
    people = [IPEDS, provider("dapip:1", "Garden Trade School"), provider("va:1", "Garden Trade School")]
    links = [link("va:1", IPEDS.id), link("dapip:1", IPEDS.id), link("va:1", "dapip:1", "name_city")]
    assert assigned(people, links) == assigned(people, links[::-1])


def test_a_branch_of_the_directorys_school_can_be_an_accredited_campus(assigned: Any) -> None:
    campus = provider("dapip:1", "Garden Trade School - Camden", "Camden", parent_id="dapip:9")
    facility = provider("va:1", "GARDEN TRADE SCHOOL-CAMDEN", "CAMDEN")
    links = [link("va:1", IPEDS.id), link("va:1", "dapip:1", "opeid")]
    found = assigned([IPEDS, campus, facility], links)
    assert found["va:1"] == ("dapip:1", None)
    assert found["dapip:1"] == ("dapip:1", "dapip:9")


def test_the_directorys_own_record_counts_before_a_campus(assigned: Any) -> None:
    campus = provider("dapip:1", "Garden Trade School")
    links = [link("va:1", IPEDS.id), link("va:1", "dapip:1", "opeid")]
    assert assigned([IPEDS, campus, provider("va:1", "GARDEN TRADE SCHOOL")], links)["va:1"] == (IPEDS.id, None)


def test_a_law_school_is_a_part_of_its_university_and_not_the_same(assigned: Any) -> None:
    law = provider("dapip:1", "Garden Trade School College of Law")
    assert assigned([IPEDS, law], [link("dapip:1", IPEDS.id)])["dapip:1"] == ("dapip:1", IPEDS.id)
