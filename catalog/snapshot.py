"""Reading a snapshot: opened lazily, filtered on columns, records made only when asked for by id."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import fsspec
from pydantic import ValidationError

from catalog.errors import SnapshotError
from catalog.manifest import Manifest, sha256_of_stream
from catalog.records import Measure, Record
from catalog.tables import OPTIONAL, SCHEMA_VERSION, TABLES, from_row, schema_of

T = TypeVar("T", bound=Record)

REMEDY = (
    "Run `python -m ingestion run` or `python -m ingestion rollback`, or delete the file `current` in NAVIGATOR_HOME "
    "to start from the bundled snapshot."
)


class Snapshot:
    """A read-only view of one snapshot folder, on disk or in any fsspec store (`s3://…`).

    Safe to share between threads: each query runs on its own DuckDB cursor.
    """

    def __init__(self, location: str | Path) -> None:
        self.location = str(location)
        self.manifest = read_manifest(self.location)
        self._connection = duckdb.connect()
        self._connection.execute("SET threads TO 2; SET TimeZone = 'UTC'; SET parquet_metadata_cache = true")
        if "://" in self.location:
            protocol = self.location.split("://", 1)[0]
            self._connection.register_filesystem(fsspec.filesystem(protocol))
        for table, model in TABLES.items():
            self._open_table(table, model)
        self._local = threading.local()

    def _open_table(self, table: str, model: type[Record]) -> None:
        if table in OPTIONAL and table not in self.manifest.tables:
            self._connection.from_arrow(schema_of(model).empty_table()).create(f"absent_{table}")
            self._connection.execute(f"CREATE VIEW {table} AS FROM absent_{table}")
            return
        path = f"{self.location}/{table}.parquet"
        quoted = path.replace("'", "''")
        view = f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{quoted}')"  # noqa: S608 (DDL takes no parameters)
        try:
            self._connection.execute(view)
            found = [row[0] for row in self._connection.execute(f"DESCRIBE {table}").fetchall()]
        except duckdb.Error as error:
            self.close()
            raise SnapshotError(f"{path} can't be read: {_first_line(error)}. {REMEDY}") from None
        if found != schema_of(model).names:
            self.close()
            raise SnapshotError(f"{path} has other columns than this program reads. {REMEDY}")

    @property
    def content_hash(self) -> str:
        """The hash that names this snapshot."""
        return self.manifest.content_hash

    def close(self) -> None:
        """Release the files."""
        self._connection.close()

    def hold(self, *tables: str) -> None:
        """Keep tables in memory, for whoever looks up a few rows of them again and again.

        A lookup in a file unpacks all its rows; a lookup in memory takes about a tenth of that. Other queries may run
        meanwhile. Raises SnapshotError when a file can't be read.
        """
        for table in tables:
            if table not in TABLES:
                raise ValueError(f"no table {table!r}; there are {', '.join(TABLES)}")
            try:
                with self._connection.cursor() as cursor:
                    # One step, so that a query of another thread finds the view or the table.
                    cursor.execute(
                        f"BEGIN; CREATE TABLE held_{table} AS FROM {table}; "
                        f"CREATE OR REPLACE VIEW {table} AS FROM held_{table}; COMMIT"
                    )
            except duckdb.Error as error:
                raise SnapshotError(f"{self.location} can't be read: {_first_line(error)}. {REMEDY}") from None

    def query(self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Return the rows of a SELECT over the tables of `catalog.tables`; named parameters come as a mapping.

        Raises SnapshotError when a file went away or is damaged, duckdb's own error for a wrong query.
        """
        if not hasattr(self._local, "cursor"):
            self._local.cursor = self._connection.cursor()
        try:
            rows: list[tuple[Any, ...]] = self._local.cursor.execute(sql, parameters).fetchall()
        except duckdb.Error as error:
            if isinstance(error, duckdb.IOException) or type(error) is duckdb.Error:
                raise SnapshotError(f"{self.location} can't be read: {_first_line(error)}. {REMEDY}") from None
            raise
        return rows

    def batches(self, sql: str, size: int) -> Iterator[list[tuple[Any, ...]]]:
        """Yield the rows of a SELECT in batches, for tables that do not fit in memory as objects."""
        cursor = self._connection.cursor().execute(sql)
        while rows := cursor.fetchmany(size):
            yield rows

    def ids(self, table: str, where: str = "TRUE", parameters: Sequence[Any] | None = None) -> list[str]:
        """Return the ids of the rows that a condition selects, in id order."""
        sql = f"SELECT id FROM {table} WHERE {where} ORDER BY id"  # noqa: S608 (conditions are code, values parameters)
        return [row[0] for row in self.query(sql, parameters)]

    def select(
        self, model: type[T], where: str, parameters: Sequence[Any] | None = None, order: str | None = None
    ) -> list[T]:
        """Return the records that a condition selects."""
        table = next(name for name, kind in TABLES.items() if kind is model)
        names = schema_of(model).names
        # Quoted, since a column may bear a name that SQL reserves (`on`).
        columns = ", ".join(f'"{name}"' for name in names)
        sql = f"SELECT {columns} FROM {table} WHERE {where}"  # noqa: S608 (as above)
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
            path = f"{self.location}/{table}.parquet"
            if _sha256_at(path) != report.sha256:
                raise SnapshotError(f"{path} is missing or changed. {REMEDY}")


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0].rstrip(".")


def _sha256_at(path: str) -> str | None:
    try:
        with fsspec.open(path, "rb") as stream:
            return sha256_of_stream(stream)
    except FileNotFoundError:
        return None


def read_manifest(location: str) -> Manifest:
    """Return the manifest of a snapshot folder; raises SnapshotError when it is missing or of another version."""
    path = f"{location}/manifest.json"
    try:
        with fsspec.open(path, "rb") as stream:
            text = stream.read()
    except FileNotFoundError:
        raise SnapshotError(f"No snapshot at {location}: manifest.json is missing. {REMEDY}") from None
    except (ImportError, ValueError) as error:
        raise SnapshotError(f"{location} can't be opened: {_first_line(error)}. {REMEDY}") from None
    try:
        manifest = Manifest.model_validate_json(text)
    except ValidationError as error:
        reason = error.errors(include_url=False)[0]["msg"]
        raise SnapshotError(f"{path} is not a manifest of this version ({reason}). {REMEDY}") from None
    if manifest.schema_version != SCHEMA_VERSION:
        found = manifest.schema_version
        raise SnapshotError(f"{path} has schema {found}, this program reads {SCHEMA_VERSION}. {REMEDY}")
    return manifest
