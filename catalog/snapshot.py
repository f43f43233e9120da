"""Reading a snapshot: opened lazily, filtered on columns, records made only when asked for by id."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import fsspec
from pydantic import ValidationError

from catalog.errors import SnapshotError
from catalog.manifest import Manifest, sha256_of
from catalog.records import Measure, Record
from catalog.tables import SCHEMA_VERSION, TABLES, from_row, schema_of

T = TypeVar("T", bound=Record)

REMEDY = "Run `python -m ingestion run`, or delete NAVIGATOR_HOME to start from the bundled snapshot."


class Snapshot:
    """A read-only view of one snapshot folder, on disk or in any fsspec store (`s3://…`).

    Safe to share between threads: each query runs on its own DuckDB cursor.
    """

    def __init__(self, location: str | Path) -> None:
        self.location = str(location)
        self.manifest = _read_manifest(self.location)
        self._connection = duckdb.connect()
        self._connection.execute("SET threads TO 2; SET TimeZone = 'UTC'")
        if "://" in self.location:
            protocol = self.location.split("://", 1)[0]
            self._connection.register_filesystem(fsspec.filesystem(protocol))
        for table in self.manifest.tables:
            path = f"{self.location}/{table}.parquet".replace("'", "''")
            self._connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{path}')")
        self._local = threading.local()

    @property
    def content_hash(self) -> str:
        """The hash that names this snapshot."""
        return self.manifest.content_hash

    def close(self) -> None:
        """Release the files."""
        self._connection.close()

    def query(self, sql: str, parameters: Sequence[Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT over the tables of `catalog.tables`."""
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._connection.cursor()
        rows: list[tuple[Any, ...]] = self._local.cursor.execute(sql, parameters).fetchall()
        return rows

    def ids(self, table: str, where: str = "TRUE", parameters: Sequence[Any] | None = None) -> list[str]:
        """Return the ids of the rows that a condition selects, in id order."""
        return [row[0] for row in self.query(f"SELECT id FROM {table} WHERE {where} ORDER BY id", parameters)]

    def select(
        self, model: type[T], where: str, parameters: Sequence[Any] | None = None, order: str | None = None
    ) -> list[T]:
        """Return the records that a condition selects."""
        table = next(name for name, kind in TABLES.items() if kind is model)
        names = schema_of(model).names
        sql = f"SELECT {', '.join(names)} FROM {table} WHERE {where}"
        rows = self.query(sql + (f" ORDER BY {order}" if order else ""), parameters)
        return [from_row(model, dict(zip(names, row, strict=True))) for row in rows]

    def get(self, model: type[T], ids: Iterable[str]) -> dict[str, T]:
        """Return the records with these ids, in the order asked for; unknown ids are left out."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return {}
        found = {str(getattr(r, "id", "")): r for r in self.select(model, "id IN (SELECT unnest(?))", [wanted])}
        return {key: found[key] for key in wanted if key in found}

    def measures(self, subjects: Mapping[str, Iterable[str]]) -> list[Measure]:
        """Return the measures of subjects, given as kind -> ids."""
        out: list[Measure] = []
        for kind, ids in subjects.items():
            wanted = list(dict.fromkeys(ids))
            if wanted:
                condition = "subject_kind = ? AND subject_id IN (SELECT unnest(?))"
                out += self.select(Measure, condition, [kind, wanted], order="subject_id, name, provenance_row")
        return out

    def verify(self) -> None:
        """Compare every file with its hash; raises SnapshotError naming the first that differs."""
        if not self.manifest.is_intact:
            raise SnapshotError(f"{self.location}/manifest.json does not fit its own hash. {REMEDY}")
        for table, report in self.manifest.tables.items():
            path = Path(self.location) / f"{table}.parquet"
            if not path.is_file() or sha256_of(path) != report.sha256:
                raise SnapshotError(f"{path} is missing or changed. {REMEDY}")


def _read_manifest(location: str) -> Manifest:
    path = f"{location}/manifest.json"
    try:
        with fsspec.open(path, "r", encoding="utf-8") as stream:
            manifest = Manifest.model_validate(json.load(stream))
    except FileNotFoundError:
        raise SnapshotError(f"No snapshot at {location}: manifest.json is missing. {REMEDY}") from None
    except (json.JSONDecodeError, ValidationError, UnicodeDecodeError) as error:
        raise SnapshotError(f"{path} is not a manifest of this version ({type(error).__name__}). {REMEDY}") from None
    if manifest.schema_version != SCHEMA_VERSION:
        found = manifest.schema_version
        raise SnapshotError(f"{path} has schema {found}, this program reads {SCHEMA_VERSION}. {REMEDY}")
    return manifest
