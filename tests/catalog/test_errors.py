"""Messages say what is wrong, where, and what to do."""

from __future__ import annotations

import inspect

import pytest

from catalog import errors
from catalog.errors import NavigatorError, SourceError, shorten


def test_a_source_error_names_file_row_field_and_value() -> None:
    error = SourceError("nj/x.csv", "not a number", row=7, field="COST", value="abc", remedy="Fetch it again.")
    assert str(error) == "nj/x.csv, row 7, field 'COST', value 'abc': not a number. Fetch it again."
    assert (error.file, error.row, error.field, error.value) == ("nj/x.csv", 7, "COST", "abc")


def test_what_is_not_known_is_left_out() -> None:
    assert str(SourceError("x.csv", "the file is empty", remedy="Fetch it.")) == "x.csv: the file is empty. Fetch it."


def test_row_zero_is_the_header_and_is_named() -> None:
    assert "row 0" in str(SourceError("x.csv", "bad header", row=0, remedy="Look."))


def test_an_enormous_value_is_shortened() -> None:
    text = str(SourceError("x.csv", "too long", value="9" * 1_000_000, remedy="Look."))
    assert len(text) < 200
    assert "1000000 characters" in text


@pytest.mark.parametrize(
    ("text", "shown"), [("", ""), ("a" * 80, "a" * 80), ("a" * 81, "a" * 80 + "… (81 characters)")]
)
def test_shorten(text: str, shown: str) -> None:
    assert shorten(text) == shown


def test_every_error_is_one_of_ours_and_says_who_must_act() -> None:
    kinds = [kind for _, kind in inspect.getmembers(errors, inspect.isclass)]
    assert len(kinds) > 5
    for kind in kinds:
        assert issubclass(kind, NavigatorError)
        assert kind.__doc__
