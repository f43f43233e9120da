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
MAX_CELL_CHARACTERS = 1_000_000
MAX_LINE_CHARACTERS = 8_000_000
MAX_DOCUMENT_CHARACTERS = 200_000_000
SNIFFED_CHARACTERS = 512
DAMAGE = (EOFError, zlib.error, gzip.BadGzipFile, UnicodeDecodeError)


def open_text(path: Path, name: str, *, errors: str = "strict") -> TextIO:
    """Open a UTF-8 text file, unpacking `.gz`; raises SourceError for an empty file or a web page."""
    if path.stat().st_size == 0:
        raise SourceError(name, "the file is empty", remedy=FETCH_AGAIN)
    raw: Any = gzip.open(path, "rb") if path.suffix == ".gz" else path.open("rb")  # noqa: SIM115 (handed to the caller, who closes it)
    stream = io.TextIOWrapper(io.BufferedReader(raw), encoding="utf-8-sig", newline="", errors=errors)
    try:
        start = stream.read(SNIFFED_CHARACTERS).lstrip().lower()
        stream.seek(0)
    except DAMAGE as error:
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
    """Yield the lines of a delimited file, its header first; raises SourceError with the row.

    Bytes that are not UTF-8 are let through by the decoder and found here, since only then the
    row and the column are known. Lines are read with a limit: a packed file can hold a line that
    is larger than the memory.
    """
    csv.field_size_limit(MAX_LINE_CHARACTERS)
    with open_text(path, name, errors="surrogateescape") as stream:
        tabs = delimiter == "\t"
        reader = csv.reader(
            _lines(stream), delimiter=delimiter, quoting=csv.QUOTE_NONE if tabs else csv.QUOTE_MINIMAL, strict=not tabs
        )
        row = -1
        header: list[str] = []
        try:
            for row, cells in enumerate(reader):
                header = header or cells
                text = "".join(cells)
                if len(text) > MAX_CELL_CHARACTERS or not text.isascii():
                    _check_cells(name, row, header, cells)
                yield cells
        except (csv.Error, *DAMAGE) as error:
            raise _unreadable(name, error, row + 1) from None


def _lines(stream: TextIO) -> Iterator[str]:
    while line := stream.readline(MAX_LINE_CHARACTERS):
        if len(line) >= MAX_LINE_CHARACTERS:
            raise csv.Error(f"a line of more than {MAX_LINE_CHARACTERS:,} characters, starting {line[:40]!r}")
        yield line


def _check_cells(name: str, row: int, header: list[str], cells: list[str]) -> None:
    for position, cell in enumerate(cells):
        field = header[position] if row and position < len(header) else None
        if len(cell) > MAX_CELL_CHARACTERS:
            reason = f"a cell may hold {MAX_CELL_CHARACTERS:,} characters at most; is a quote left open?"
            raise SourceError(name, reason, row=row, field=field, value=cell, remedy=FETCH_AGAIN)
        try:
            cell.encode()
        except UnicodeEncodeError:
            shown = cell.encode(errors="surrogateescape").decode(errors="replace")
            reason, remedy = "not UTF-8 text", "Save the file as UTF-8, or fetch it again."
            raise SourceError(name, reason, row=row, field=field, value=shown, remedy=remedy) from None


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
    text = _read_document(path, name)
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        raise SourceError(name, f"not valid JSON: {error.msg}", row=error.lineno, remedy=FETCH_AGAIN) from None
    except ValueError as error:
        raise SourceError(name, f"not usable JSON: {error}", remedy=FETCH_AGAIN) from None
    except RecursionError:
        raise SourceError(name, "JSON nested too deeply", remedy=FETCH_AGAIN) from None


def json_lines(path: Path, name: str) -> Iterator[Any]:
    """Yield the content of each line of a JSON Lines file, or the SourceError of a line that holds none."""
    with open_text(path, name) as stream:
        try:
            for row, line in enumerate(_lines(stream), start=1):
                if line.strip():
                    yield _line_content(line, name, row)
        except (csv.Error, *DAMAGE) as error:
            raise _unreadable(name, error, None) from None


def _line_content(line: str, name: str, row: int) -> Any:
    try:
        return json.loads(line)
    except RecursionError:
        reason = "JSON nested too deeply"
    except json.JSONDecodeError as error:
        reason = f"not valid JSON: {error.msg}"
    except ValueError as error:
        reason = f"not usable JSON: {error}"
    return SourceError(name, reason, row=row, remedy=FETCH_AGAIN)


def read_yaml(path: Path, name: str) -> Any:
    """Return a YAML file's content, plain types only."""
    try:
        return yaml.safe_load(_read_document(path, name))
    except (yaml.YAMLError, ValueError) as error:
        raise SourceError(name, f"not valid YAML: {error}", remedy="Correct the file.") from None


def _read_document(path: Path, name: str) -> str:
    with open_text(path, name) as stream:
        try:
            text = stream.read(MAX_DOCUMENT_CHARACTERS + 1)
        except DAMAGE as error:
            raise _unreadable(name, error, None) from None
    if len(text) > MAX_DOCUMENT_CHARACTERS:
        raise SourceError(name, f"more than {MAX_DOCUMENT_CHARACTERS:,} characters", remedy=FETCH_AGAIN)
    return text


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
