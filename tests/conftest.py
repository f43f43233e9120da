"""Fixtures that every test may use."""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from xml.sax.saxutils import escape

import pytest

from catalog.manifest import FileReport
from catalog.records import Record
from ingestion.context import Context, IssueLog
from ingestion.shelf import Shelf
from ingestion.source import all_sources

T = TypeVar("T", bound=Record)
FIXTURES = Path(__file__).parent / "fixtures" / "raw"
SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006"


class ListWriter:
    """Stands in for the snapshot's writer and keeps the records in a list."""

    def __init__(self) -> None:
        self.records: list[Record] = []

    def add(self, record: Record) -> None:
        self.records.append(record)

    def add_all(self, records: Any) -> None:
        self.records += records


@dataclass
class Reading:
    """What reading one source (and those before it) gave."""

    records: list[Record]
    issues: list[dict[str, Any]]
    reports: list[FileReport]
    shelf: Shelf

    def of(self, kind: type[T]) -> list[T]:
        return [record for record in self.records if isinstance(record, kind)]

    def by_id(self, kind: type[T]) -> dict[str, T]:
        return {record.id: record for record in self.of(kind)}  # type: ignore[attr-defined]

    def issues_of(self, file: str, kind: str | None = None) -> list[dict[str, Any]]:
        return [i for i in self.issues if i["file"] == file and kind in (None, i["kind"])]


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads the developer's settings or writes to a real home folder."""
    for name in list(os.environ):
        if name.startswith("NAVIGATOR_") and name != "NAVIGATOR_RAW_DATA":
            monkeypatch.delenv(name)
    monkeypatch.setenv("NAVIGATOR_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("OPENAI_API_KEY", "")


@pytest.fixture(scope="session")
def fixture_raw() -> Path:
    """The folder of small files in the publishers' layouts, written for the tests."""
    return FIXTURES


@pytest.fixture(scope="session")
def raw_data() -> Path:
    """The folder of the publishers' real files; tests that need it are skipped without it."""
    folder = os.environ.get("NAVIGATOR_RAW_DATA")
    if not folder:
        pytest.skip("NAVIGATOR_RAW_DATA is not set: the test on the publishers' real files did NOT run")
    return Path(folder)


def _with_earlier(name: str) -> list[str]:
    sources = all_sources()
    wanted, todo = set(), [name]
    while todo:
        current = todo.pop()
        wanted.add(current)
        todo += [each for each in sources[current].after if each in sources]
    return [n for n in sources if n in wanted]


@pytest.fixture(scope="session")
def read_source() -> Callable[..., Reading]:
    """Read one source, after those that it looks up, from a raw folder."""

    def reading(name: str, raw: Path, *, check_counts: bool = False) -> Reading:
        writer, stream = ListWriter(), io.StringIO()
        shelf, issues = Shelf(writer), IssueLog(stream)  # type: ignore[arg-type]
        reports: list[FileReport] = []
        for each in _with_earlier(name):
            source = all_sources()[each]
            source.read(Context(source, raw, shelf, issues, check_counts=check_counts, reports=reports))
        shelf.write_held()
        lines = [json.loads(line) for line in stream.getvalue().splitlines()]
        return Reading(writer.records, lines, reports, shelf)

    return reading


@pytest.fixture
def open_snapshot() -> Iterator[Callable[[Path], Any]]:
    """Open snapshots and close them after the test."""
    from catalog.snapshot import Snapshot

    opened: list[Snapshot] = []

    def opening(folder: Path) -> Snapshot:
        opened.append(Snapshot(folder))
        return opened[-1]

    yield opening
    for snapshot in opened:
        snapshot.close()


def _sheet_xml(rows: list[list[Any]]) -> str:
    def cell(value: Any) -> str:
        if isinstance(value, int | float):
            return f"<c><v>{value!r}</v></c>"
        return f'<c t="inlineStr"><is><t xml:space="preserve">{escape(str(value))}</t></is></c>'

    lines = "".join(f"<row>{''.join(cell(value) for value in row)}</row>" for row in rows)
    return f'<worksheet xmlns="{SPREADSHEET}/main"><sheetData>{lines}</sheetData></worksheet>'


@pytest.fixture(scope="session")
def write_workbook() -> Callable[..., Path]:
    """Write rows of text and numbers as a workbook of one sheet; equal rows give equal bytes."""

    def writing(path: Path, rows: list[list[Any]], sheet: str = "Sheet1") -> Path:
        office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        package = "http://schemas.openxmlformats.org/package/2006"
        mime = "application/vnd.openxmlformats-officedocument.spreadsheetml"
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{mime}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{mime}.worksheet+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook xmlns="{SPREADSHEET}/main" xmlns:r="{office}">'
            f'<sheets><sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
            f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
            "xl/worksheets/sheet1.xml": _sheet_xml(rows),
        }
        path.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in parts.items():
                entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
        return path

    return writing
