"""What a source acts through: it reads rows, emits records, reports issues, keeps the count."""

from __future__ import annotations

import difflib
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TextIO

from catalog.errors import SourceError, shorten
from catalog.manifest import FileReport, sha256_of
from catalog.records import Fate
from ingestion import files
from ingestion.row import Row
from ingestion.shelf import Shelf
from ingestion.source import Source, SourceFile

IssueKind = Literal["row", "field", "column", "link", "file"]


@dataclass
class IssueLog:
    """Writes issues as JSON lines and counts them by file and kind."""

    stream: TextIO
    counts: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(
        self,
        source: str,
        file: str,
        row: int | None,
        column: str | None,
        value: str | None,
        reason: str,
        kind: IssueKind,
    ) -> None:
        """Write one issue."""
        self.counts[file, kind] += 1
        line = {
            "source": source,
            "file": file,
            "row": row,
            "field": column,
            "value": None if value is None else shorten(value),
            "reason": reason,
            "kind": kind,
        }
        self.stream.write(json.dumps(line, ensure_ascii=False) + "\n")


@dataclass
class Context:
    """The surroundings of one source during one run.

    `check_counts` is off for samples of a publisher's file, whose row counts mean nothing.
    """

    source: Source
    raw: Path
    shelf: Shelf
    issues: IssueLog
    check_counts: bool = True
    on_progress: Callable[[str, int], None] = lambda _file, _rows: None
    reports: list[FileReport] = field(default_factory=list)
    position: tuple[str, int] | None = None
    """File and row that the source is at, for errors that do not know it."""

    def emit(self, record: Any) -> None:
        """Put a record on the shelf; raises SourceError when its id is taken."""
        self.shelf.add(record)

    def path_of(self, file: SourceFile) -> Path:
        """Return where a file lies; raises SourceError when it does not."""
        path = self.raw / file.path
        if not path.is_file():
            raise SourceError(file.path, f"no such file under {self.raw}", remedy=f"Fetch it from {self.source.url}")
        return path

    def rows(self, file: SourceFile) -> Iterator[Row]:
        """Yield the rows of a delimited file; the first data row is number 1."""
        lines = files.delimited_rows(self.path_of(file), file.path, file.delimiter)
        yield from FileReader(self, file).read(lines)

    def sheet_rows(self, file: SourceFile, sheet: str | None = None) -> Iterator[Row]:
        """Yield the rows of a workbook's sheet."""
        lines = files.sheet_rows(self.path_of(file), file.path, sheet)
        yield from FileReader(self, file).read(lines)

    def items(self, file: SourceFile, items: list[dict[str, Any]]) -> Iterator[Row]:
        """Yield the items of a JSON or YAML list as rows; nested values arrive as JSON text."""
        columns = list(dict.fromkeys(key for item in items for key in item))
        lines = ([_item_text(item.get(column)) for column in columns] for item in items)
        yield from FileReader(self, file).read(iter([columns, *lines]))


def _item_text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


class FileReader:
    """Reads one file for a context, and accounts for each of its rows."""

    def __init__(self, context: Context, file: SourceFile) -> None:
        self.context, self.file, self.source = context, file, context.source
        self.fates: Counter[str] = Counter()
        self.header: list[str] = []

    def read(self, lines: Iterator[list[str]]) -> Iterator[Row]:
        """Yield rows, check that each got a fate, and add the file's report at the end."""
        self.header = [files_column(name) for name in next(lines, [])]
        repeated = [name for name, times in Counter(self.header).items() if times > 1]
        if not any(self.header) or repeated:
            reason = f"the header repeats {repeated}" if repeated else "there is no header"
            raise SourceError(self.file.path, reason, row=0, remedy=files.FETCH_AGAIN)
        unread: Counter[str] = Counter()
        number = 0
        for number, line in enumerate(lines, start=1):
            self.context.position = self.file.path, number
            if self.context.check_counts and number > self.file.rows[1]:
                raise self._implausible_count(f"more than {self.file.rows[1]}")
            if len(line) != len(self.header):
                reason = f"{len(line)} cells where the header has {len(self.header)}"
                self.settle(number, "held_back", None)
                self.issue(number, self.header[0], line[0] if line else "", reason, kind="row")
                continue
            row = Row(self, number, dict(zip(self.header, line, strict=True)))
            yield row
            if row.fate is None:
                raise SourceError(self.file.path, "row got no fate", row=number, remedy="Correct the source's code.")
            if row.fate != "held_back":
                unread.update(row.leftovers())
            if number % 5_000 == 0:
                self.context.on_progress(self.file.path, number)
        self._finish(number, unread)

    def settle(self, number: int, fate: Literal["kept", "merged", "held_back"] | str, record_id: str | None) -> None:
        """Count and keep the fate of one row."""
        self.fates[fate] += 1
        self.context.emit(Fate.model_construct(file=self.file.path, row=number, fate=fate, record_id=record_id))  # type: ignore[arg-type]

    def issue(self, number: int | None, column: str | None, value: str | None, reason: str, *, kind: IssueKind) -> None:
        """Report a row, a cell or a column of this file."""
        self.context.issues.add(self.source.name, self.file.path, number, column, value, reason, kind)

    def no_such_column(self, column: str) -> SourceError:
        """Return the error for a missing column, with the nearest name that is there."""
        near = difflib.get_close_matches(column, self.header, n=1)
        hint = f"; the nearest is {near[0]!r}" if near else ""
        reason = f"the file has no such column{hint}"
        remedy = "Look up what the publisher changed, then correct the source."
        return SourceError(self.file.path, reason, row=0, field=column, remedy=remedy)

    def _implausible_count(self, found: str) -> SourceError:
        low, high = self.file.rows
        reason = f"{found} rows, where {low} to {high} are plausible"
        return SourceError(self.file.path, reason, remedy="Check that the file is whole, or correct the range.")

    def _finish(self, rows_read: int, unread: Counter[str]) -> None:
        if self.context.check_counts and rows_read < self.file.rows[0]:
            raise self._implausible_count(str(rows_read))
        for column, times in sorted(unread.items()):
            if column not in self.file.ignored:
                self.issue(None, column, None, f"unknown column, unread in {times} rows", kind="column")
        counts = self.context.issues.counts
        path = self.context.path_of(self.file)
        report = FileReport(
            file=self.file.path,
            source=self.source.name,
            sha256=sha256_of(path),
            bytes=path.stat().st_size,
            as_of=self.file.as_of,
            rows_read=rows_read,
            kept=self.fates["kept"],
            merged=self.fates["merged"],
            held_back=self.fates["held_back"],
            field_issues=counts[self.file.path, "field"],
            column_issues=counts[self.file.path, "column"],
        )
        if rows_read != report.kept + report.merged + report.held_back:
            raise SourceError(self.file.path, "the count of rows does not add up", remedy="Correct the source's code.")
        self.context.reports.append(report)
        self.context.on_progress(self.file.path, rows_read)


def files_column(name: str) -> str:
    """Return a column's name without the padding that some publishers leave around it."""
    return " ".join(name.split())
