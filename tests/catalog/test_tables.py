"""Records survive the way into columns and back."""

from __future__ import annotations

import types
from datetime import date
from enum import StrEnum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import Field, StringConstraints
from pydantic.fields import FieldInfo

from catalog.records import Measure, Program, Provenance, Record, Services
from catalog.tables import SORT_KEYS, TABLES, columns_of, from_row, schema_of, to_table


def strategy_of(hint: Any) -> st.SearchStrategy[Any]:
    """Every value that a field's type allows, within 64 bits."""
    if hasattr(hint, "__metadata__"):
        return _constrained(hint.__origin__, hint.__metadata__[0])
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return st.one_of(*(strategy_of(a) for a in arguments))
    if origin is Literal:
        return st.sampled_from(arguments)
    if origin is tuple:
        return st.lists(strategy_of(arguments[0]), max_size=3).map(tuple)
    if issubclass(hint, Record):
        return record_of(hint)
    if issubclass(hint, StrEnum):
        return st.sampled_from(hint)
    return {
        type(None): st.none(),
        str: st.text(max_size=20),
        bool: st.booleans(),
        int: st.integers(-(2**63), 2**63 - 1),
        float: st.floats(allow_nan=False, allow_infinity=False),
        date: st.dates(),
    }[hint]


def _constrained(base: type, limits: Any) -> st.SearchStrategy[Any]:
    if isinstance(limits, StringConstraints):
        assert isinstance(limits.pattern, str)
        return st.from_regex(limits.pattern.removesuffix("$"), fullmatch=True)
    assert isinstance(limits, FieldInfo)
    assert base is int
    low, high = (next(getattr(m, side) for m in limits.metadata if hasattr(m, side)) for side in ("ge", "le"))
    return st.integers(low, high)


def record_of(model: type[Record]) -> st.SearchStrategy[Record]:
    hints = get_type_hints(model, include_extras=True)
    return st.fixed_dictionaries({name: strategy_of(hints[name]) for name in model.model_fields}).map(
        lambda fields: model(**fields)
    )


@pytest.mark.parametrize("model", TABLES.values(), ids=TABLES)
@given(data=st.data())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_record_of_any_noun_survives(model: type[Record], data: st.DataObject) -> None:
    rows = data.draw(st.lists(record_of(model), max_size=3))
    table = to_table(model, rows)
    assert table.schema == schema_of(model)
    assert [from_row(model, row) for row in table.to_pylist()] == rows


@pytest.mark.parametrize("name", TABLES)
def test_sort_keys_are_columns(name: str) -> None:
    assert set(SORT_KEYS[name]) <= set(schema_of(TABLES[name]).names)


@pytest.mark.parametrize("name", TABLES)
def test_column_names_do_not_meet(name: str) -> None:
    names = schema_of(TABLES[name]).names
    assert len(names) == len(set(names))


def test_nested_records_are_flattened_by_prefix() -> None:
    types_by_name = {column.name: column.type for column in columns_of(Program)}
    assert types_by_name["cost_total_usd"] == pa.float64()
    assert types_by_name["length_clock_hours"] == pa.float64()
    assert types_by_name["soc"] == pa.list_(pa.string())
    assert types_by_name["submitted_on"] == pa.date32()
    assert types_by_name["provenance_row"] == pa.int64()


def test_unknown_zero_and_no_are_three_things() -> None:
    origin = Provenance(source="s", record_id="r")
    rows = [
        Measure(
            subject_kind="program", subject_id="p", name="n", value=v, unit="count", definition="d", provenance=origin
        )  # type: ignore[arg-type]
        for v in (None, 0.0)
    ]
    assert to_table(Measure, rows)["value"].to_pylist() == [None, 0.0]
    said = [Services(evening=None), Services(evening=False)]
    assert to_table(Services, said)["evening"].to_pylist() == [None, False]


def test_a_field_type_without_a_column_type_is_named() -> None:
    class Odd(Record):
        figures: dict[str, int] = Field(default_factory=dict)

    with pytest.raises(TypeError, match="dict"):
        columns_of(Odd)


def test_an_empty_table_has_all_columns() -> None:
    table = to_table(Program, [])
    assert table.num_rows == 0
    assert table.schema == schema_of(Program)
