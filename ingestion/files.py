"""Opening publishers' files: plain or gzipped delimited text, workbooks, JSON, YAML."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, TextIO

import yaml
from python_calamine import CalamineError, CalamineWorkbook

from catalog.errors import SourceError

FETCH_AGAIN = "Fetch the file again from its publisher."
MAX_FIELD_CHARACTERS = 1_000_000
SNIFFED_CHARACTERS = 512


def open_text(path: Path, name: str) -> TextIO:
    """Open a UTF-8 text file, unpacking `.gz`; raises SourceError for an empty file or a web page."""
    if path.stat().st_size == 0:
        raise SourceError(name, "the file is empty", remedy=FETCH_AGAIN)
    raw: Any = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115 (handed to the caller, who closes it)
    stream = io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8-sig", newline="")
    try:
        start = stream.read(SNIFFED_CHARACTERS).lstrip().lower()
        stream.seek(0)
    except (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
        stream.close()
        raise _unreadable(name, error, None) from None
    if start.startswith(("<!doctype", "<html", "<?xml")):
        stream.close()
        raise SourceError(name, "this is a web page, not data", value=start[:40], remedy=FETCH_AGAIN)
    if not start:
        stream.close()
        raise SourceError(name, "the file is empty", remedy=FETCH_AGAIN)
    return stream


def delimited_rows(path: Path, name: str, delimiter: str) -> Iterator[list[str]]:
    """Yield the lines of a delimited file, its header first; raises SourceError with the row."""
    csv.field_size_limit(MAX_FIELD_CHARACTERS)
    with open_text(path, name) as stream:
        tabs = delimiter == "\t"
        reader = csv.reader(
            stream, delimiter=delimiter, quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL, strict=not tabs
        )
        row = 0
        try:
            for row, cells in enumerate(reader):  # noqa: B007 (the row is named in the error)
                yield cells
        except (csv.Error, EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError) as error:
            raise _unreadable(name, error, row + 1) from None


def sheet_rows(path: Path, name: str, sheet: str | None) -> Iterator[list[str]]:
    """Yield the lines of a workbook's sheet as text; whole floats lose their '.0'."""
    try:
        book = CalamineWorkbook.from_path(str(path))
        chosen = book.get_sheet_by_name(sheet) if sheet else book.get_sheet_by_index(0)
    except CalamineError as error:
        raise SourceError(name, f"the workbook can't be read ({error})", remedy=FETCH_AGAIN) from None
    for line in chosen.iter_rows():
        yield [_cell_text(cell) for cell in line]


def read_json(path: Path, name: str) -> Any:
    """Return a JSON file's content; raises SourceError with the line where it breaks."""
    with open_text(path, name) as stream:
        try:
            return json.load(stream)
        except json.JSONDecodeError as error:
            raise SourceError(name, f"not valid JSON: {error.msg}", row=error.lineno, remedy=FETCH_AGAIN) from None
        except RecursionError:
            raise SourceError(name, "JSON nested too deeply", remedy=FETCH_AGAIN) from None


def read_yaml(path: Path, name: str) -> Any:
    """Return a YAML file's content, plain types only."""
    with open_text(path, name) as stream:
        try:
            return yaml.safe_load(stream)
        except yaml.YAMLError as error:
            raise SourceError(name, f"not valid YAML: {error}", remedy="Correct the file.") from None


def _cell_text(cell: Any) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)


def _unreadable(name: str, error: Exception, row: int | None) -> SourceError:
    if isinstance(error, UnicodeDecodeError):
        bad = error.object[error.start : error.start + 8].hex(" ")
        remedy = "Save the file as UTF-8, or fetch it again."
        return SourceError(name, f"not UTF-8 text (bytes {bad})", row=row, remedy=remedy)
    if isinstance(error, csv.Error):
        return SourceError(name, f"not a readable table ({error})", row=row, remedy=FETCH_AGAIN)
    return SourceError(name, f"the file is cut off or damaged ({error})", row=row, remedy=FETCH_AGAIN)
