"""The home folder: which snapshot is current, which was before it, and who may write."""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from catalog.errors import RunInProgressError, SnapshotError, StorageError
from catalog.manifest import sync
from catalog.snapshot import REMEDY, Snapshot

NAME = re.compile(r"[0-9a-f]{16}")


def bundled_folder() -> Path:
    """Return the folder of the snapshot that ships with the program."""
    return Path(str(files("catalog"))) / "bundled"


class Home:
    """Snapshots under one folder: `snapshots/<hash>/`, and the small files `current` and `previous`.

    Methods that write raise StorageError when the disk is full or refuses.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.snapshots = folder / "snapshots"

    def current(self) -> Path | None:
        """Return the folder of the current snapshot, or None when none was made here yet."""
        return self._pointed_to("current")

    def previous(self) -> Path | None:
        """Return the folder of the snapshot before the current one."""
        previous = self._pointed_to("previous")
        return None if previous == self.current() else previous

    def open(self) -> Snapshot:
        """Open the current snapshot; the bundled one when none was ever made here.

        Raises SnapshotError when one was made but is gone: other data must not stand in for it unsaid.
        """
        current = self.current()
        if current is None and (self.folder / "current").exists():
            raise SnapshotError(f"The current snapshot of {self.folder} is gone or damaged. {REMEDY}")
        return Snapshot(current or bundled_folder())

    def make_current(self, building: Path, content_hash: str) -> Path:
        """Name a finished folder by its hash and make it current in one atomic step.

        The snapshot that was current is kept for rollback; older ones are removed.
        """
        target = self.snapshots / content_hash[:16]
        if not is_whole(target):
            self._remove(target)
            sync(building)
            building.rename(target)
            sync(self.snapshots)
        was = self.current()
        if was is not None and was != target:
            self._point("previous", was.name)
        self._point("current", target.name)
        self._remove_others()
        return target

    def roll_back(self) -> Path:
        """Make the previous snapshot current again, and the current one previous."""
        with self._locked():
            previous, current = self.previous(), self.current()
            if previous is None:
                raise SnapshotError(f"{self.folder} holds no previous snapshot to go back to.")
            self._point("current", previous.name)
            if current is not None:
                self._point("previous", current.name)
            return previous

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Hold the right to write, and lend an empty folder to build in; it is removed afterwards."""
        with self._locked():
            for leftover in self.snapshots.glob(".*"):
                shutil.rmtree(leftover)
            building = self.snapshots / f".building-{os.getpid()}"
            building.mkdir()
            try:
                yield building
            finally:
                shutil.rmtree(building, ignore_errors=True)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            with self._lock():
                yield
        except OSError as error:
            if error.filename is None or Path(os.fsdecode(error.filename)).is_relative_to(self.folder):
                raise StorageError(
                    f"Can't write to {self.folder}: {os.strerror(error.errno) if error.errno else error}. "
                    "Free space there or correct its rights, or set another NAVIGATOR_HOME; "
                    "the current snapshot is as it was."
                ) from error
            raise

    @contextmanager
    def _lock(self) -> Iterator[None]:
        self.snapshots.mkdir(parents=True, exist_ok=True)
        with (self.folder / "run.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RunInProgressError(
                    f"Another run is writing to {self.folder}. Wait for it to end, or set another NAVIGATOR_HOME."
                ) from None
            yield

    def _pointed_to(self, name: str) -> Path | None:
        try:
            target = (self.folder / name).read_text(encoding="ascii", errors="replace").strip()
        except FileNotFoundError:
            return None
        if not NAME.fullmatch(target) or not (self.snapshots / target / "manifest.json").is_file():
            return None
        return self.snapshots / target

    def _point(self, name: str, target: str) -> None:
        draft = self.folder / f".{name}.draft"
        draft.write_text(target + "\n", encoding="ascii")
        sync(draft)
        draft.replace(self.folder / name)
        sync(self.folder)

    def _remove_others(self) -> None:
        kept = {path.name for path in (self.current(), self.previous()) if path is not None}
        for folder in self.snapshots.iterdir():
            if folder.name not in kept and not folder.name.startswith("."):
                self._remove(folder)

    def _remove(self, folder: Path) -> None:
        """Take the folder's name away first: a half removed snapshot must not look like one."""
        if folder.exists():
            doomed = self.snapshots / f".removed-{folder.name}"
            shutil.rmtree(doomed, ignore_errors=True)
            folder.rename(doomed)
            shutil.rmtree(doomed)


def is_whole(folder: Path) -> bool:
    """Whether a folder holds a snapshot of this version, every file of which fits its hash."""
    try:
        snapshot = Snapshot(folder)
    except SnapshotError:
        return False
    try:
        snapshot.verify()
    except SnapshotError:
        return False
    finally:
        snapshot.close()
    return True
