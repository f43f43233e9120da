"""How records lie in columns: one Parquet table per noun, nested records flattened by prefix."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import Any, Literal, NamedTuple, TypeVar, Union, get_args, get_origin, get_type_hints

import pyarrow as pa

from catalog import records

SCHEMA_VERSION = 2

T = TypeVar("T", bound=records.Record)

TABLES: Mapping[str, type[records.Record]] = {
    "providers": records.Provider,
    "programs": records.Program,
    "credentials": records.Credential,
    "credential_facts": records.CredentialFact,
    "occupations": records.Occupation,
    "measures": records.Measure,
    "events": records.ProviderEvent,
    "accreditations": records.Accreditation,
    "standards": records.Standard,
    "links": records.Link,
    "codes": records.Code,
    "code_maps": records.CodeMap,
    "rules": records.Rule,
    "findings": records.Finding,
    "grids": records.Grid,
    "fates": records.Fate,
}

SORT_KEYS: Mapping[str, tuple[str, ...]] = {
    "providers": ("id",),
    "programs": ("place_state", "id"),
    "credentials": ("id",),
    "credential_facts": ("credential_id", "id"),
    "occupations": ("id",),
    "measures": ("subject_kind", "subject_id", "name", "provenance_source", "period", "provenance_row"),
    "events": ("provider_id", "id"),
    "accreditations": ("provider_id", "id"),
    "standards": ("id",),
    "links": ("left_id", "right_id", "method"),
    "codes": ("system", "code"),
    "code_maps": ("from_system", "from_code", "to_system", "to_code"),
    "rules": ("id",),
    "findings": ("subject_kind", "subject_id", "rule", "id"),
    "grids": ("subject_kind", "subject_id"),
    "fates": ("file", "row"),
}


OPTIONAL = frozenset({"credential_facts"})
"""Tables that a snapshot of this version may lack, since it was written before they came: then they are empty."""


class Column(NamedTuple):
    """One leaf of a record: its column name, the path to it, its Arrow type."""

    name: str
    path: tuple[str, ...]
    type: pa.DataType


def _strip_optional(hint: Any) -> Any:
    if get_origin(hint) in (Union, types.UnionType):
        return next(a for a in get_args(hint) if a is not type(None))
    return hint


def _arrow_type(hint: Any) -> pa.DataType:
    if hasattr(hint, "__metadata__"):
        hint = hint.__origin__
    if get_origin(hint) is Literal:
        return pa.string()
    if get_origin(hint) is tuple:
        return pa.list_(pa.string())
    for kind, arrow in ((bool, pa.bool_()), (int, pa.int64()), (float, pa.float64()), (date, pa.date32())):
        if hint is kind:
            return arrow
    if isinstance(hint, type) and issubclass(hint, str):
        return pa.string()
    raise TypeError(f"no column type for {hint!r}; add it to catalog.tables")


@cache
def columns_of(model: type[records.Record]) -> tuple[Column, ...]:
    """Return the leaf columns of a record type, in field order."""
    out: list[Column] = []
    hints = get_type_hints(model, include_extras=True)
    for name in model.model_fields:
        hint = _strip_optional(hints[name])
        if isinstance(hint, type) and issubclass(hint, records.Record):
            out += [Column(f"{name}_{c.name}", (name, *c.path), c.type) for c in columns_of(hint)]
        else:
            out.append(Column(name, (name,), _arrow_type(hint)))
    return tuple(out)


@cache
def schema_of(model: type[records.Record]) -> pa.Schema:
    """Return the Arrow schema of a record type's table."""
    return pa.schema([(c.name, c.type) for c in columns_of(model)])


def to_table(model: type[records.Record], rows: Iterable[records.Record]) -> pa.Table:
    """Return the records as an Arrow table with the columns of `model`."""
    columns = columns_of(model)
    data: list[list[Any]] = [[] for _ in columns]
    for row in rows:
        for values, column in zip(data, columns, strict=True):
            value: Any = row
            for step in column.path:
                value = getattr(value, step)
            values.append(value)
    arrays = [pa.array(v, type=c.type) for v, c in zip(data, columns, strict=True)]
    return pa.Table.from_arrays(arrays, schema=schema_of(model))


def from_row(model: type[T], row: Mapping[str, Any]) -> T:
    """Return the record that a row of its table holds; the inverse of `to_table`."""
    nested: dict[str, Any] = {}
    for column in columns_of(model):
        value = row[column.name]
        if value is None and pa.types.is_list(column.type):
            value = ()
        target = nested
        for step in column.path[:-1]:
            target = target.setdefault(step, {})
        target[column.path[-1]] = value
    return model.model_validate(nested)
