"""A row gets one fate, and what could not be read is reported with its place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from catalog.errors import SourceError
from catalog.records import Fate, Program
from ingestion import cells
from ingestion.row import Row


@pytest.fixture
def rows(desk: Any, put: Any) -> Iterator[Row]:
    put(["1,Welding,abc,300,NJ,2020-02-30,=1+1", "2,Coding,5,,,,"])
    return desk.context.rows(desk.context.source.files[0])  # type: ignore[no-any-return]


def _issues(desk: Any) -> list[dict[str, Any]]:
    return [json.loads(line) for line in desk.stream.getvalue().splitlines()]


def _program(row: Row, key: str = "toy:1") -> Program:
    return Program(id=key, name="P", provider_id="x", provenance=row.provenance("1"))


def test_each_cell_is_popped_once(rows: Iterator[Row]) -> None:
    row = next(rows)
    assert row.raw("ID") == "1"
    assert row.has("NAME")
    assert not row.has("ID")
    with pytest.raises(SourceError, match="'ID'"):
        row.raw("ID")
    assert row.leftovers() == ["NAME", "COST", "HOURS", "STATE", "STARTED", "NOTE"]


def test_a_missing_column_is_named_with_the_nearest(rows: Iterator[Row]) -> None:
    row = next(rows)
    with pytest.raises(SourceError, match=r"toy/programs\.csv, row 0, field 'COSTS'.*the nearest is 'COST'"):
        row.float("COSTS")
    with pytest.raises(SourceError, match=r"no such column\. Look up"):
        row.float("ZZZZZZ")


def test_a_bad_cell_is_none_and_an_issue(desk: Any, rows: Iterator[Row]) -> None:
    row = next(rows)
    assert row.float("COST") is None
    assert row.date("STARTED") is None
    assert row.text("NOTE") is None
    assert row.float("HOURS") == 300
    found = [(i["row"], i["field"], i["value"], i["kind"], i["reason"]) for i in _issues(desk)]
    assert found == [
        (1, "COST", "abc", "field", "not a number"),
        (1, "STARTED", "2020-02-30", "field", "not a date"),
        (1, "NOTE", "=1+1", "field", "a spreadsheet formula, not text"),
    ]


def test_typed_cells(rows: Iterator[Row]) -> None:
    next(rows).hold("ID", "1", "not wanted")
    row = next(rows)
    assert row.int("ID") == 2
    assert row.flag("HOURS") is None
    assert row.parse("STATE", cells.as_state) is None
    assert row.float("COST") == 5.0


def test_provenance_can_hold_cells_as_published_popped_or_not(rows: Iterator[Row]) -> None:
    row = next(rows)
    assert row.float("COST") is None
    assert row.provenance("7", cells=("COST", "NAME")).cells == ("COST=abc", "NAME=Welding")
    assert row.has("NAME")
    assert row.provenance("7").cells == ()
    with pytest.raises(SourceError, match="'COSTS'"):
        row.provenance("7", cells=("COSTS",))


def test_provenance_names_file_row_date_and_page(rows: Iterator[Row]) -> None:
    origin = next(rows).provenance("7")
    assert (origin.source, origin.record_id, origin.file, origin.row) == ("toy", "7", "toy/programs.csv", 1)
    assert (origin.as_of, origin.url) == ("2020-08", "https://toy.example/programs.csv")


def test_keep_merge_and_hold_are_counted(desk: Any, put: Any) -> None:
    put(["1,A,,,,,", "2,B,,,,,", "3,C,,,,,"])
    source_file = desk.context.source.files[0]
    fates = iter(["keep", "merge", "hold"])
    for row in desk.context.rows(source_file):
        match next(fates):
            case "keep":
                row.keep(_program(row))
            case "merge":
                row.merge("toy:1")
            case _:
                row.hold("NAME", "C", "not wanted")
    (report,) = desk.reports
    assert (report.rows_read, report.kept, report.merged, report.held_back) == (3, 1, 1, 1)
    fates_kept = [(r.row, r.fate, r.record_id) for r in desk.records if isinstance(r, Fate)]
    assert fates_kept == [(1, "kept", "toy:1"), (2, "merged", "toy:1"), (3, "held_back", None)]
    assert [i["reason"] for i in _issues(desk) if i["kind"] == "row"] == ["not wanted"]


def test_two_fates_are_refused(rows: Iterator[Row]) -> None:
    row = next(rows)
    row.merge("toy:1")
    with pytest.raises(SourceError, match=r"row 1: row has two fates"):
        row.hold("ID", "1", "again")


def test_a_row_may_yield_more_than_one_record(desk: Any, rows: Iterator[Row]) -> None:
    row = next(rows)
    row.keep(_program(row))
    row.also(_program(row, "toy:1b"))
    assert [p.id for p in desk.context.shelf.all(Program)] == ["toy:1", "toy:1b"]


def test_a_row_shows_where_it_is(rows: Iterator[Row]) -> None:
    assert repr(next(rows)).startswith("Row(toy/programs.csv:1, {'ID': '1'")
