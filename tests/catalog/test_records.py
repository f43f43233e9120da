"""The nouns refuse what would be read as something else later."""

from __future__ import annotations

import math
from typing import Any

import pytest
from pydantic import ValidationError

from catalog.records import Cost, Measure, Occupation, Place, Program, Provenance, Provider, ProviderIds, Unit
from catalog.tables import TABLES

ORIGIN = Provenance(source="toy", record_id="1")


def test_a_record_does_not_change() -> None:
    place = Place(city="Newark")
    with pytest.raises(ValidationError, match="frozen"):
        place.city = "Trenton"  # type: ignore[misc]


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError, match="contact_phone"):
        Provider(id="x", name="X", provenance=ORIGIN, contact_phone="555")  # type: ignore[call-arg]


def test_what_is_not_said_is_none_and_not_zero() -> None:
    program = Program(id="p", name="P", provider_id="x", provenance=ORIGIN)
    assert set(program.cost.model_dump().values()) == {None}
    assert set(program.length.model_dump().values()) == {None}
    assert program.in_demand is None
    assert program.soc == ()


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_a_figure_is_a_number_or_none(value: float) -> None:
    with pytest.raises(ValidationError, match="finite"):
        Cost(total_usd=value)
    with pytest.raises(ValidationError, match="finite"):
        Measure(
            subject_kind="program",
            subject_id="p",
            name="n",
            value=value,
            unit=Unit.COUNT,
            definition="d",
            provenance=ORIGIN,
        )


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        (Place, {"zip": "8608"}),
        (Place, {"zip": "08608-1234"}),
        (Place, {"zip": "٠٨٦٠٨"}),
        (Place, {"state": "nj"}),
        (Place, {"state": "New Jersey"}),
        (ProviderIds, {"opeid": "100500"}),
        (ProviderIds, {"opeid": "001005٠٠"}),
        (ProviderIds, {"unitid": "10065"}),
        (ProviderIds, {"ein": "22-1234567"}),
        (ProviderIds, {"va_facility": "2183003"}),
        (Provenance, {"source": "s", "record_id": "r", "as_of": "08/2020"}),
        (Provenance, {"source": "s", "record_id": "r", "as_of": "2020-13"}),
        (Provenance, {"source": "s", "record_id": "r", "as_of": "2020-08-32"}),
        (Provenance, {"source": "s", "record_id": "r", "as_of": "2020-08\n"}),
    ],
)
def test_a_malformed_code_is_refused(kind: type[Any], fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        kind(**fields)


@pytest.mark.parametrize("as_of", ["2020", "2020-08", "2020-08-11"])
def test_a_date_keeps_the_publishers_precision(as_of: str) -> None:
    assert Provenance(source="s", record_id="r", as_of=as_of).as_of == as_of


@pytest.mark.parametrize("zone", [0, 6])
def test_a_job_zone_is_one_to_five(zone: int) -> None:
    with pytest.raises(ValidationError):
        Occupation(id="o", onet_soc="51-4121.00", soc="51-4121", title="Welders", job_zone=zone, provenance=ORIGIN)


@pytest.mark.parametrize("model", TABLES.values(), ids=TABLES)
def test_every_record_says_where_it_comes_from(model: type[Any]) -> None:
    derived = {"Link", "Fate", "Grid", "Rule"}
    assert ("provenance" in model.model_fields) != (model.__name__ in derived)
