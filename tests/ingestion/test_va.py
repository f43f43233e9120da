from __future__ import annotations

from typing import Any

import pytest

from catalog.records import Place, Provenance, Provider, ProviderIds
from ingestion import va
from ingestion.cells import CellError
from ingestion.shelf import Shelf


def facility(name: str, **changes: Any) -> Provider:
    ids = ProviderIds(va_facility="21830010")
    return Provider(
        id="va:21830010", name=name, ids=ids, provenance=Provenance(source="s", record_id="21830010")
    ).model_copy(update=changes)


@pytest.mark.parametrize(
    ("raw", "code"), [("21830010", "21830010"), ("119c0110", "119C0110"), (' "21X19632" ', "21X19632")]
)
def test_facility_codes_may_have_letters(raw: str, code: str) -> None:
    assert va.as_facility_code(raw) == code


@pytest.mark.parametrize("raw", ["", "XX", "2183001", "218300100", "ABCDEFGH", "2183-010"])
def test_other_codes_are_errors(raw: str) -> None:
    with pytest.raises(CellError):
        va.as_facility_code(raw)


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Z WD ALDEN SCHOOL", "ALDEN SCHOOL"),
        ("Z (W/D)ALDEN SCHOOL", "ALDEN SCHOOL"),
        ("Z (W/D) ALDEN SCHOOL", "ALDEN SCHOOL"),
        ("Z HAIR ACADEMY", "Z HAIR ACADEMY"),
        ("Z WDOWIAK SCHOOL", "Z WDOWIAK SCHOOL"),
        ("MIRA COLLEGE CE & WD", "MIRA COLLEGE CE & WD"),
    ],
)
def test_only_the_mark_of_a_withdrawn_approval_goes(name: str, plain: str) -> None:
    assert (va.WITHDRAWN.sub("", name, count=1) if va.WITHDRAWN.match(name) else name) == plain


def test_a_facility_met_again_gains_aliases_and_what_was_unknown() -> None:
    shelf = Shelf(None)  # type: ignore[arg-type]
    first = facility("ALDEN SCHOOL")
    assert va.is_new(shelf, first)
    shelf.add(first)
    again = va.described(
        facility("Alden School of Art", aliases=("Z WD ALDEN SCHOOL",)),
        place=Place(city="RENO", state="NV"),
        opeid="00123400",
        kind="2-year school",
    )
    assert not va.is_new(shelf, again)
    found = shelf.find(Provider, first.id)
    assert found is not None
    assert found.name == "ALDEN SCHOOL"
    assert found.aliases == ("Alden School of Art", "Z WD ALDEN SCHOOL")
    assert (found.ids.opeid, found.ids.va_facility) == ("00123400", "21830010")
    assert (found.place.city, found.kind) == ("RENO", "2-year school")


def test_a_notice_never_changes_what_is_known() -> None:
    shelf = Shelf(None)  # type: ignore[arg-type]
    first = va.described(facility("ALDEN SCHOOL"), place=Place(city="RENO"), opeid="00123400", kind="2-year school")
    shelf.add(first)
    again = va.described(facility("alden school"), place=Place(city="ELKO"), opeid="00999900", kind="4-year school")
    assert not va.is_new(shelf, again)
    assert shelf.find(Provider, first.id) == first


def test_a_notice_under_another_schools_name_adds_nothing() -> None:
    shelf = Shelf(None)  # type: ignore[arg-type]
    first = facility("ARGO UNIVERSITY DALLAS")
    shelf.add(first)
    other = va.described(facility("PALM COLLEGE"), place=Place(city="SAN ANTONIO"), opeid="00123400")
    assert not va.is_new(shelf, other)
    assert shelf.find(Provider, first.id) == first
