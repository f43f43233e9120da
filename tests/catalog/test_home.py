"""One snapshot is current, one may be gone back to, one run may write."""

from __future__ import annotations

import multiprocessing
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog import home as home_module
from catalog.errors import RunInProgressError, SnapshotError, StorageError
from catalog.home import Home, is_whole
from catalog.records import Record

Publishing = Callable[[str], Path]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def publish(home: Home, write_snapshot: Callable[..., str], sample_records: list[Record]) -> Publishing:
    """Make a snapshot current whose inputs have the given digest."""

    def publishing(digest: str) -> Path:
        with home.writing() as building:
            return home.make_current(building, write_snapshot(building, sample_records, digest))

    return publishing


def _names(home: Home) -> set[str]:
    return {path.name for path in home.snapshots.iterdir()}


def test_a_new_home_has_none(home: Home) -> None:
    assert home.current() is None
    assert home.previous() is None


def test_the_new_one_is_current_and_the_old_one_previous(home: Home, publish: Publishing) -> None:
    first, second = publish("1"), publish("2")
    assert (home.current(), home.previous()) == (second, first)
    third = publish("3")
    assert (home.current(), home.previous()) == (third, second)
    assert _names(home) == {second.name, third.name}


def test_the_same_contents_again(home: Home, publish: Publishing) -> None:
    first = publish("1")
    before = (first / "manifest.json").stat().st_ino
    assert publish("1") == first
    assert (first / "manifest.json").stat().st_ino == before
    assert home.previous() is None
    assert _names(home) == {first.name}


def test_open_gives_the_current_one(home: Home, publish: Publishing) -> None:
    publish("1")
    snapshot = home.open()
    snapshot.verify()
    assert snapshot.manifest.input_digest == "1"
    snapshot.close()


def test_without_one_the_bundled_one_is_opened(
    home: Home, snapshot_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(home_module, "bundled_folder", lambda: snapshot_folder)
    snapshot = home.open()
    assert snapshot.location == str(snapshot_folder)
    snapshot.close()


def test_a_current_one_that_is_gone_is_not_replaced_in_silence(home: Home, publish: Publishing) -> None:
    shutil.rmtree(publish("1"))
    assert home.current() is None
    with pytest.raises(SnapshotError, match="gone or damaged"):
        home.open()


@pytest.mark.parametrize("text", ["", "\n", "..", "../../etc", "/etc", "ffffffffffffffff", "x" * 10_000, "\0", "é"])
def test_a_damaged_pointer_points_nowhere(home: Home, publish: Publishing, text: str) -> None:
    publish("1")
    (home.folder / "current").write_text(text, encoding="utf-8")
    assert home.current() is None
    publish("2")
    assert home.current() is not None


def test_roll_back_and_forth(home: Home, publish: Publishing) -> None:
    first, second = publish("1"), publish("2")
    assert home.roll_back() == first
    assert (home.current(), home.previous()) == (first, second)
    assert home.roll_back() == second
    assert (home.current(), home.previous()) == (second, first)


def test_nothing_to_roll_back_to(home: Home, publish: Publishing) -> None:
    with pytest.raises(SnapshotError, match="no previous snapshot"):
        home.roll_back()
    publish("1")
    with pytest.raises(SnapshotError, match="no previous snapshot"):
        home.roll_back()
    assert home.current() is not None


def test_roll_back_from_a_lost_snapshot(home: Home, publish: Publishing) -> None:
    first = publish("1")
    shutil.rmtree(publish("2"))
    assert home.roll_back() == first
    assert home.current() == first


def test_a_damaged_snapshot_of_the_same_name_is_replaced(home: Home, publish: Publishing) -> None:
    first = publish("1")
    (first / "programs.parquet").write_bytes(b"")
    assert not is_whole(first)
    assert publish("1") == first
    assert is_whole(first)
    assert _names(home) == {first.name}


def test_is_whole(snapshot_folder: Path, tmp_path: Path) -> None:
    assert is_whole(snapshot_folder)
    assert not is_whole(tmp_path / "nowhere")
    with (snapshot_folder / "links.parquet").open("ab") as stream:
        stream.write(b" ")
    assert not is_whole(snapshot_folder)


def test_what_fails_leaves_nothing_behind(home: Home, publish: Publishing) -> None:
    first = publish("1")

    def fail() -> None:
        with home.writing() as building:
            (building / "programs.parquet").write_bytes(b"half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert home.current() == first
    assert _names(home) == {first.name}


def test_leftovers_of_a_killed_run_are_removed(home: Home, publish: Publishing) -> None:
    first = publish("1")
    (home.snapshots / ".building-1").mkdir()
    (home.snapshots / ".removed-ffff").mkdir()
    with home.writing() as building:
        assert _names(home) == {first.name, building.name}


@pytest.mark.parametrize("step", ["previous", "current"])
def test_a_crash_between_the_steps_leaves_a_current_snapshot(
    home: Home, publish: Publishing, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    first = publish("1")
    point = Home._point

    def crashing(self: Home, name: str, target: str) -> None:
        if name == step:
            raise KeyboardInterrupt
        point(self, name, target)

    monkeypatch.setattr(Home, "_point", crashing)
    with pytest.raises(KeyboardInterrupt):
        publish("2")
    monkeypatch.undo()
    assert home.current() == first
    assert is_whole(first)
    assert home.previous() is None
    second = publish("2")
    assert (home.current(), home.previous()) == (second, first)


def test_one_run_at_a_time(home: Home, publish: Publishing) -> None:
    first, second = publish("1"), publish("2")
    other = Home(home.folder)
    with home.writing():
        with pytest.raises(RunInProgressError, match=str(home.folder)), other.writing():
            pytest.fail("two runs at once")
        with pytest.raises(RunInProgressError):
            other.roll_back()
    assert (home.current(), home.previous()) == (second, first)
    with other.writing():
        pass


def _try_to_write(folder: str) -> str:
    try:
        with Home(Path(folder)).writing():
            return "wrote"
    except RunInProgressError:
        return "refused"


def test_one_run_at_a_time_between_processes(home: Home) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        with home.writing():
            assert pool.apply(_try_to_write, (str(home.folder),)) == "refused"
        assert pool.apply(_try_to_write, (str(home.folder),)) == "wrote"


def test_a_full_disk_is_said_plainly(home: Home, publish: Publishing) -> None:
    first = publish("1")
    with pytest.raises(StorageError, match=r"No space left on device.*Free space") as caught, home.writing():
        raise OSError(28, "No space left on device")
    assert str(home.folder) in str(caught.value)
    assert home.current() == first


def test_an_unreadable_file_elsewhere_is_not_blamed_on_the_home(home: Home, tmp_path: Path) -> None:
    with pytest.raises(PermissionError), home.writing():
        raise PermissionError(13, "Permission denied", str(tmp_path / "raw.csv"))


def test_a_home_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StorageError, match="Can't write to"), Home(tmp_path / "file").writing():
        pytest.fail("a file is no folder")
