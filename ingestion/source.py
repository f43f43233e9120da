"""What a source declares, and how the sources are found."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING

import ingestion.sources

if TYPE_CHECKING:
    from ingestion.context import Context


@dataclass(frozen=True)
class SourceFile:
    """One published file: where it lies under the raw folder, and what is expected of it.

    `as_of` is the date that its facts speak of, as exact as the publisher states it; None where
    it states none. `rows` is the range of row counts that is plausible. `ignored` names the
    columns that are knowingly unused: any other column that nobody reads is reported. A file that
    is `optional` may be absent while others of its source are there.
    """

    path: str
    as_of: str | None
    rows: tuple[int, int]
    ignored: frozenset[str] = frozenset()
    delimiter: str = ","
    url: str | None = None
    optional: bool = False


@dataclass(frozen=True)
class Source:
    """One published table family, and the function that turns its rows into records.

    `url` is the publisher's official download or landing page. `after` names sources whose
    records this one looks up.
    """

    name: str
    title: str
    publisher: str
    url: str
    licence: str
    vintage: str
    files: tuple[SourceFile, ...]
    read: Callable[[Context], None]
    after: tuple[str, ...] = ()


def all_sources() -> dict[str, Source]:
    """Return the sources by name, each after those that it looks up."""
    found: dict[str, Source] = {}
    for module in pkgutil.iter_modules(ingestion.sources.__path__):
        source = importlib.import_module(f"ingestion.sources.{module.name}").SOURCE
        found[source.name] = source
    order = TopologicalSorter({s.name: s.after for s in sorted(found.values(), key=lambda s: s.name)})
    return {name: found[name] for name in order.static_order() if name in found}
