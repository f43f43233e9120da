"""One run: read every source, link, check the counts, write a snapshot and make it current."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from catalog.ageing import last_day
from catalog.errors import NavigatorError, SourceError
from catalog.home import Home, is_whole
from catalog.manifest import FileReport, Manifest, SourceReport, sha256_of, sync
from catalog.snapshot import read_manifest
from catalog.tables import SCHEMA_VERSION
from catalog.writer import SnapshotWriter
from ingestion.assembly import Summary, assemble
from ingestion.context import Context, IssueLog
from ingestion.judging import judge
from ingestion.rulebook import all_rules
from ingestion.shelf import Shelf
from ingestion.source import Source

Progress = Callable[[str, int], None]
CODE_FOLDERS = ("ingestion", "catalog")
BESIDE = (".fetched.json", ".part", ".earlier")
"""Endings of what fetching leaves beside the published files."""


class FailedSourcesError(NavigatorError):
    """One or more sources could not be read; the current snapshot stays as it was."""

    def __init__(self, errors: list[SourceError]) -> None:
        self.errors = errors
        super().__init__("\n".join(str(error) for error in errors))


@dataclass(frozen=True)
class Outcome:
    """What a run did: the snapshot's folder, its manifest, and whether anything had changed."""

    folder: Path
    manifest: Manifest
    changed: bool


def run(
    raw: Path,
    home: Home,
    sources: dict[str, Source],
    *,
    check_counts: bool = True,
    judged_on: date | None = None,
    on_progress: Progress | None = None,
) -> Outcome:
    """Read the raw folder into a new current snapshot.

    Sources none of whose files are there are left out. The rules judge as on `judged_on`, by default
    the newest date that a source speaks of: never today, so that equal files give an equal snapshot.
    With inputs equal to those of the current snapshot nothing is done, unless that is damaged. Raises
    FailedSourcesError, RunInProgressError, SourceError or StorageError; then the current snapshot is
    untouched.
    """
    present = _present(raw, sources)
    with home.writing() as building:
        day = judged_on or newest_date(present)
        digest = input_digest(raw, present, check_counts, day)
        current = home.current()
        if current is not None and is_whole(current):
            manifest = read_manifest(str(current))
            if manifest.input_digest == digest:
                return Outcome(current, manifest, changed=False)
        progress = on_progress or (lambda _f, _n: None)
        manifest = _build(raw, building, present, digest, day, check_counts, progress)
        folder = home.make_current(building, manifest.content_hash)
        return Outcome(folder, manifest, changed=True)


def newest_date(sources: Iterable[Source]) -> date:
    """Return the last day of the newest date that a source's file speaks of; without any, that of our rules' check."""
    dates = [last_day(file.as_of) for source in sources for file in source.files if file.as_of]
    return max(dates, default=max(module.rule.last_checked for module in all_rules().values()))


def _build(
    raw: Path,
    building: Path,
    sources: list[Source],
    digest: str,
    judged_on: date,
    check_counts: bool,
    on_progress: Progress,
) -> Manifest:
    writer = SnapshotWriter(building)
    reports: list[FileReport] = []
    with (building / "issues.jsonl").open("w", encoding="utf-8", errors="backslashreplace") as stream:
        issues = IssueLog(stream)

        def context_of(source: Source, shelf: Shelf) -> Context:
            return Context(source, raw, shelf, issues, check_counts, on_progress, reports)

        summary = _read_all(sources, writer, issues, context_of)
        tables = writer.finish()
        judged = judge(building, judged_on, issues)
    sync(building / "issues.jsonl")
    manifest = Manifest(
        schema_version=SCHEMA_VERSION,
        input_digest=digest,
        sources=tuple(_source_report(source) for source in sources),
        files=tuple(sorted(reports, key=lambda report: report.file)),
        unread_files=tuple(_unread(raw, sources)),
        tables=tables | judged.tables,
        coverage=summary.coverage | judged.coverage,
        links=summary.links,
        judged_on=judged_on,
    ).sealed()
    manifest.write(building / "manifest.json")
    return manifest


def _read_all(
    sources: Iterable[Source], writer: SnapshotWriter, issues: IssueLog, context_of: Callable[[Source, Shelf], Context]
) -> Summary:
    """Read all sources and complete their records; raises FailedSourcesError once all that can be read was."""
    shelf = Shelf(writer)
    errors: list[SourceError] = []
    failed: set[str] = set()
    for source in sources:
        if failed.intersection(source.after):
            failed.add(source.name)
            continue
        try:
            _read(source, context_of(source, shelf))
        except SourceError as error:
            failed.add(source.name)
            errors.append(error)
    if errors:
        raise FailedSourcesError(errors)
    summary = assemble(shelf, issues)
    shelf.write_held()
    return summary


def _read(source: Source, context: Context) -> None:
    """Read one source; a value that a record refuses is an error of the row that the source is at."""
    try:
        source.read(context)
    except ValidationError as error:
        file, row = context.position or (source.name, None)
        first = error.errors(include_url=False)[0]
        raise SourceError(
            file,
            f"a {error.title} can't hold this value: {first['msg']}",
            row=row,
            field=".".join(str(part) for part in first["loc"]),
            value=str(first["input"]),
            remedy="Correct the source, so that it reports such a value.",
        ) from error


def input_digest(raw: Path, sources: Iterable[Source], check_counts: bool, judged_on: date) -> str:
    """Return a hash over the raw files of the sources, our facts, the date of judgement and the code."""
    digest = hashlib.sha256(json.dumps([SCHEMA_VERSION, check_counts, judged_on.isoformat()]).encode())
    for source in sources:
        for file in source.files:
            if file.optional and not (raw / file.path).is_file():
                continue
            digest.update(f"{file.path}\0{sha256_of(raw / file.path)}\0".encode())
    package_root = Path(__file__).parent.parent
    for folder in CODE_FOLDERS:
        for path in sorted((package_root / folder).rglob("*")):
            if path.suffix in (".py", ".yaml"):
                digest.update(f"{path.relative_to(package_root)}\0{sha256_of(path)}\0".encode())
    return digest.hexdigest()


def _present(raw: Path, sources: dict[str, Source]) -> list[Source]:
    if not raw.is_dir():
        raise SourceError(str(raw), "no such folder", remedy="Give the folder of the raw files with --from.")
    present = [s for s in sources.values() if not s.files or any((raw / f.path).exists() for f in s.files)]
    missing = [
        SourceError(f.path, f"no such file under {raw}", remedy=f"Fetch it from {f.url or s.url}")
        for s in present
        for f in s.files
        if not f.optional and not (raw / f.path).is_file()
    ]
    if missing:
        raise FailedSourcesError(missing)
    if not any(s.files for s in present):
        raise SourceError(str(raw), "holds no file of any source", remedy="See `python -m ingestion sources`.")
    return present


def _unread(raw: Path, sources: Iterable[Source]) -> list[str]:
    known = {file.path for source in sources for file in source.files}
    found = (path.relative_to(raw).as_posix() for path in raw.rglob("*") if path.is_file())
    return sorted(path for path in found if path not in known and not path.endswith(BESIDE))


def _source_report(source: Source) -> SourceReport:
    return SourceReport(
        name=source.name,
        title=source.title,
        publisher=source.publisher,
        url=source.url,
        licence=source.licence,
        vintage=source.vintage,
        as_of=max((file.as_of for file in source.files if file.as_of), default=None),
    )
