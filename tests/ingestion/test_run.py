"""A run ends with a whole new snapshot, or with a message and the old one."""

from __future__ import annotations

import dataclasses
import errno
import json
import multiprocessing
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from catalog.errors import SourceError
from catalog.home import Home, is_whole
from catalog.records import Measure, Program
from catalog.snapshot import Snapshot
from catalog.tables import SCHEMA_VERSION
from ingestion import run as run_module
from ingestion.run import FailedSourcesError, run
from ingestion.source import Source

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def home(home_folder: Path) -> Home:
    return Home(home_folder)


@pytest.fixture
def fails(cli: Cli, raw: Path, home: Home) -> Callable[..., str]:
    """A run over the (now bad) raw folder fails with exit code 1 and leaves the snapshot made before."""

    def failing(*words: str) -> str:
        before = _state(home)
        code, out, said = cli("run", "--from", raw, "--home", home.folder)
        assert code == 1
        assert out == ""
        assert "Traceback" not in said
        for word in words:
            assert word in said
        assert _state(home) == before
        return said

    return failing


def _state(home: Home) -> tuple[Path | None, Path | None, list[str]]:
    current = home.current()
    assert current is None or is_whole(current)
    left = sorted(path.name for path in home.snapshots.iterdir()) if home.snapshots.exists() else []
    return current, home.previous(), left


@pytest.fixture
def first(cli: Cli, raw: Path, home: Home) -> Path:
    """The good files, read into a snapshot."""
    assert cli("run", "--from", raw, "--home", home.folder)[0] == 0
    current = home.current()
    assert current is not None
    return current


def test_a_run_makes_a_whole_snapshot(first: Path, home: Home) -> None:
    snapshot = home.open()
    snapshot.verify()
    programs = snapshot.get(Program, ["toy:1", "toy:2", "toy:3"])
    assert [(p.cost.total_usd, p.length.clock_hours, p.place.state) for p in programs.values()] == [
        (1200.0, 300.0, "NJ"),
        (0.0, None, "NY"),
        (None, 90.0, None),
    ]
    assert [(m.subject_id, m.value) for m in snapshot.select(Measure, "TRUE", order="subject_id")] == [
        ("toy:1", 0.5),
        ("toy:2", None),
    ]
    manifest = snapshot.manifest
    assert [(f.file, f.rows_read, f.kept, f.merged, f.held_back) for f in manifest.files] == [
        ("toy/outcomes.csv.gz", 2, 0, 2, 0),
        ("toy/programs.csv", 3, 3, 0, 0),
    ]
    assert (manifest.sources[0].name, manifest.sources[0].as_of) == ("toy", "2021")
    assert snapshot.query("SELECT count(*) FROM fates") == [(5,)]
    snapshot.close()


def test_the_second_run_does_nothing(first: Path, cli: Cli, raw: Path, home: Home) -> None:
    code, out, _ = cli("run", "--from", raw, "--home", home.folder)
    assert code == 0
    assert out.startswith("nothing changed")
    assert home.current() == first


def test_equal_files_give_an_equal_snapshot_elsewhere(first: Path, cli: Cli, raw: Path, tmp_path: Path) -> None:
    shutil.copytree(raw, tmp_path / "copy")
    assert cli("run", "--from", tmp_path / "copy", "--home", tmp_path / "other")[0] == 0
    other = Home(tmp_path / "other").current()
    assert other is not None
    assert other.name == first.name
    for path in first.iterdir():
        assert (other / path.name).read_bytes() == path.read_bytes()


def test_the_order_of_the_sources_does_not_show(toy: Source, raw: Path, tmp_path: Path) -> None:
    """Five sources whose rows meet in the same tables, read in several orders."""
    sources = {f"toy{i}": _copy_of(toy, raw, i) for i in range(5)}
    hashes = set()
    for seed in range(3):
        names = random.Random(seed).sample(list(sources), 5)
        outcome = run(raw, Home(tmp_path / str(seed)), {name: sources[name] for name in names})
        hashes.add(tuple(sorted(f"{name}:{report.sha256}" for name, report in outcome.manifest.tables.items())))
    assert len(hashes) == 1


def _copy_of(toy: Source, raw: Path, number: int) -> Source:
    shutil.copytree(raw / "toy", raw / f"toy{number}", dirs_exist_ok=True)
    files = tuple(dataclasses.replace(f, path=f.path.replace("toy/", f"toy{number}/")) for f in toy.files)

    def read(context: Any) -> None:
        for file in files:
            for row in context.rows(file):
                key = row.raw("ID")
                name = row.text("NAME") if row.has("NAME") else None
                origin = row.provenance(key)
                for column in row.leftovers():
                    row.raw(column)
                if name is None:
                    row.merge(f"toy{number}:{key}")
                else:
                    row.keep(Program(id=f"toy{number}:{key}", name=name, provider_id="x", provenance=origin))

    return dataclasses.replace(toy, name=f"toy{number}", files=files, read=read)


def test_changed_files_make_a_new_snapshot_and_the_old_one_stays(
    first: Path, cli: Cli, raw: Path, home: Home, put: Callable[..., None]
) -> None:
    put(["1,Welding,900,300,NJ,,", "2,Nurse aide,0,,NY,,"])
    code, out, _ = cli("run", "--from", raw, "--home", home.folder)
    assert (code, out.split()[0]) == (0, "new")
    assert home.previous() == first
    assert cli("rollback", "--home", home.folder)[0] == 0
    assert home.current() == first


def test_nothing_to_roll_back_to(first: Path, cli: Cli, home: Home) -> None:
    code, _, said = cli("rollback", "--home", home.folder)
    assert code == 1
    assert "no previous snapshot" in said
    assert home.current() == first


BAD_PROGRAMS = [
    ([], "2 to 50 are plausible"),
    (["1,A,,,,,"] * 2, "row 2, field 'id', value 'toy:1': a second Program with this id"),
    ([f"{i},A,,,,," for i in range(51)], "more than 50 rows"),
    (b"", "the file is empty"),
    (b" \n", "the file is empty"),
    (b"<!doctype html><title>404</title>", "value '<!doctype html"),
    ("ID,NAME,COST,HOURS,STATE,STARTED,NOTE\n1,Pe\xf1a,,,,,\n".encode("latin-1"), "row 1, field 'NAME', value 'Pe�a'"),
    ("ID,NAME\n1,A\n".encode("utf-16"), "not UTF-8"),
    (b'ID,NAME,COST,HOURS,STATE,STARTED,NOTE\n1,"A,,,,,\n', "row 1: not a readable table"),
    (b"ID,NAME,COST,HOURS,STATE,STARTED,NOTE\n1,A," + b"9" * 2_000_000 + b",,,,\n", "row 1, field 'COST', value '9999"),
    (b"ID,NAME,COST,HOURS,STATE,STARTED,NOTE\n1,A," + b"9" * 9_000_000 + b",,,,\n", "row 1: not a readable table"),
    (b"ID,NAME,COST,HOURS,STATE,NOTE\n1,A,,,,\n", "field 'STARTED': the file has no such column"),
    (
        b"ID,NAME,COSTS,HOURS,STATE,STARTED,NOTE\n1,A,,,,,\n",
        "field 'COST': the file has no such column; the nearest is 'COSTS'",
    ),
    (b"ID,NAME,COST,COST,STATE,STARTED,NOTE\n1,A,,,,,\n", "the header repeats ['COST']"),
    (b"ID;NAME;COST;HOURS;STATE;STARTED;NOTE\n1;A;;;;;\n", "field 'ID': the file has no such column"),
    (b"\x1f\x8b\x08\x00 packed but not named so", "not UTF-8"),
]


@pytest.mark.parametrize(("content", "message"), BAD_PROGRAMS, ids=[message[:40] for _, message in BAD_PROGRAMS])
def test_a_bad_file_is_named_and_changes_nothing(
    first: Path, fails: Callable[..., str], put: Callable[..., None], content: bytes | list[str], message: str
) -> None:
    put(content)
    said = fails("toy/programs.csv", message)
    assert len(said) < 500


@pytest.mark.parametrize("keep", [0, 5, 30, -4])
def test_a_cut_off_archive(first: Path, fails: Callable[..., str], raw: Path, keep: int) -> None:
    path = raw / "toy/outcomes.csv.gz"
    path.write_bytes(path.read_bytes()[:keep])
    fails("toy/outcomes.csv.gz", "Fetch the file again")


def test_all_bad_files_are_named_at_once(
    first: Path, fails: Callable[..., str], toy: Source, raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    others = [_copy_of(toy, raw, number) for number in range(2)]
    for number in range(2):
        (raw / f"toy{number}/programs.csv").write_bytes(b"")
    monkeypatch.setattr("ingestion.__main__.all_sources", lambda: {"toy": toy, **{s.name: s for s in others}})
    fails("toy0/programs.csv: the file is empty", "toy1/programs.csv: the file is empty")


def test_a_source_after_a_failed_one_is_not_blamed(toy: Source, raw: Path, home: Home) -> None:
    def fail(context: Any) -> None:
        raise SourceError("toy/x.csv", "broken", remedy="Mend it.")

    def look_up(context: Any) -> None:
        raise KeyError("what toy would have left")

    broken = dataclasses.replace(toy, read=fail)
    later = dataclasses.replace(toy, name="later", files=(), after=("toy",), read=look_up)
    latest = dataclasses.replace(toy, name="latest", files=(), after=("later",), read=look_up)
    with pytest.raises(FailedSourcesError, match=r"^toy/x\.csv: broken\. Mend it\.$"):
        run(raw, home, {"toy": broken, "later": later, "latest": latest})


def test_bad_cells_are_issues_and_not_failures(cli: Cli, raw: Path, home: Home, put: Callable[..., None]) -> None:
    cells = ["=1+1", "1e400", "9" * 500, "Infinity", "12,5", "٣", "\u202e5"]
    put([f'{i},"Name","{cell}",x,Jersey,2020-02-31,' for i, cell in enumerate(cells)])
    assert cli("run", "--from", raw, "--home", home.folder)[0] == 0
    current = home.current()
    assert current is not None
    issues = [json.loads(line) for line in (current / "issues.jsonl").read_text(encoding="utf-8").splitlines()]
    found = {(i["row"], i["value"][:10]): i["reason"] for i in issues if i["field"] == "COST"}
    assert found == {
        (1, "=1+1"): "not a number",
        (2, "1e400"): "out of any plausible range",
        (3, "9" * 10): "too long for a number",
        (4, "Infinity"): "not a number",
        (5, "12,5"): "not a number",
        (6, "٣"): "not a number",
    }
    assert {i["file"] for i in issues} <= {"toy/programs.csv", "toy/outcomes.csv.gz"}
    snapshot = Snapshot(current)
    assert {p.cost.total_usd for p in snapshot.select(Program, "TRUE")} == {None, 5.0}
    (report,) = (f for f in snapshot.manifest.files if f.file == "toy/programs.csv")
    assert report.field_issues == len([i for i in issues if i["file"] == report.file and i["kind"] == "field"])
    snapshot.close()


def test_an_extra_column_is_reported_and_does_not_fail(
    cli: Cli, raw: Path, home: Home, put: Callable[..., None]
) -> None:
    put(["1,A,,,,,,b", "2,B,,,,,,c"], header="ID,NAME,COST,HOURS,STATE,STARTED,NOTE,BRANCH")
    assert cli("run", "--from", raw, "--home", home.folder)[0] == 0
    _, out, _ = cli("report", "--home", home.folder, "--json")
    (report,) = (f for f in json.loads(out)["files"] if f["file"] == "toy/programs.csv")
    assert report["column_issues"] == 1


def test_a_formula_does_not_get_into_a_text(cli: Cli, raw: Path, home: Home, put: Callable[..., None]) -> None:
    put(['1,"=HYPERLINK(""http://x"")",,,,,', "2,Nurse,,,,,", "3,Coding,,,,,"])
    assert cli("run", "--from", raw, "--home", home.folder)[0] == 0
    snapshot = home.open()
    assert snapshot.ids("programs") == ["toy:2", "toy:3"]
    assert snapshot.query("SELECT row FROM fates WHERE fate = 'held_back'") == [(1,), (1,)]
    snapshot.close()


def test_a_value_that_a_record_refuses_is_named_with_its_row(
    toy: Source, raw: Path, home: Home, put: Callable[..., None]
) -> None:
    def read(context: Any) -> None:
        for row in context.rows(toy.files[0]):
            row.keep(Program(id="x", name="x", provider_id="x", cip=row.raw("ID"), provenance=row.provenance("x")))

    with pytest.raises(FailedSourcesError, match=r"toy/programs\.csv, row 1, field 'cip', value '1': a Program can't"):
        run(raw, home, {"toy": dataclasses.replace(toy, read=read)})


def test_no_such_folder(cli: Cli, tmp_path: Path) -> None:
    code, _, said = cli("run", "--from", tmp_path / "nowhere", "--home", tmp_path / "home")
    assert code == 1
    assert f"{tmp_path / 'nowhere'}: no such folder" in said


def test_a_file_in_place_of_the_folder(cli: Cli, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    code, _, said = cli("run", "--from", tmp_path / "file", "--home", tmp_path / "home")
    assert (code, "no such folder" in said) == (1, True)


def test_a_folder_without_any_known_file(cli: Cli, tmp_path: Path) -> None:
    code, _, said = cli("run", "--from", tmp_path, "--home", tmp_path / "home")
    assert code == 1
    assert "holds no file of any source" in said


def test_a_missing_file_of_a_source(first: Path, fails: Callable[..., str], raw: Path) -> None:
    (raw / "toy/programs.csv").unlink()
    fails("toy/programs.csv: no such file", "https://toy.example/programs.csv")


def test_an_optional_file_may_be_missing(toy: Source, raw: Path, home: Home) -> None:
    extra = dataclasses.replace(toy.files[0], path="toy/extra.csv", optional=True)
    source = dataclasses.replace(toy, files=(*toy.files, extra))
    without = run(raw, home, {"toy": source})
    assert "toy/extra.csv" not in {file.file for file in without.manifest.files}
    (raw / "toy" / "extra.csv").write_text("x", encoding="utf-8")
    assert run(raw, home, {"toy": source}).manifest.input_digest != without.manifest.input_digest


def test_a_file_that_may_not_be_read(
    first: Path, fails: Callable[..., str], raw: Path, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(["1,A,,,,,", "2,B,,,,,"])

    def refused(path: Path, *_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", str(path))

    monkeypatch.setattr("ingestion.files.open_text", refused)
    fails(f"{raw / 'toy/programs.csv'}: Permission denied")


def test_stray_files_are_listed_but_not_notes_of_fetching(cli: Cli, raw: Path, home: Home) -> None:
    for name in ("stray.csv", "toy/programs.csv.fetched.json", "toy/x.csv.part", "toy/programs.csv.0123abcd.earlier"):
        (raw / name).write_text("x")
    assert cli("run", "--from", raw, "--home", home.folder)[0] == 0
    snapshot = home.open()
    assert snapshot.manifest.unread_files == ("stray.csv",)
    snapshot.close()


def test_a_damaged_snapshot_is_made_again(first: Path, cli: Cli, raw: Path, home: Home) -> None:
    (first / "programs.parquet").write_bytes(b"")
    code, out, _ = cli("run", "--from", raw, "--home", home.folder)
    assert (code, out.split()[0]) == (0, "new")
    assert home.current() == first
    assert is_whole(first)


def test_a_snapshot_of_another_schema_is_made_again(first: Path, cli: Cli, raw: Path, home: Home) -> None:
    path = first / "manifest.json"
    path.write_text(path.read_text().replace(f'"schema_version": {SCHEMA_VERSION}', '"schema_version": 0'))
    assert cli("report", "--home", home.folder)[0] == 1
    assert cli("run", "--from", raw, "--home", home.folder)[0] == 0
    assert cli("report", "--home", home.folder)[0] == 0


def test_two_runs_at_once(first: Path, fails: Callable[..., str], home: Home, put: Callable[..., None]) -> None:
    put(["1,A,,,,,", "2,B,,,,,"])
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        holding = pool.apply_async(_hold, (str(home.folder),))
        while not (home.folder / "held").exists():
            holding.wait(0.01)
        fails("Another run is writing to", str(home.folder), "Wait for it to end")
        (home.folder / "release").touch()
        holding.get(10)


def _hold(folder: str) -> None:
    import time

    with Home(Path(folder)).writing():
        (Path(folder) / "held").touch()
        while not (Path(folder) / "release").exists():
            time.sleep(0.01)


@pytest.mark.parametrize("where", ["issues.jsonl", "programs.parquet", "manifest.json", "draft"])
def test_a_disk_that_fills(
    first: Path,
    fails: Callable[..., str],
    home: Home,
    put: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    where: str,
) -> None:
    put(["1,A,x,,,,", "2,B,,,,,"])
    _full_at(monkeypatch, where)
    said = fails("No space left on device", str(home.folder), "Free space", "the current snapshot is as it was")
    assert "None" not in said


def _full_at(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    if where == "issues.jsonl":
        monkeypatch.setattr("ingestion.context.IssueLog.add", full)
    elif where == "programs.parquet":
        monkeypatch.setattr(pq, "write_table", full)
    elif where == "manifest.json":
        monkeypatch.setattr("catalog.manifest.Manifest.write", full)
    else:
        monkeypatch.setattr("catalog.writer.TableWriter._flush", full)


SMALL_DISK = """
import resource, sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
from catalog.home import Home
from catalog.errors import NavigatorError
from catalog.records import Provider, Provenance
from catalog.writer import SnapshotWriter
try:
    with Home(Path(sys.argv[3])).writing() as building:
        writer = SnapshotWriter(building)
        for i in range(30_000):
            provenance = Provenance(source="s", record_id=str(i))
            writer.add(Provider(id=str(i), name=f"Provider {i * i * 7919} {i * 104729}", provenance=provenance))
        writer.finish()
except NavigatorError as error:
    print(type(error).__name__, error)
    sys.exit(1)
"""


@pytest.mark.parametrize("size", [1000, 100_000, 300_000])
def test_a_file_may_not_grow(first: Path, home: Home, size: int) -> None:
    """The operating system itself refuses to write on, as it does on a full disk."""
    before = _state(home)
    root = Path(run_module.__file__).parent.parent
    done = subprocess.run(
        [sys.executable, "-c", SMALL_DISK, str(root), str(size), str(home.folder)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 1, done.stderr
    assert done.stdout.startswith(f"StorageError Can't write to {home.folder}: File too large. Free space")
    assert _state(home) == before


def test_an_interrupted_run_changes_nothing(
    first: Path, cli: Cli, raw: Path, home: Home, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    put(["1,A,,,,,", "2,B,,,,,"])
    before = _state(home)

    def interrupted(*_: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("ingestion.run.assemble", interrupted)
    code, _, said = cli("run", "--from", raw, "--home", home.folder)
    assert (code, said) == (130, "Stopped. The current snapshot is as it was.")
    assert _state(home) == before


def test_a_bug_in_a_source_is_not_hidden(toy: Source, raw: Path, home: Home) -> None:
    def read(context: Any) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        run(raw, home, {"toy": dataclasses.replace(toy, read=read)})
    assert home.current() is None


def test_an_unusable_setting(cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NAVIGATOR_PORT", "many")
    code, _, said = cli("report")
    assert (code, "NAVIGATOR_PORT" in said) == (1, True)


def test_the_listings(first: Path, cli: Cli, home: Home) -> None:
    code, out, _ = cli("sources")
    assert code == 0
    assert "Department of Toys" in out
    code, out, _ = cli("report", "--home", home.folder)
    assert code == 0
    assert "toy/outcomes.csv.gz" in out


def test_counts_of_samples_are_not_checked(cli: Cli, raw: Path, home: Home, put: Callable[..., None]) -> None:
    put(["1,A,,,,,"])
    assert cli("run", "--from", raw, "--home", home.folder)[0] == 1
    assert cli("run", "--from", raw, "--home", home.folder, "--sample")[0] == 0


def test_the_rules_judge_as_on_the_newest_date_of_the_sources_or_as_told(cli: Cli, raw: Path, home: Home) -> None:
    def judged_on() -> date | None:
        snapshot = home.open()
        snapshot.close()
        return snapshot.manifest.judged_on

    assert cli("run", "--from", raw, "--home", home.folder)[0] == 0
    default, first = judged_on(), home.current()
    assert default == date(2021, 12, 31)
    assert cli("run", "--from", raw, "--home", home.folder, "--judged-on", "2030-01-01")[0] == 0
    assert judged_on() == date(2030, 1, 1)
    assert cli("run", "--from", raw, "--home", home.folder, "--judged-on", default.isoformat())[0] == 0
    assert home.current() == first
