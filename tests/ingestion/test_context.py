"""Every row of a file is accounted for, and drift of its layout shows."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import SourceError
from catalog.records import Program
from ingestion.context import Context
from ingestion.source import SourceFile


def _merge_all(context: Context, file: SourceFile, unread: tuple[str, ...] = ()) -> None:
    for row in context.rows(file):
        for column in row.leftovers():
            if column not in unread:
                row.raw(column)
        row.merge("toy:1")


def _issues(desk: Any, kind: str) -> list[dict[str, Any]]:
    return [i for i in map(json.loads, desk.stream.getvalue().splitlines()) if i["kind"] == kind]


def test_the_report_counts_and_names_the_file(desk: Any, raw: Path) -> None:
    file = desk.context.source.files[0]
    _merge_all(desk.context, file)
    (report,) = desk.reports
    assert (report.file, report.source, report.as_of) == ("toy/programs.csv", "toy", "2020-08")
    assert (report.rows_read, report.merged, report.column_issues) == (3, 3, 0)
    assert report.bytes == (raw / file.path).stat().st_size


def test_a_column_that_nobody_reads_is_reported_once(desk: Any) -> None:
    _merge_all(desk.context, desk.context.source.files[0], unread=("STATE", "NOTE"))
    assert [(i["field"], i["row"], i["reason"]) for i in _issues(desk, "column")] == [
        ("STATE", None, "unknown column, unread in 3 rows")
    ]
    assert desk.reports[0].column_issues == 1


@pytest.mark.parametrize(("line", "count"), [("3,C", 2), ("3,C,,,,,,extra", 8), ("", 0)])
def test_a_row_with_other_cells_is_held_back(
    desk: Any, put: Callable[..., None], raw: Path, line: str, count: int
) -> None:
    put(["1,A,,,,,", line, "2,B,,,,,"])
    _merge_all(desk.context, desk.context.source.files[0])
    (report,) = desk.reports
    assert (report.merged, report.held_back) == (2, 1)
    (issue,) = _issues(desk, "row")
    assert issue["row"] == 2
    assert issue["reason"] == f"{count} cells where the header has 7"


@pytest.mark.parametrize(
    ("header", "reason"),
    [("ID,NAME,NAME,COST,HOURS,STATE,STARTED", r"repeats \['NAME'\]"), (",,,,,,", "repeats|no header")],
)
def test_a_header_that_says_nothing_certain(desk: Any, put: Callable[..., None], header: str, reason: str) -> None:
    put(["1,A,,,,,"], header=header)
    with pytest.raises(SourceError, match=reason) as caught:
        _merge_all(desk.context, desk.context.source.files[0])
    assert caught.value.row == 0


def test_padding_around_column_names_is_dropped(desk: Any, put: Callable[..., None]) -> None:
    put(["1,A,,,,,", "2,B,,,,,"], header=" ID ,NAME  ,COST,HOURS,STATE,STARTED,NOTE")
    assert [row.raw("ID") for row in desk.context.rows(desk.context.source.files[0]) if row.merge("x") is None] == [
        "1",
        "2",
    ]


@pytest.mark.parametrize("count", [1, 51, 5000])
def test_an_implausible_count_is_an_error(desk: Any, put: Callable[..., None], count: int) -> None:
    put([f"{i},A,,,,," for i in range(count)])
    with pytest.raises(SourceError, match="2 to 50 are plausible") as caught:
        _merge_all(desk.context, desk.context.source.files[0])
    assert caught.value.file == "toy/programs.csv"


def test_too_many_rows_are_not_read_to_the_end(desk: Any, put: Callable[..., None]) -> None:
    put([f"{i},A,,,,," for i in range(5000)])
    with pytest.raises(SourceError, match="more than 50 rows"):
        _merge_all(desk.context, desk.context.source.files[0])
    assert desk.context.position == ("toy/programs.csv", 51)


def test_counts_of_a_sample_mean_nothing(desk: Any, put: Callable[..., None]) -> None:
    put(["1,A,,,,,"])
    desk.context.check_counts = False
    _merge_all(desk.context, desk.context.source.files[0])
    assert desk.reports[0].rows_read == 1


def test_a_row_without_a_fate_is_an_error_of_the_source(desk: Any) -> None:
    with pytest.raises(SourceError, match=r"row 1: row got no fate.*Correct the source's code"):
        list(desk.context.rows(desk.context.source.files[0]))


def test_a_missing_file_says_where_to_get_it(desk: Any, raw: Path) -> None:
    (raw / "toy/programs.csv").unlink()
    with pytest.raises(SourceError, match=r"toy/programs\.csv: no such file.*https://toy\.example"):
        _merge_all(desk.context, desk.context.source.files[0])


def test_the_position_is_known_for_errors(desk: Any) -> None:
    for row in desk.context.rows(desk.context.source.files[0]):
        row.merge("x")
        assert desk.context.position == ("toy/programs.csv", row.number)


def test_progress_is_told(desk: Any) -> None:
    told: list[tuple[str, int]] = []
    desk.context.on_progress = lambda file, rows: told.append((file, rows))
    _merge_all(desk.context, desk.context.source.files[0])
    assert told == [("toy/programs.csv", 3)]


def test_items_of_a_list_are_rows(desk: Any) -> None:
    items = [{"a": "x", "b": 1.5}, {"a": None, "c": {"d": [1, "é"]}}]
    found = []
    for row in desk.context.items(desk.context.source.files[0], items):
        found.append([row.raw(column) for column in ("a", "b", "c")])
        row.merge("x")
    assert found == [["x", "1.5", ""], ["", "", '{"d": [1, "é"]}']]


def test_values_in_issues_are_shortened(desk: Any) -> None:
    desk.issues.add("toy", "f", 1, "A", "9" * 100_000, "too long", "field")
    (issue,) = _issues(desk, "field")
    assert len(issue["value"]) < 120


def test_emitting_an_id_twice_is_an_error(desk: Any) -> None:
    program = Program(id="p", name="P", provider_id="x", provenance={"source": "toy", "record_id": "1"})  # type: ignore[arg-type]
    desk.context.emit(program)
    with pytest.raises(SourceError, match="a second Program with this id"):
        desk.context.emit(program)
