"""A toy source with two small files, for the tests of what all sources stand on."""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from catalog.manifest import FileReport
from catalog.records import Cost, Length, Measure, Place, Program, Provider, Unit
from ingestion import __main__ as command
from ingestion import cells
from ingestion.context import Context, IssueLog
from ingestion.row import Row
from ingestion.shelf import Shelf
from ingestion.source import Source, SourceFile

PROGRAMS = SourceFile(
    "toy/programs.csv",
    as_of="2020-08",
    rows=(2, 50),
    ignored=frozenset({"NOTE"}),
    url="https://toy.example/programs.csv",
)
OUTCOMES = SourceFile("toy/outcomes.csv.gz", as_of="2021", rows=(1, 50))
HEADER = "ID,NAME,COST,HOURS,STATE,STARTED,NOTE"
GOOD_PROGRAMS = [
    '1,Welding,"$1,200.00",300,NJ,2020-01-31,x',
    "2,Nurse aide,0,,NY,,",
    "3,Coding,,90,,01/05/2019,free text",
]
GOOD_OUTCOMES = ["ID,RATE", "1,0.5", "2,"]


def _read(context: Context) -> None:
    context.emit(Provider(id="toy:school", name="Toy School", provenance={"source": "toy", "record_id": "school"}))  # type: ignore[arg-type]
    for row in context.rows(PROGRAMS):
        _read_program(row)
    for row in context.rows(OUTCOMES):
        _read_outcome(context, row)


def _read_program(row: Row) -> None:
    number, name = row.raw("ID"), row.text("NAME")
    fields = {
        "cost": Cost(total_usd=row.float("COST")),
        "length": Length(clock_hours=row.float("HOURS")),
        "place": Place(state=row.parse("STATE", cells.as_state)),
        "submitted_on": row.date("STARTED"),
    }
    if name is None:
        return row.hold("NAME", "", "a program without a name")
    provenance = row.provenance(number)
    row.keep(Program(id=f"toy:{number}", name=name, provider_id="toy:school", provenance=provenance, **fields))  # type: ignore[arg-type]
    return None


def _read_outcome(context: Context, row: Row) -> None:
    program = f"toy:{row.raw('ID')}"
    rate = row.float("RATE")
    if context.shelf.find(Program, program) is None:
        return row.hold("ID", program, "no such program")
    row.merge(program)
    row.also(
        Measure(
            subject_kind="program",
            subject_id=program,
            name="rate",
            value=rate,
            unit=Unit.FRACTION,
            definition="toy",
            provenance=row.provenance(program),
        )
    )
    return None


def _packed(text: bytes) -> bytes:
    stream = io.BytesIO()
    with gzip.GzipFile(fileobj=stream, mode="wb", mtime=0) as packer:
        packer.write(text)
    return stream.getvalue()


@pytest.fixture(scope="session")
def toy() -> Source:
    return Source(
        name="toy",
        title="Toys",
        publisher="Department of Toys",
        url="https://toy.example/data",
        licence="public domain",
        vintage="2020",
        files=(PROGRAMS, OUTCOMES),
        read=_read,
    )


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    """A raw folder with good toy files."""
    folder = tmp_path / "raw" / "toy"
    folder.mkdir(parents=True)
    (folder / "programs.csv").write_text("\n".join([HEADER, *GOOD_PROGRAMS, ""]), encoding="utf-8")
    (folder / "outcomes.csv.gz").write_bytes(_packed("\n".join([*GOOD_OUTCOMES, ""]).encode()))
    return folder.parent


@pytest.fixture
def put(raw: Path) -> Callable[..., None]:
    """Replace a toy file: by bytes, or by lines under the usual header."""

    def putting(content: bytes | list[str], file: str = PROGRAMS.path, *, header: str | None = None) -> None:
        if isinstance(content, list):
            first = header or (HEADER if file == PROGRAMS.path else GOOD_OUTCOMES[0])
            content = "\n".join([first, *content, ""]).encode()
            content = _packed(content) if file.endswith(".gz") else content
        (raw / file).write_bytes(content)

    return putting


@pytest.fixture
def home_folder(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def cli(
    toy: Source, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Run the command line over the toy source; returns exit code, output, and messages on one line."""
    monkeypatch.setattr(command, "all_sources", lambda: {"toy": toy})
    monkeypatch.setenv("COLUMNS", "4000")

    def calling(*arguments: str | Path) -> tuple[int, str, str]:
        code = command.main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, " ".join(err.split())

    return calling


class Desk:
    """A context over the toy source whose records stay in lists, for tests of rows and contexts."""

    def __init__(self, source: Source, raw: Path) -> None:
        self.records: list[object] = []
        self.stream = io.StringIO()
        self.reports: list[FileReport] = []
        self.issues = IssueLog(self.stream)
        self.context = Context(source, raw, Shelf(self), self.issues, reports=self.reports)  # type: ignore[arg-type]

    def add(self, record: object) -> None:
        self.records.append(record)

    def add_all(self, records: list[object]) -> None:
        self.records += records


@pytest.fixture
def desk(toy: Source, raw: Path) -> Desk:
    return Desk(toy, raw)
