"""`python -m evals bench --programs 10000 100000`: what size costs us and stock LangChain-Chroma, in one run."""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from assistant.opening import open_snapshot
from catalog.errors import NavigatorError
from catalog.home import Home, bundled_folder
from catalog.settings import Settings, read_settings
from catalog.snapshot import Snapshot
from evals.multiply import multiply
from evals.size import ours, stock
from evals.size.clocks import Figures, megabytes, timed
from evals.size.vectors import jitter
from ingestion.run import run as ingest
from ingestion.source import all_sources
from vectorstore.embedding import embeddings_of
from vectorstore.passages import dense_passages
from vectorstore.vectors import VectorCache

WIDTH = 200
SIDES = {"our assistant": ours, "stock LangChain-Chroma": stock}
Measured = dict[str, dict[int, Figures]]
"""By what was measured, then by the number of programs."""


class BenchError(NavigatorError):
    """The benchmark can't be run as asked."""


def run(options: argparse.Namespace) -> int:
    """Measure each size, print one table for each part, and write all of it as JSON."""
    settings = read_settings()
    with closing(open_snapshot(settings)) as snapshot:
        least = snapshot.manifest.tables["programs"].rows
        if min(options.programs) <= least:
            raise BenchError(f"--programs {min(options.programs)}: the snapshot has {least:,}, ask for more.")
        parts: Measured = {name: {} for name in ("snapshot and vectors", *SIDES)}
        for programs in sorted(set(options.programs)):
            for name, figures in measured(snapshot, programs, settings, options.folder).items():
                parts[name][programs] = figures
    if settings.raw_data:
        parts["ingestion of the publishers' files"] = {0: _ingested(settings.raw_data)}
    if options.json:
        options.json.write_text(json.dumps(parts, indent=1) + "\n", encoding="utf-8")
    for name, by_size in parts.items():
        Console(width=WIDTH).print(table(name, by_size))
    return 0


def measured(snapshot: Snapshot, programs: int, settings: Settings, folder: Path | None) -> dict[str, Figures]:
    """Return the figures of one size; everything is written under a folder that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-", dir=folder) as made:
        location, home = Path(made) / "snapshot", Path(made) / "home"
        _say(f"{programs:,} programs: writing the snapshot")
        _manifest, seconds = timed(lambda: multiply(snapshot, programs, location))
        figures: Figures = {"snapshot written, programs/s": programs / seconds, "snapshot, MB": megabytes(location)}
        parts = {"snapshot and vectors": figures | _vectors(location, home, settings)}
        for name, side in SIDES.items():
            _say(f"{programs:,} programs: building {name}")
            built = _apart(side.build, location, home)
            _say(f"{programs:,} programs: asking {name}")
            parts[name] = built | _apart(side.ask, location, home)
        return parts


def _vectors(location: Path, home: Path, settings: Settings) -> Figures:
    figures: Figures = {}
    with closing(Snapshot(location)) as snapshot:
        passages = list(dense_passages(snapshot))
    for model in embeddings_of(settings.embeddings):
        known = VectorCache(settings.home_folder / "vectors", model, bundled_folder() / "vectors")
        sample = jitter(passages, known, model, home / "vectors")
        figures[f"{model.name}, embedded texts/s on one thread"] = sample.texts_per_second
        figures[f"{model.name}, cosine of copy and original"] = sample.cosine
    return figures


def _apart(work: Callable[[Path, Path], Figures], location: Path, home: Path) -> Figures:
    """Do work in a fresh process, so that its memory and its caches are its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(work, location, home).result()


def _ingested(raw: Path) -> Figures:
    """Read the publishers' files into a home that is deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="bench-") as made:
        _say("ingesting the publishers' files")
        outcome, seconds = timed(lambda: ingest(raw, Home(Path(made)), all_sources()))
    rows = sum(file.rows_read for file in outcome.manifest.files)
    return {"rows read": float(rows), "s": seconds, "rows/s": rows / seconds}


def table(name: str, by_size: dict[int, Figures]) -> Table:
    """Return figures in the form of Markdown, a column for each size and the ratio of the last to the first."""
    sizes = sorted(by_size)
    has_ratio = len(sizes) > 1
    heads = [f"{size:,}" if size else "" for size in sizes]
    made = Table(name, *heads, *(["ratio"] if has_ratio else []), box=box.MARKDOWN)
    for measure in dict.fromkeys(key for size in sizes for key in by_size[size]):
        values = [by_size[size].get(measure) for size in sizes]
        made.add_row(measure, *map(_figure, values), *([_ratio(values)] if has_ratio else []))
    return made


def _figure(value: float | None) -> str:
    if value is None:
        return "not measured"
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _ratio(values: Iterable[float | None]) -> str:
    first, *_others, last = values
    return f"{last / first:.2g}" if first and last is not None else ""


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
