"""Drills: runs that are killed, a million programs, and a second run; on the publishers' files if they are there."""

from __future__ import annotations

import contextlib
import gzip
import os
import random
import shutil
import signal
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import ingestion
from catalog.home import Home
from catalog.snapshot import Snapshot
from catalog.tables import TABLES
from evals.multiply import multiply

pytestmark = pytest.mark.e2e

CHANGED = "nj/nj_providers_20191118.csv.gz"
KILLS = 20
PROGRAMS = 1_000_000


class Drill:
    """A raw folder, and runs of the real command over it in processes of their own."""

    def __init__(self, raw: Path, folder: Path, *, sample: bool) -> None:
        self.raw, self.folder, self.sample = raw, folder, sample

    def start(self, raw: Path, home: Path, seed: int = 0) -> subprocess.Popen[str]:
        """Start a run; `seed` changes the order in which sets are walked."""
        arguments = [sys.executable, "-m", "ingestion", "run", "--from", str(raw), "--home", str(home)]
        return subprocess.Popen(
            arguments + ["--sample"] * self.sample,
            cwd=Path(ingestion.__file__).parent.parent,
            env={**os.environ, "PYTHONHASHSEED": str(seed)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def finish(self, raw: Path, home: Path, seed: int = 0) -> float:
        """Run to the end; returns the seconds that it took."""
        began = time.perf_counter()
        with self.start(raw, home, seed) as process:
            _, said = process.communicate(timeout=600)
        assert process.returncode == 0, said
        return time.perf_counter() - began


@pytest.fixture(scope="module")
def drill(fixture_raw: Path, tmp_path_factory: pytest.TempPathFactory) -> Drill:
    """On the publishers' files, or, without them, on the fixtures."""
    real = os.environ.get("NAVIGATOR_RAW_DATA")
    raw = Path(real) if real else fixture_raw
    return Drill(raw, tmp_path_factory.mktemp("drill"), sample=not real)


@pytest.fixture(scope="module")
def undisturbed(drill: Drill) -> tuple[Path, float]:
    """Home and seconds of a run that nothing disturbs."""
    home = drill.folder / "undisturbed"
    return home, drill.finish(drill.raw, home)


@pytest.fixture
def snapshot(undisturbed: tuple[Path, float]) -> Iterator[Snapshot]:
    opened = Home(undisturbed[0]).open()
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def earlier(drill: Drill) -> Path:
    """A home whose current snapshot was made before one of the files gained its last row."""
    raw, home = drill.folder / "earlier-raw", drill.folder / "earlier"
    shutil.copytree(drill.raw, raw)
    lines = gzip.decompress((raw / CHANGED).read_bytes()).splitlines(keepends=True)
    (raw / CHANGED).write_bytes(gzip.compress(b"".join(lines[:-1])))
    drill.finish(raw, home)
    return home


def _current(home: Path) -> str:
    """Open and verify the current snapshot; returns its hash."""
    folder = Home(home).current()
    assert folder is not None
    snapshot = Snapshot(folder)
    snapshot.verify()
    snapshot.close()
    return snapshot.content_hash


@pytest.mark.timeout(3600)
def test_a_killed_run_leaves_a_whole_snapshot(
    drill: Drill, undisturbed: tuple[Path, float], earlier: Path, tmp_path: Path
) -> None:
    """Twenty moments over the whole run, a third of them in its last tenth, where the snapshot is written."""
    new, old = _current(undisturbed[0]), _current(earlier)
    assert new != old
    moments = random.Random(20)
    home, killed = tmp_path / "home", 0
    shutil.copytree(earlier, home)
    for number in range(KILLS):
        if _current(home) == new:
            shutil.rmtree(home)
            shutil.copytree(earlier, home)
        share = moments.uniform(0.9, 1) if number % 3 == 0 else moments.uniform(0, 0.95)
        process = drill.start(drill.raw, home)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(share * undisturbed[1])
        killed += process.poll() is None
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert _current(home) in (old, new)
    assert killed >= KILLS // 2
    drill.finish(drill.raw, home)
    assert _current(home) == new
    left = {path.name for path in (home / "snapshots").iterdir()}
    assert left <= {new[:16], old[:16]}


@pytest.mark.timeout(900)
def test_the_same_files_give_the_same_snapshot(drill: Drill, undisturbed: tuple[Path, float], tmp_path: Path) -> None:
    drill.finish(drill.raw, tmp_path / "again", seed=4711)
    assert _current(tmp_path / "again") == _current(undisturbed[0])


@pytest.mark.timeout(900)
def test_a_second_run_takes_under_a_tenth(raw_data: Path, drill: Drill, undisturbed: tuple[Path, float]) -> None:
    home, first = undisturbed
    second = min(drill.finish(drill.raw, home) for _ in range(2))
    print(f"first run {first:.1f} s, second {second:.2f} s")
    assert second < first / 10


@pytest.mark.timeout(900)
def test_every_row_is_accounted_for(snapshot: Snapshot) -> None:
    for report in snapshot.manifest.files:
        assert report.rows_read == report.kept + report.merged + report.held_back
        (counted,) = snapshot.query("SELECT count(*) FROM fates WHERE file = ?", [report.file])
        assert counted == (report.rows_read,), report.file
        assert report.column_issues == 0, report.file
    assert snapshot.query("SELECT count(DISTINCT file) FROM fates") == [(len(snapshot.manifest.files),)]


@pytest.mark.timeout(900)
def test_every_fate_leads_to_a_record(raw_data: Path, snapshot: Snapshot) -> None:
    """Codes are called by `system:code`, outcomes by their subject."""
    with_ids = [f"SELECT id FROM {name}" for name, model in TABLES.items() if "id" in model.model_fields]
    others = ["SELECT system || ':' || code FROM codes", "SELECT subject_id FROM measures"]
    ids = " UNION ALL ".join(with_ids + others)
    lost = f"SELECT file, row, record_id FROM fates WHERE record_id IS NOT NULL AND record_id NOT IN ({ids}) LIMIT 5"
    assert snapshot.query(lost) == []


@pytest.mark.timeout(900)
@pytest.mark.parametrize("name", TABLES)
def test_ids_are_unique_and_origins_known(snapshot: Snapshot, name: str) -> None:
    fields = TABLES[name].model_fields
    if "id" in fields:
        assert snapshot.query(f"SELECT id FROM {name} GROUP BY id HAVING count(*) > 1 LIMIT 5") == []
    if "provenance" in fields:
        sources = {source.name for source in snapshot.manifest.sources}
        assert {row[0] for row in snapshot.query(f"SELECT DISTINCT provenance_source FROM {name}")} <= sources
        files = {report.file for report in snapshot.manifest.files} | {None}
        assert {row[0] for row in snapshot.query(f"SELECT DISTINCT provenance_file FROM {name}")} <= files


@pytest.fixture(scope="module")
def million(undisturbed: tuple[Path, float], drill: Drill) -> Path:
    base = Home(undisturbed[0]).open()
    multiply(base, PROGRAMS, drill.folder / "million")
    base.close()
    return drill.folder / "million"


def test_a_million_programs_open_in_a_second(million: Path) -> None:
    began = time.perf_counter()
    snapshot = Snapshot(million)
    took = time.perf_counter() - began
    assert snapshot.query("SELECT count(*), count(DISTINCT id) FROM programs") == [(PROGRAMS, PROGRAMS)]
    snapshot.close()
    print(f"opened in {took * 1000:.0f} ms")
    assert took < 1


@pytest.mark.parametrize(
    ("state", "cost", "hours"), [("NJ", 2000, 300), ("CA", 5000, 600), ("NY", 1000, 100), ("TX", 20_000, 2000)]
)
def test_a_million_programs_are_filtered_in_50_ms(million: Path, state: str, cost: float, hours: float) -> None:
    snapshot = Snapshot(million)
    where = "place_state = ? AND cost_total_usd <= ? AND length_clock_hours <= ?"
    times = []
    for _ in range(20):
        began = time.perf_counter()
        found = snapshot.ids("programs", where, [state, cost, hours])
        times.append((time.perf_counter() - began) * 1000)
    snapshot.close()
    print(f"{state}: {len(found)} found, median {statistics.median(times):.1f} ms, slowest {max(times):.1f} ms")
    assert found == sorted(found)
    assert statistics.median(times) < 50
