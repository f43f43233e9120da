from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Code, CodeMap
from ingestion.sources.cip_codes import SOURCE

FILE = "federal/cip_code_2020.csv.gz"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("cip_codes", fixture_raw)


def test_codes_lose_the_spreadsheet_formula_and_keep_the_zeros(sample: Any) -> None:
    codes = {code.code: code for code in sample.of(Code)}
    assert list(codes) == ["51", "51.08", "51.0801", "51.0808", "23.1302"]
    assert [code.level for code in codes.values()] == ["family", "series", "program", "program", "program"]
    assert codes["51.0801"].title == "Medical/Clinical Assistant"
    assert codes["51.0801"].definition == 'Prepares for the "front" and the back office, and for simple tests.'


def test_the_edition_is_that_of_the_codes_not_that_of_the_name(sample: Any) -> None:
    assert {code.system for code in sample.of(Code)} == {"cip2010"}
    assert "CIP 2010" in SOURCE.vintage


def test_codes_that_are_gone_point_to_their_successors(sample: Any) -> None:
    pairs = [(pair.from_system, pair.from_code, pair.to_code, pair.note) for pair in sample.of(CodeMap)]
    assert pairs == [
        ("cip2000", "23.0501", "23.1302", "moved"),
        ("cip2000", "20.01", "19.05", "deleted, report under"),
        ("cip2000", "20.01", "19.07", "deleted, report under"),
        ("cip2000", "21.0101", "99.9999", "deleted"),
    ]
    assert sample.shelf.notes["cip_codes"].moved == {"23.0501": ("23.1302",), "20.01": ("19.05", "19.07")}


def test_unusable_rows_are_held_back(sample: Any) -> None:
    held = [(i["row"], i["value"]) for i in sample.issues_of(FILE, "row")]
    assert held == [(9, '="51.0801"'), (10, '="5x.0801"'), (11, '="51.0899"')]


def test_the_real_file(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("cip_codes", raw_data, check_counts=True)
    report = real.reports[0]
    assert (report.rows_read, report.kept, report.held_back, real.issues) == (2318, 2318, 0, [])
    codes = {code.code: code for code in real.of(Code)}
    assert Counter(code.level for code in codes.values())["program"] == 1720
    assert all(code.definition for code in codes.values())
    assert Counter(pair.note for pair in real.of(CodeMap)) == {
        "moved": 116,
        "deleted": 32,
        "deleted, report under": 23,
    }


def test_the_real_file_is_of_2010(read_source: Callable[..., Any], raw_data: Path) -> None:
    """CIP 2020 moved veterinary technology to 01.8301 and added data science, 30.7001."""
    codes = {code.code for code in read_source("cip_codes", raw_data).of(Code)}
    assert "51.0808" in codes
    assert not {"01.8301", "30.7001", "11.0902"} & codes
