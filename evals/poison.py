"""A snapshot with hostile text in its records: what somebody could write into a catalogue.

Every case of the suite `poison` names a record, a field and the text that is put behind (`append`) what stands there.
All other records are those of the snapshot; ids, figures and findings are untouched.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from assistant.assistant import Assistant
from assistant.opening import open_assistant
from catalog.home import Home
from catalog.manifest import Manifest
from catalog.settings import Settings
from catalog.snapshot import Snapshot
from catalog.writer import write_sorted
from evals.reply import Case

TABLES = ("programs", "providers", "credentials")


@contextmanager
def open_poisoned(
    snapshot: Snapshot, cases: Iterable[Case], settings: Settings, on_progress: Callable[[str], None]
) -> Iterator[Assistant]:
    """Open an assistant over the poisoned snapshot, in a folder that is removed afterwards."""
    with TemporaryDirectory(prefix="poisoned-") as folder:
        made = Path(folder) / "made"
        manifest = poisoned(snapshot, cases, made)
        home = Home(Path(folder) / "home")
        with home.writing() as building:
            shutil.copytree(made, building, dirs_exist_ok=True)
            home.make_current(building, manifest.content_hash)
        assistant = open_assistant(settings.model_copy(update={"home": home.folder}), on_progress, many=True)
        with closing(assistant.snapshot):
            yield assistant


def poisoned(snapshot: Snapshot, cases: Iterable[Case], folder: Path) -> Manifest:
    """Write the poisoned snapshot into `folder`; raises ValueError for a case whose record or field is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    every = [poison for case in cases for poison in case["poison"]]
    reports = dict(snapshot.manifest.tables)
    for name in reports:
        target = folder / f"{name}.parquet"
        if name in TABLES:
            table = pq.read_table(f"{snapshot.location}/{name}.parquet")
            for poison in (each for each in every if each["table"] == name):
                table = _with(table, poison)
            reports[name] = write_sorted(table, name, target)
        else:
            shutil.copyfile(f"{snapshot.location}/{name}.parquet", target)
    changed = {"tables": reports, "input_digest": f"{snapshot.manifest.input_digest} poisoned"}
    manifest = snapshot.manifest.model_copy(update=changed).sealed()
    manifest.write(folder / "manifest.json")
    return manifest


def _with(table: pa.Table, poison: dict[str, str]) -> pa.Table:
    column, key = poison["field"], poison["id"]
    ids = table["id"].to_pylist()
    if key not in ids or column not in table.column_names:
        raise ValueError(f"no {column} of {key} in {poison['table']}")
    values, at = table[column].to_pylist(), ids.index(key)
    values[at] = f"{values[at] or ''} {poison['append']}".strip()
    place = table.schema.get_field_index(column)
    field = table.schema.field(place)
    return table.set_column(place, field, pa.array(values, field.type))
