"""Fetching a source's files: each is checked before it gets its name, dated, hashed, and noted beside itself."""

from __future__ import annotations

import fcntl
import gzip
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

from pydantic import ValidationError

from catalog.errors import StorageError
from catalog.manifest import sha256_of, sync
from catalog.records import Record
from ingestion import cells
from ingestion.download import Download, FetchError, Limits, Version
from ingestion.source import Source, SourceFile

__all__ = ["FetchError", "Fetched", "Limits", "fetch", "fetch_file"]

Told = Callable[[str, int, int | None], None]
PAGE = re.compile(rb"\s*(\xef\xbb\xbf)?\s*<(!doctype html|html|head|body)\b", re.IGNORECASE)
TITLE = re.compile(r"<title[^>]*>([^<]{1,200})", re.IGNORECASE)
PIECE_BYTES = 1 << 20
UNPACKED_TO_PACKED = 100
"""A file that unpacks to more than this many times the allowed size is refused."""


class Fetched(Record):
    """The note beside a fetched file, `<file>.fetched.json`: where, when and what."""

    url: str
    fetched_at: str
    sha256: str = ""
    bytes: int = 0
    etag: str | None = None
    last_modified: str | None = None

    @property
    def version(self) -> Version:
        """What the server said about the file's version."""
        return Version(self.etag, self.last_modified)


def fetch(
    source: Source, to: Path, *, limits: Limits | None = None, on_progress: Told = lambda _file, _got, _total: None
) -> list[Fetched]:
    """Fetch every file of a source into its place under `to`.

    A file that fails does not keep the others from being fetched; then, or when the publisher gives
    no direct address of a file, FetchError is raised at the end. Raises StorageError for the disk.
    """
    done: list[Fetched] = []
    problems: list[str] = []
    for file in source.files:
        try:
            done.append(fetch_file(_address(source, file, to), to / file.path, limits=limits, on_progress=on_progress))
        except FetchError as error:
            problems.append(str(error))
    if problems:
        raise FetchError("\n".join(problems))
    return done


def _address(source: Source, file: SourceFile, to: Path) -> str:
    if file.url is None:
        raise FetchError(
            f"{source.name}: {source.publisher} gives no direct address for {file.path}. "
            f"Please download it from {source.url} and save it as {to / file.path}."
        )
    return file.url


def fetch_file(
    url: str,
    target: Path,
    *,
    limits: Limits | None = None,
    on_progress: Told = lambda _file, _got, _total: None,
) -> Fetched:
    """Fetch one file to `target`, through `<target>.part`, which a later call resumes.

    An earlier copy with other contents is kept as `<target>.<hash>.earlier`. Raises FetchError;
    then `target` is as it was. Raises StorageError when the disk is full or refuses.
    """
    if not url.startswith(("https://", "http://")):
        raise FetchError(f"{url!r} is neither an http nor an https address. Correct the source's address.")
    try:
        return _fetch(url, target, limits or Limits(), on_progress)
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else str(error)
        remedy = "Free space there or correct its rights, then fetch again."
        raise StorageError(f"Can't write {target}: {why}. {remedy}") from error


def _fetch(url: str, target: Path, limits: Limits, on_progress: Told) -> Fetched:
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(f"{target.name}.part")
    with _alone(part, url) as stream:
        copy = _version_of_copy(target, url)
        download = Download(
            url,
            stream,
            limits,
            version=_version(part, url),
            copy=copy,
            packed=target.suffix == ".gz",
            told=lambda got, total: on_progress(target.name, got, total),
            remember=lambda version: _write_note(part, _note(url, version)),
        )
        if not download.run():
            return _settle_note(target, url, copy)
        stream.flush()
        os.fsync(stream.fileno())
        try:
            _inspect(part, target, url, limits)
        except FetchError:
            _forget(part)
            raise
        _keep_earlier(part, target)
        part.replace(target)
        sync(target.parent)
    _note_path(part).unlink(missing_ok=True)
    return _settle_note(target, url, download.version)


@contextmanager
def _alone(part: Path, url: str) -> Iterator[BinaryIO]:
    """Open the part file for one fetch at a time; an empty one, or one that can't be resumed, does not stay."""
    with part.open("a+b") as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _busy(url, part) from None
        if not part.exists() or part.stat().st_ino != os.fstat(stream.fileno()).st_ino:
            raise _busy(url, part)
        try:
            yield stream
        finally:
            stream.flush()
            note = _read_note(part)
            if part.exists() and (not part.stat().st_size or note is None or note.version.resumes is None):
                _forget(part)


def _busy(url: str, part: Path) -> FetchError:
    return FetchError(f"{url}: another fetch is writing {part}. Wait for it to end.")


def _version(path: Path, url: str) -> Version:
    note = _read_note(path)
    return note.version if note is not None and note.url == url else Version()


def _version_of_copy(target: Path, url: str) -> Version:
    """What the server said about the file that we hold, if it still is that file."""
    note = _read_note(target)
    whole = note is not None and target.is_file() and sha256_of(target) == note.sha256
    return _version(target, url) if whole else Version()


def _inspect(part: Path, target: Path, url: str, limits: Limits) -> None:
    """Raise FetchError for what is surely not the file: nothing, a web page, a damaged archive."""
    with part.open("rb") as stream:
        start = stream.read(4096)
    if not start.strip():
        raise FetchError(f"{url}: the file is empty. Look up whether the publisher moved it.")
    if target.suffix not in (".html", ".htm") and PAGE.match(start):
        title = TITLE.search(start.decode(errors="replace"))
        named = f" ({cells.clean(title[1])!r})" if title else ""
        raise FetchError(
            f"{url}: a web page{named} came instead of data. Look up whether the publisher moved the file."
        )
    try:
        if target.suffix == ".gz":
            _read_through(part, limits.bytes * UNPACKED_TO_PACKED)
        elif target.suffix in (".xlsx", ".zip"):
            zipfile.ZipFile(part).close()
    except (EOFError, zlib.error, gzip.BadGzipFile, zipfile.BadZipFile) as error:
        raise FetchError(f"{url}: the file is damaged ({error}). Fetch it again later.") from None


def _read_through(path: Path, most: int) -> None:
    with gzip.open(path, "rb") as stream:
        while piece := stream.read(PIECE_BYTES):
            most -= len(piece)
            if most < 0:
                raise zlib.error("it unpacks to an implausible size")


def _keep_earlier(part: Path, target: Path) -> None:
    if target.exists() and (was := sha256_of(target)) != sha256_of(part):
        earlier = target.with_name(f"{target.name}.{was[:12]}.earlier")
        if _note_path(target).exists():
            _note_path(target).replace(_note_path(earlier))
        target.replace(earlier)


def _note(url: str, version: Version) -> Fetched:
    now = datetime.now(UTC).isoformat(timespec="seconds")
    return Fetched(url=url, fetched_at=now, etag=version.etag, last_modified=version.modified)


def _settle_note(target: Path, url: str, version: Version) -> Fetched:
    facts = {"sha256": sha256_of(target), "bytes": target.stat().st_size}
    note = _note(url, version).model_copy(update=facts)
    _write_note(target, note)
    return note


def _note_path(path: Path) -> Path:
    return path.with_name(f"{path.name}.fetched.json")


def _write_note(path: Path, note: Fetched) -> None:
    _note_path(path).write_text(note.model_dump_json(indent=1) + "\n", encoding="utf-8")


def _read_note(path: Path) -> Fetched | None:
    try:
        return Fetched.model_validate_json(_note_path(path).read_bytes())
    except (FileNotFoundError, ValidationError):
        return None


def _forget(part: Path) -> None:
    part.unlink(missing_ok=True)
    _note_path(part).unlink(missing_ok=True)
