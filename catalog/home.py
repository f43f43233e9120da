"""The home folder: which snapshot is current, which was before it, and who may write."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path

from catalog.errors import RunInProgressError, SnapshotError
from catalog.snapshot import Snapshot


def bundled_folder() -> Path:
    """Return the folder of the snapshot that ships with the program."""
    return Path(str(files("catalog"))) / "bundled"


class Home:
    """Snapshots under one folder: `snapshots/<hash>/`, and the small files `current` and `previous`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.snapshots = folder / "snapshots"

    def current(self) -> Path | None:
        """Return the folder of the current snapshot, or None when none was made here yet."""
        return self._pointed_to("current")

    def previous(self) -> Path | None:
        """Return the folder of the snapshot before the current one."""
        return self._pointed_to("previous")

    def open(self) -> Snapshot:
        """Open the current snapshot; the bundled one when the home folder has none."""
        return Snapshot(self.current() or bundled_folder())

    def make_current(self, building: Path, content_hash: str) -> Path:
        """Name a finished folder by its hash and make it current in one atomic step.

        The snapshot that was current is kept for rollback; older ones are removed.
        """
        target = self.snapshots / content_hash[:16]
        if target.exists():
            shutil.rmtree(building)
        else:
            _sync_folder(building)
            building.rename(target)
            _sync_folder(self.snapshots)
        was = self.current()
        if was is not None and was != target:
            self._point("previous", was.name)
        self._point("current", target.name)
        self._remove_others()
        return target

    def roll_back(self) -> Path:
        """Make the previous snapshot current again, and the current one previous."""
        previous, current = self.previous(), self.current()
        if previous is None or current is None:
            raise SnapshotError(f"{self.folder} holds no previous snapshot to go back to.")
        self._point("current", previous.name)
        self._point("previous", current.name)
        return previous

    @contextmanager
    def writing(self) -> Iterator[Path]:
        """Hold the right to write, and lend an empty folder to build in; it is removed afterwards."""
        self.snapshots.mkdir(parents=True, exist_ok=True)
        with (self.folder / "run.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RunInProgressError(
                    f"Another run is writing to {self.folder}. Wait for it to end, or set another NAVIGATOR_HOME."
                ) from None
            for leftover in self.snapshots.glob(".building-*"):
                shutil.rmtree(leftover)
            building = self.snapshots / f".building-{os.getpid()}"
            building.mkdir()
            try:
                yield building
            finally:
                shutil.rmtree(building, ignore_errors=True)

    def _pointed_to(self, name: str) -> Path | None:
        try:
            target = self.snapshots / (self.folder / name).read_text(encoding="ascii").strip()
        except FileNotFoundError:
            return None
        return target if (target / "manifest.json").is_file() else None

    def _point(self, name: str, target: str) -> None:
        draft = self.folder / f".{name}.draft"
        with draft.open("w", encoding="ascii") as stream:
            stream.write(target + "\n")
            stream.flush()
            os.fsync(stream.fileno())
        draft.replace(self.folder / name)
        _sync_folder(self.folder)

    def _remove_others(self) -> None:
        kept = {path.name for path in (self.current(), self.previous()) if path is not None}
        for folder in self.snapshots.iterdir():
            if folder.name not in kept and not folder.name.startswith(".building-"):
                shutil.rmtree(folder)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
