from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from catalog.records import Delivery
from ingestion.cells import CellError
from ingestion.etp import as_money, as_url, delivery_of, duration_of, entity_of, flattened
from ingestion.row import Row


class Reader:
    """Stands in for a file's reader and keeps what is reported."""

    def __init__(self) -> None:
        self.issues: list[tuple[str, str]] = []

    def issue(self, _row: int, column: str, value: str, _reason: str, *, kind: str) -> None:
        assert kind == "field"
        self.issues.append((column, value))


@pytest.fixture
def row_of() -> Callable[..., tuple[Row, Reader]]:
    def making(**cells: str) -> tuple[Row, Reader]:
        reader = Reader()
        return Row(reader, 1, cells), reader  # type: ignore[arg-type]

    return making


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://school.example.com/a?b=1#c", "https://school.example.com/a?b=1#c"),
        ("HTTP://school.example.com", "HTTP://school.example.com"),
        ("www.school.example.com/a", "https://www.school.example.com/a"),
        ("school.example.com", "https://school.example.com"),
        ("school.example.com:8080/a", "https://school.example.com:8080/a"),
        ("", None),
        ("   ", None),
    ],
)
def test_a_web_address_is_made_whole(text: str, expected: str | None) -> None:
    assert as_url(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Web Developer (Full Time)",
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://school.example.com",
        "https://school",
        "https://",
        "https://school.example.com/a b",
        "https://[::1",
        "n/a",
        "someone@school.example.com",
    ],
)
def test_free_text_is_no_web_address(text: str) -> None:
    with pytest.raises(CellError):
        as_url(text)


def test_money_is_withheld_or_an_amount() -> None:
    assert (as_money("-1"), as_money(""), as_money("0"), as_money("$1,250.50")) == (None, None, 0.0, 1250.5)
    with pytest.raises(CellError):
        as_money("-20")


@pytest.mark.parametrize(
    ("weeks", "hours", "length", "held", "reported"),
    [
        ("12", "", (None, 12.0, None), (), []),
        ("-1", "-1", (None, None, True), (), []),
        ("-1", "", (None, None, True), (), []),
        ("12", "-1", (None, 12.0, True), (), []),
        ("26", "19", (None, 26.0, None), ("clock_hours",), ["hours"]),
        ("", "19", (None, None, None), ("clock_hours",), ["hours"]),
        ("1", "40", (40.0, 1.0, None), (), []),
        ("1", "400", (None, 1.0, None), ("clock_hours",), ["hours"]),
        ("16", "400", (400.0, 16.0, None), (), []),
        ("16", "9999", (None, 16.0, None), ("clock_hours",), ["hours"]),
        ("", "600", (600.0, None, None), (), []),
        ("9999", "600", (600.0, None, None), ("weeks",), ["weeks"]),
        ("0", "0", (None, None, None), (), ["weeks", "hours"]),
        ("long", "600", (600.0, None, None), (), ["weeks"]),
    ],
)
def test_a_length_says_only_what_is_sure(
    row_of: Callable[..., tuple[Row, Reader]],
    weeks: str,
    hours: str,
    length: tuple[float | None, float | None, bool | None],
    held: tuple[str, ...],
    reported: list[str],
) -> None:
    row, reader = row_of(weeks=weeks, hours=hours)
    duration = duration_of(row, "weeks", "hours")
    found = duration.length
    assert (found.clock_hours, found.weeks_min, found.competency_based) == length
    assert found.weeks_min == found.weeks_max
    assert duration.held_back == held
    assert [column for column, _ in reader.issues] == reported


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("This program provides in-person instruction only.", Delivery.IN_PERSON),
        ("This program provides online instruction, e-learning, or distance learning only.", Delivery.ONLINE),
        ("This is a hybrid or blended program providing both in-person and online instruction.", Delivery.HYBRID),
        ("", None),
        ("By post.", None),
    ],
)
def test_a_format_is_read_from_its_sentence(
    row_of: Callable[..., tuple[Row, Reader]], text: str, expected: Delivery | None
) -> None:
    row, reader = row_of(format=text)
    assert delivery_of(row, "format") == expected
    assert bool(reader.issues) == (text == "By post.")


def test_a_kind_of_entity_is_a_word_or_a_code(row_of: Callable[..., tuple[Row, Reader]]) -> None:
    assert entity_of(row_of(kind="5")[0], "kind") == "Private Non-Profit"
    assert entity_of(row_of(kind="Public")[0], "kind") == "Public"
    row, reader = row_of(kind="Guild")
    assert entity_of(row, "kind") == "Guild"
    assert reader.issues == [("kind", "Guild")]


def test_nested_parts_become_columns() -> None:
    item: dict[str, Any] = json.loads('{"a": {"b": 1, "c": {"d": null}}, "e": [1], "f": "g"}')
    assert flattened(item) == {"a.b": 1, "a.c.d": None, "e": [1], "f": "g"}
