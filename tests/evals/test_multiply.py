"""Multiplied snapshots are whole, of the size asked for, and always the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.manifest import Manifest
from catalog.records import Cost, Length, Place, Program, Provenance, Provider
from catalog.snapshot import Snapshot
from catalog.tables import SCHEMA_VERSION
from catalog.writer import SnapshotWriter
from evals.multiply import multiply


@pytest.fixture
def base(tmp_path: Path, open_snapshot: Callable[[Path], Snapshot]) -> Snapshot:
    """Three programs, of which one has neither cost nor place, and providers in two states."""
    folder = tmp_path / "base"
    folder.mkdir()
    writer = SnapshotWriter(folder)
    for state in ("NJ", "OH"):
        place = Place(city="Salem", state=state, zip="08079")
        writer.add(Provider(id=f"toy:{state}", name="School", place=place, provenance=_origin(state)))
    for number in (1, 2):
        fields = {"cost": Cost(total_usd=1000.0 * number), "length": Length(clock_hours=100), "place": place}
        key = f"toy:p{number}"
        writer.add(Program(id=key, name="Welding", provider_id="toy:NJ", provenance=_origin(key), **fields))  # type: ignore[arg-type]
    writer.add(Program(id="toy:p3", name="Coding", provider_id="toy:OH", provenance=_origin("p3")))
    manifest = Manifest(
        schema_version=SCHEMA_VERSION, input_digest="toy", sources=(), files=(), tables=writer.finish()
    ).sealed()
    manifest.write(folder / "manifest.json")
    return open_snapshot(folder)


def _origin(record_id: str) -> Provenance:
    return Provenance(source="toy", record_id=record_id)


@pytest.fixture
def many(base: Snapshot, tmp_path: Path, open_snapshot: Callable[[Path], Snapshot]) -> Snapshot:
    multiply(base, 1000, tmp_path / "many")
    return open_snapshot(tmp_path / "many")


def test_the_result_is_a_whole_snapshot(many: Snapshot) -> None:
    many.verify()
    assert many.manifest.tables["programs"].rows == 1000
    assert many.query("SELECT count(*), count(DISTINCT id) FROM programs") == [(1000, 1000)]
    assert many.query("SELECT count(*) FROM providers") == [(2,)]


def test_the_first_round_is_unchanged(base: Snapshot, many: Snapshot) -> None:
    ids = ["toy:p1", "toy:p2", "toy:p3"]
    assert many.get(Program, ids) == base.get(Program, ids)


def test_later_rounds_vary_within_bounds(many: Snapshot) -> None:
    costs = [row[0] for row in many.query("SELECT cost_total_usd FROM programs WHERE id LIKE 'toy:p1~%'")]
    assert 500 <= min(costs) < max(costs) <= 2000
    assert len(set(costs)) > 100
    assert {row[0] for row in many.query("SELECT DISTINCT place_state FROM programs WHERE id LIKE '%~%'")} == {
        "NJ",
        "OH",
    }


def test_what_was_not_reported_stays_so(many: Snapshot) -> None:
    assert many.query("SELECT count(cost_total_usd) FROM programs WHERE id LIKE 'toy:p3%'") == [(0,)]


def test_equal_arguments_give_equal_bytes(base: Snapshot, tmp_path: Path) -> None:
    first, second, third = (
        multiply(base, 500, tmp_path / name, seed=seed) for name, seed in (("a", 1), ("b", 1), ("c", 2))
    )
    assert first == second
    assert first.content_hash != third.content_hash


def test_fewer_than_there_are(base: Snapshot, tmp_path: Path) -> None:
    assert multiply(base, 2, tmp_path / "few").tables["programs"].rows == 2
