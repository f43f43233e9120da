"""Small records and snapshots for the catalog's tests."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from catalog.manifest import Manifest
from catalog.records import (
    Cost,
    Length,
    Measure,
    Place,
    Program,
    Provenance,
    Provider,
    Record,
    Unit,
)
from catalog.tables import SCHEMA_VERSION
from catalog.writer import SnapshotWriter


def _origin(record_id: str) -> Provenance:
    return Provenance(source="toy", record_id=record_id, as_of="2020-08", file="toy/programs.csv", row=1)


@pytest.fixture(scope="session")
def sample_records() -> list[Record]:
    """Two providers, three programs of which one has no cost, and two measures."""
    return [
        Provider(id="toy:1", name="Harbor School", place=Place(city="Newark", state="NJ"), provenance=_origin("1")),
        Provider(id="toy:2", name="Río Academy", aliases=("Rio Acad.", "RA"), provenance=_origin("2")),
        Program(
            id="toy:p1",
            name="Welding",
            provider_id="toy:1",
            soc=("51-4121",),
            cost=Cost(total_usd=1200.0),
            length=Length(clock_hours=300),
            place=Place(state="NJ"),
            provenance=_origin("p1"),
        ),
        Program(
            id="toy:p2",
            name="Nurse aide",
            provider_id="toy:2",
            cost=Cost(total_usd=0.0),
            place=Place(state="NY"),
            provenance=_origin("p2"),
        ),
        Program(id="toy:p3", name="Coding", provider_id="toy:2", provenance=_origin("p3")),
        _measure("toy:p1", 0.5),
        _measure("toy:p2", None),
    ]


def _measure(subject: str, value: float | None) -> Measure:
    return Measure(
        subject_kind="program",
        subject_id=subject,
        name="employment_rate_q2",
        value=value,
        unit=Unit.FRACTION,
        definition="toy",
        provenance=_origin(subject),
    )


@pytest.fixture
def write_snapshot() -> Callable[..., str]:
    """Write records as a whole snapshot folder; returns its content hash."""

    def writing(folder: Path, records: Iterable[Record], input_digest: str = "inputs") -> str:
        folder.mkdir(parents=True, exist_ok=True)
        writer = SnapshotWriter(folder)
        writer.add_all(records)
        manifest = Manifest(
            schema_version=SCHEMA_VERSION, input_digest=input_digest, sources=(), files=(), tables=writer.finish()
        ).sealed()
        manifest.write(folder / "manifest.json")
        return manifest.content_hash

    return writing


@pytest.fixture
def snapshot_folder(tmp_path: Path, write_snapshot: Callable[..., str], sample_records: list[Record]) -> Path:
    """A folder that holds a snapshot of the sample records."""
    write_snapshot(tmp_path / "snapshot", sample_records)
    return tmp_path / "snapshot"
