"""A manifest is sealed: its hash covers everything that it says."""

from __future__ import annotations

import hashlib
import io
from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from catalog.manifest import FileReport, Manifest, TableReport, sha256_of, sha256_of_stream


def _manifest() -> Manifest:
    report = FileReport(
        file="toy/a.csv",
        source="toy",
        sha256="0" * 64,
        bytes=10,
        as_of="2020",
        rows_read=3,
        kept=1,
        merged=1,
        held_back=1,
        field_issues=0,
    )
    tables = {"providers": TableReport(rows=1, sha256="1" * 64)}
    return Manifest(schema_version=1, input_digest="d", sources=(), files=(report,), tables=tables)


def test_a_sealed_manifest_is_intact() -> None:
    sealed = _manifest().sealed()
    assert sealed.is_intact
    assert len(sealed.content_hash) == 64
    assert sealed.sealed() == sealed


def test_an_unsealed_one_is_not() -> None:
    assert not _manifest().is_intact


@pytest.mark.parametrize(
    "change",
    [
        {"input_digest": "e"},
        {"schema_version": 2},
        {"tables": {}},
        {"files": ()},
        {"unread_files": ("x",)},
        {"coverage": {"programs": {"all": 1}}},
        {"links": {"ein": 1}},
        {"judged_on": date(2026, 8, 7)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_the_hash_covers_every_field(change: dict[str, object]) -> None:
    sealed = _manifest().sealed()
    changed = sealed.model_copy(update=change)
    assert not changed.is_intact
    assert changed.sealed().content_hash != sealed.content_hash


def test_no_field_is_outside_the_cases_above() -> None:
    assert set(Manifest.model_fields) == {
        "schema_version",
        "input_digest",
        "sources",
        "files",
        "unread_files",
        "tables",
        "coverage",
        "links",
        "judged_on",
        "content_hash",
    }


def test_it_survives_being_written(tmp_path: Path) -> None:
    sealed = _manifest().sealed()
    sealed.write(tmp_path / "manifest.json")
    again = Manifest.model_validate_json((tmp_path / "manifest.json").read_bytes())
    assert again == sealed
    assert again.is_intact


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(ValidationError):
        Manifest.model_validate({**_manifest().model_dump(), "made_at": "2026-01-01"})


@pytest.mark.parametrize("size", [0, 1, (1 << 20) - 1, 1 << 20, (1 << 21) + 7])
def test_the_hash_of_a_file_is_that_of_its_bytes(tmp_path: Path, size: int) -> None:
    data = bytes(i % 251 for i in range(1000)) * (size // 1000 + 1)
    (tmp_path / "f").write_bytes(data[:size])
    assert sha256_of(tmp_path / "f") == hashlib.sha256(data[:size]).hexdigest()
    assert sha256_of_stream(io.BytesIO(data[:size])) == hashlib.sha256(data[:size]).hexdigest()
