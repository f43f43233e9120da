"""Command line of the ingestion.

`python -m ingestion sources | fetch | run | report | rollback | bundle | export-ctdl`
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import date
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TransferSpeedColumn
from rich.table import Table
from stamina.instrumentation import RetryDetails, set_on_retry_hooks

from catalog.errors import NavigatorError
from catalog.home import Home
from catalog.records import Program
from catalog.settings import read_settings
from catalog.snapshot import Snapshot
from ingestion.bundle import write_bundle
from ingestion.ctdl_export import ExportError, write_programs
from ingestion.fetch import FetchError, Limits, fetch
from ingestion.report import tables
from ingestion.run import run
from ingestion.source import all_sources


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns the exit code, 1 when a source failed."""
    options = _parser().parse_args(arguments)
    try:
        code: int = options.command(options)
    except NavigatorError as error:
        Console(stderr=True).print(str(error), style="red", markup=False, highlight=False)
        return 1
    except OSError as error:
        text = f"{error.filename}: {error.strerror}" if error.filename else str(error)
        Console(stderr=True).print(text, style="red", markup=False, highlight=False)
        return 1
    except KeyboardInterrupt:
        Console(stderr=True).print("Stopped. The current snapshot is as it was.")
        return 130
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m ingestion", description=__doc__)
    commands = parser.add_subparsers(required=True)
    sources = commands.add_parser("sources", help="list the sources and their files")
    sources.set_defaults(command=_sources)
    running = commands.add_parser("run", help="read the raw files into a new current snapshot")
    running.add_argument("--from", dest="raw", type=Path, required=True, help="folder of the raw files")
    running.add_argument("--home", type=Path, help="home folder (default: NAVIGATOR_HOME)")
    running.add_argument("--sample", action="store_true", help="the files are samples: do not check row counts")
    running.add_argument(
        "--judged-on",
        type=date.fromisoformat,
        metavar="YYYY-MM-DD",
        help="date as on which the rules judge (default: the newest date of the sources)",
    )
    running.set_defaults(command=_run)
    fetching = commands.add_parser("fetch", help="download the files of sources")
    fetching.add_argument("source", nargs="+", help="name of a source, see `sources`")
    fetching.add_argument("--to", type=Path, required=True, help="folder of the raw files")
    fetching.add_argument("--max-bytes", type=int, default=Limits.bytes, help="most that one file may have")
    fetching.add_argument("--max-seconds", type=float, default=Limits.seconds, help="most that one file may take")
    fetching.set_defaults(command=_fetch)
    rollback = commands.add_parser("rollback", help="make the previous snapshot current again")
    rollback.add_argument("--home", type=Path, help="home folder (default: NAVIGATOR_HOME)")
    rollback.set_defaults(command=_rollback)
    report = commands.add_parser("report", help="what became of every row, and what the rules found")
    report.add_argument("--home", type=Path, help="home folder (default: NAVIGATOR_HOME)")
    report.add_argument("--json", action="store_true", help="print JSON")
    report.set_defaults(command=_report)
    bundling = commands.add_parser("bundle", help="write the snapshot that ships with the program")
    bundling.add_argument("--from", dest="raw", type=Path, required=True, help="folder of the raw files")
    bundling.add_argument("--to", type=Path, required=True, help="folder of the bundled snapshot; it is replaced")
    bundling.add_argument("--home", type=Path, help="home folder (default: NAVIGATOR_HOME)")
    bundling.set_defaults(command=_bundle)
    exporting = commands.add_parser("export-ctdl", help="write our programs with their outcomes as CTDL, one a line")
    exporting.add_argument("--out", type=Path, required=True, help="file to write (JSON Lines); it is replaced")
    exporting.add_argument("--program", action="append", metavar="ID", help="only this program; may be repeated")
    exporting.add_argument("--home", type=Path, help="home folder (default: NAVIGATOR_HOME)")
    exporting.set_defaults(command=_export_ctdl)
    return parser


def _home(options: argparse.Namespace) -> Home:
    return Home(options.home or read_settings().home_folder)


def _sources(_options: argparse.Namespace) -> int:
    table = Table("source", "title", "publisher", "vintage", "files")
    for source in all_sources().values():
        files = "\n".join(file.path for file in source.files)
        table.add_row(source.name, source.title, source.publisher, source.vintage, files)
    Console().print(table)
    return 0


def _run(options: argparse.Namespace) -> int:
    columns = (SpinnerColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("reading")

        def show(file: str, rows: int) -> None:
            progress.update(task, description=f"{file}  {rows:,} rows")

        outcome = run(
            options.raw,
            _home(options),
            all_sources(),
            check_counts=not options.sample,
            judged_on=options.judged_on,
            on_progress=show,
        )
    what = "new snapshot" if outcome.changed else "nothing changed, snapshot"
    print(f"{what} {outcome.manifest.content_hash[:16]} in {outcome.folder}")
    return 0


def _fetch(options: argparse.Namespace) -> int:
    sources = all_sources()
    unknown = [name for name in options.source if name not in sources]
    if unknown:
        raise FetchError(f"No source is named {', '.join(unknown)}. See `python -m ingestion sources`.")
    limits = Limits(bytes=options.max_bytes, seconds=options.max_seconds)
    problems: list[str] = []
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("")

        def show(file: str, got: int, total: int | None) -> None:
            progress.update(task, description=file, completed=got, total=total)

        def say(details: RetryDetails) -> None:
            progress.console.print(f"{details.caused_by}; next attempt in {details.wait_for:.0f} s", markup=False)

        set_on_retry_hooks([say])
        for name in options.source:
            try:
                for fetched in fetch(sources[name], options.to, limits=limits, on_progress=show):
                    progress.console.print(f"{fetched.url}  {fetched.bytes:,} bytes  sha256 {fetched.sha256[:16]}")
            except FetchError as error:
                problems.append(str(error))
    if problems:
        raise FetchError("\n".join(problems))
    return 0


def _rollback(options: argparse.Namespace) -> int:
    print(f"current again: {_home(options).roll_back()}")
    return 0


def _bundle(options: argparse.Namespace) -> int:
    from vectorstore.index import write_bundled_vectors

    home = _home(options)
    run(options.raw, home, all_sources())
    write_bundle(home.open(), options.to)
    bundled = Snapshot(options.to)
    write_bundled_vectors(bundled, home.folder / "vectors", read_settings(), options.to / "vectors", print)
    size = sum(path.stat().st_size for path in options.to.rglob("*") if path.is_file())
    print(f"bundled snapshot {bundled.content_hash[:16]} in {options.to}, {size / 1e6:.1f} MB")
    return 0


def _export_ctdl(options: argparse.Namespace) -> int:
    snapshot = _home(options).open()
    unknown = sorted(set(options.program or ()) - snapshot.get(Program, options.program or ()).keys())
    if unknown:
        raise ExportError(f"No program has the id {', '.join(unknown)}.")
    written, left_out = write_programs(snapshot, options.out, options.program)
    print(f"{written:,} programs in {options.out}; {left_out:,} left out, since no record names their school")
    return 0


def _report(options: argparse.Namespace) -> int:
    with_json = options.json
    manifest = _home(options).open().manifest
    if with_json:
        json.dump(manifest.model_dump(mode="json"), sys.stdout, indent=1)
        print()
        return 0
    for table in tables(manifest):
        Console().print(table)
    return 0


if __name__ == "__main__":
    sys.exit(main())
