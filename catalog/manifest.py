"""What a snapshot says about itself: its sources, files, counts and hashes."""

from __future__ import annotations

import hashlib
import json
import os
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from catalog.records import AsOf, Record

PIECE_BYTES = 1 << 20


class FileReport(Record):
    """Fate of the rows of one published file: rows_read = kept + merged + held_back."""

    file: str
    source: str
    sha256: str
    bytes: int
    as_of: AsOf | None
    rows_read: int
    kept: int
    merged: int
    held_back: int
    field_issues: int
    column_issues: int = 0


class SourceReport(Record):
    """One source as it went into the snapshot."""

    name: str
    title: str
    publisher: str
    url: str
    licence: str
    vintage: str
    as_of: AsOf | None


class TableReport(Record):
    """One Parquet file of the snapshot."""

    rows: int
    sha256: str


class Manifest(Record):
    """The snapshot's table of contents; `content_hash` covers every other field.

    It holds no clock time: equal inputs give an equal manifest.
    """

    schema_version: int
    input_digest: str
    sources: tuple[SourceReport, ...]
    files: tuple[FileReport, ...]
    unread_files: tuple[str, ...] = ()
    tables: dict[str, TableReport]
    coverage: dict[str, dict[str, int]] = Field(default_factory=dict)
    links: dict[str, int] = Field(default_factory=dict)
    judged_on: date | None = None
    content_hash: str = ""

    def sealed(self) -> Manifest:
        """Return a copy that carries its own hash."""
        return self.model_copy(update={"content_hash": self._digest()})

    def _digest(self) -> str:
        body = self.model_dump(mode="json", exclude={"content_hash"})
        return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()

    def write(self, path: Path) -> None:
        """Write it as JSON, and flush it to the disk itself."""
        path.write_text(self.model_dump_json(indent=1), encoding="utf-8")
        sync(path)

    @property
    def is_intact(self) -> bool:
        """Whether the hash fits the contents."""
        return self.content_hash == self._digest()


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file, read in pieces."""
    with path.open("rb") as stream:
        return sha256_of_stream(stream)


def sha256_of_stream(stream: Any) -> str:
    """Return the SHA-256 of an open binary file, local or not, from where it stands."""
    digest = hashlib.sha256()
    while piece := stream.read(PIECE_BYTES):
        digest.update(piece)
    return digest.hexdigest()


def sync(path: Path) -> None:
    """Flush a file or a folder to the disk itself."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
