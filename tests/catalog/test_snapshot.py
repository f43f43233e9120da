"""A snapshot answers from its columns, and says when it can't be trusted."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import fsspec
import pytest

from catalog.errors import SnapshotError
from catalog.records import Measure, Occupation, Program, Provider, Record
from catalog.snapshot import Snapshot
from catalog.tables import OPTIONAL, SCHEMA_VERSION, TABLES

Opening = Callable[[Path], Snapshot]


def test_records_come_back_as_they_were(
    snapshot_folder: Path, open_snapshot: Opening, sample_records: list[Record]
) -> None:
    snapshot = open_snapshot(snapshot_folder)
    found = [
        *snapshot.select(Provider, "TRUE", order="id"),
        *snapshot.select(Program, "TRUE", order="id"),
        *snapshot.select(Measure, "TRUE", order="subject_id"),
    ]
    assert found == sample_records
    assert snapshot.select(Occupation, "TRUE") == []


def test_get_keeps_the_order_asked_for(snapshot_folder: Path, open_snapshot: Opening) -> None:
    found = open_snapshot(snapshot_folder).get(Program, ["toy:p3", "nobody", "toy:p1", "toy:p3"])
    assert list(found) == ["toy:p3", "toy:p1"]
    assert found["toy:p1"].name == "Welding"
    assert open_snapshot(snapshot_folder).get(Program, []) == {}


def test_ids_are_filtered_and_sorted(snapshot_folder: Path, open_snapshot: Opening) -> None:
    snapshot = open_snapshot(snapshot_folder)
    assert snapshot.ids("programs") == ["toy:p1", "toy:p2", "toy:p3"]
    assert snapshot.ids("programs", "cost_total_usd <= ?", [1000]) == ["toy:p2"]
    assert snapshot.ids("programs", "cost_total_usd IS NULL") == ["toy:p3"]


def test_measures_are_found_by_subject(snapshot_folder: Path, open_snapshot: Opening) -> None:
    snapshot = open_snapshot(snapshot_folder)
    asked = {"program": ["toy:p2", "toy:p1", "toy:p1"], "provider": ["toy:p1"], "state": []}
    assert [(m.subject_id, m.value) for m in snapshot.measures(asked)] == [("toy:p1", 0.5), ("toy:p2", None)]


def test_held_tables_answer_as_before(
    snapshot_folder: Path, open_snapshot: Opening, sample_records: list[Record]
) -> None:
    snapshot = open_snapshot(snapshot_folder)
    snapshot.hold("programs", "providers", "measures")
    found = [
        *snapshot.select(Provider, "TRUE", order="id"),
        *snapshot.select(Program, "TRUE", order="id"),
        *snapshot.select(Measure, "TRUE", order="subject_id"),
    ]
    assert found == sample_records


def test_held_tables_no_longer_need_their_files_and_others_do(snapshot_folder: Path, open_snapshot: Opening) -> None:
    snapshot = open_snapshot(snapshot_folder)
    snapshot.hold("programs")
    for name in ("programs", "providers"):
        (snapshot_folder / f"{name}.parquet").unlink()
    assert snapshot.ids("programs") == ["toy:p1", "toy:p2", "toy:p3"]
    with pytest.raises(SnapshotError):
        snapshot.ids("providers")


def test_a_table_that_is_not_there_can_not_be_held(snapshot_folder: Path, open_snapshot: Opening) -> None:
    snapshot = open_snapshot(snapshot_folder)
    with pytest.raises(ValueError, match="no table 'ghosts'"):
        snapshot.hold("ghosts")
    (snapshot_folder / "providers.parquet").unlink()
    with pytest.raises(SnapshotError, match="providers"):
        snapshot.hold("providers")


def test_questions_are_answered_while_a_table_is_taken_into_memory(
    snapshot_folder: Path, open_snapshot: Opening
) -> None:
    snapshot = open_snapshot(snapshot_folder)
    with ThreadPoolExecutor(4) as pool:
        asked = [pool.submit(snapshot.ids, "programs") for _ in range(40)]
        pool.submit(snapshot.hold, "programs").result()
        asked += [pool.submit(snapshot.ids, "programs") for _ in range(40)]
        assert {tuple(each.result()) for each in asked} == {("toy:p1", "toy:p2", "toy:p3")}


def test_values_are_parameters_and_not_sql(snapshot_folder: Path, open_snapshot: Opening) -> None:
    snapshot = open_snapshot(snapshot_folder)
    assert snapshot.ids("programs", "name = ?", ["x' OR TRUE --"]) == []
    assert snapshot.get(Program, ["') OR TRUE --"]) == {}


def test_a_wrong_query_is_not_taken_for_damage(snapshot_folder: Path, open_snapshot: Opening) -> None:
    with pytest.raises(duckdb.BinderException):
        open_snapshot(snapshot_folder).query("SELECT nothing_of_the_kind FROM programs")


def test_threads_share_a_snapshot(snapshot_folder: Path, open_snapshot: Opening) -> None:
    snapshot = open_snapshot(snapshot_folder)

    def ask(number: int) -> tuple[list[str], str]:
        wanted = f"toy:p{number % 3 + 1}"
        return snapshot.ids("programs", "id = ?", [wanted]), snapshot.get(Program, [wanted])[wanted].id

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, range(200)))
    assert answers == [([f"toy:p{n % 3 + 1}"], f"toy:p{n % 3 + 1}") for n in range(200)]


@pytest.mark.parametrize("name", ["with space", "it's", "a[b]c", "per%20cent", "ünï", "star*"])
def test_the_folder_may_have_any_name(snapshot_folder: Path, tmp_path: Path, open_snapshot: Opening, name: str) -> None:
    shutil.copytree(snapshot_folder, tmp_path / name)
    snapshot = open_snapshot(tmp_path / name)
    snapshot.verify()
    assert len(snapshot.ids("programs")) == 3


@pytest.fixture
def in_memory(snapshot_folder: Path) -> Iterator[str]:
    store = fsspec.filesystem("memory")
    store.put(str(snapshot_folder), "/kept/snapshot", recursive=True)
    yield "memory://kept/snapshot"
    store.rm("/kept", recursive=True)


def test_a_snapshot_is_read_from_any_fsspec_store(in_memory: str) -> None:
    snapshot = Snapshot(in_memory)
    snapshot.verify()
    assert snapshot.get(Program, ["toy:p1"])["toy:p1"].cost.total_usd == 1200
    snapshot.close()


def test_damage_in_a_store_is_found(in_memory: str) -> None:
    snapshot = Snapshot(in_memory)
    with fsspec.open(f"{in_memory}/links.parquet", "ab") as stream:
        stream.write(b"x")
    with pytest.raises(SnapshotError, match=r"links\.parquet is missing or changed"):
        snapshot.verify()
    snapshot.close()


def test_nothing_there(tmp_path: Path) -> None:
    with pytest.raises(SnapshotError, match=r"manifest\.json is missing.*ingestion run"):
        Snapshot(tmp_path / "nowhere")


def test_an_unknown_kind_of_store() -> None:
    with pytest.raises(SnapshotError, match="nosuch"):
        Snapshot("nosuch://bucket/snapshot")


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", "null", '{"schema_version": "x"}', "\ud800", "[" * 100_000])
def test_a_broken_manifest(snapshot_folder: Path, text: str) -> None:
    (snapshot_folder / "manifest.json").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(SnapshotError, match=r"manifest\.json is not a manifest of this version"):
        Snapshot(snapshot_folder)


def test_another_schema(snapshot_folder: Path) -> None:
    path = snapshot_folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "schema_version": SCHEMA_VERSION + 1}))
    with pytest.raises(SnapshotError, match=f"has schema {SCHEMA_VERSION + 1}"):
        Snapshot(snapshot_folder)


def test_an_edited_manifest_is_found(snapshot_folder: Path, open_snapshot: Opening) -> None:
    path = snapshot_folder / "manifest.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "coverage": {"programs": {"all": 999}}}))
    with pytest.raises(SnapshotError, match="its own hash"):
        open_snapshot(snapshot_folder).verify()


def test_a_missing_table(snapshot_folder: Path) -> None:
    (snapshot_folder / "programs.parquet").unlink()
    with pytest.raises(SnapshotError, match=r"programs\.parquet can't be read"):
        Snapshot(snapshot_folder)


@pytest.mark.parametrize("keep", [0, 3, 100, -1, -200])
def test_a_cut_off_table(snapshot_folder: Path, keep: int) -> None:
    path = snapshot_folder / "programs.parquet"
    path.write_bytes(path.read_bytes()[:keep])
    with pytest.raises(SnapshotError, match=r"programs\.parquet can't be read"):
        Snapshot(snapshot_folder)


def test_a_table_with_other_columns(snapshot_folder: Path) -> None:
    shutil.copy(snapshot_folder / "links.parquet", snapshot_folder / "programs.parquet")
    with pytest.raises(SnapshotError, match="other columns"):
        Snapshot(snapshot_folder)


def test_a_flipped_byte_is_found_by_verify(snapshot_folder: Path, open_snapshot: Opening) -> None:
    path = snapshot_folder / "measures.parquet"
    data = bytearray(path.read_bytes())
    data[20] ^= 1
    path.write_bytes(data)
    with pytest.raises(SnapshotError, match=r"measures\.parquet is missing or changed"):
        open_snapshot(snapshot_folder).verify()


def test_a_table_that_goes_away_while_open(snapshot_folder: Path, open_snapshot: Opening) -> None:
    snapshot = open_snapshot(snapshot_folder)
    (snapshot_folder / "programs.parquet").unlink()
    with pytest.raises(SnapshotError, match="can't be read"):
        snapshot.ids("programs")


@pytest.mark.parametrize("table", sorted(OPTIONAL))
def test_a_snapshot_from_before_an_optional_table_opens_and_the_table_is_empty(
    snapshot_folder: Path, tmp_path: Path, open_snapshot: Opening, table: str
) -> None:
    older = tmp_path / "older"
    shutil.copytree(snapshot_folder, older)
    (older / f"{table}.parquet").unlink()
    manifest = json.loads((older / "manifest.json").read_text())
    del manifest["tables"][table]
    (older / "manifest.json").write_text(json.dumps(manifest))
    snapshot = open_snapshot(older)
    assert snapshot.select(TABLES[table], "TRUE") == []
    snapshot.hold(table)
    assert snapshot.query(f"SELECT count(*) FROM {table}") == [(0,)]


@pytest.mark.parametrize("table", sorted(OPTIONAL))
def test_an_optional_table_that_the_manifest_names_must_be_there(
    snapshot_folder: Path, tmp_path: Path, table: str
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(snapshot_folder, damaged)
    (damaged / f"{table}.parquet").unlink()
    with pytest.raises(SnapshotError, match=table):
        Snapshot(damaged)
