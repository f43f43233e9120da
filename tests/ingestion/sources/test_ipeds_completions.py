from __future__ import annotations

import gzip
import shutil
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.errors import SourceError
from catalog.records import Fate, Measure

FILE = "federal/ipeds_completions_cip.csv.gz"


@pytest.fixture(scope="module")
def reading(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("ipeds_completions", fixture_raw)


@pytest.fixture(scope="module")
def awards(reading: Any) -> dict[str, float | None]:
    return {m.subject_id: m.value for m in reading.of(Measure)}


def test_codes_get_their_zeros_back_at_both_ends(awards: dict[str, float | None]) -> None:
    fields = {subject.split("|")[1] for subject in awards if subject.startswith("ipeds:900001|")}
    assert fields == {"01.0000", "01.0901", "12.0500", "13.1210", "52.0201", "44.0000"}


def test_the_rows_of_one_field_are_summed(awards: dict[str, float | None]) -> None:
    assert awards["ipeds:900001|52.0201"] == 56


def test_a_two_digit_code_is_a_field_and_only_99_a_total(reading: Any, awards: dict[str, float | None]) -> None:
    assert awards["ipeds:900001|01.0000"] == 4
    assert awards["ipeds:900001"] == 71
    kinds = {m.subject_id: m.subject_kind for m in reading.of(Measure)}
    assert (kinds["ipeds:900001"], kinds["ipeds:900001|01.0000"]) == ("provider", "provider_cip")


def test_no_award_is_a_figure(awards: dict[str, float | None]) -> None:
    assert awards["ipeds:900001|44.0000"] == 0


def test_no_year_is_claimed(reading: Any) -> None:
    measure = reading.of(Measure)[0]
    assert measure.provenance.as_of is None
    assert "not stated" in measure.period


def test_rows_are_merged_into_their_sum(reading: Any) -> None:
    fates = [f for f in reading.of(Fate) if f.file == FILE]
    assert {f.record_id for f in fates if f.fate == "merged"} == {m.subject_id for m in reading.of(Measure)}


def test_an_institution_that_is_cut_off_is_held_back(reading: Any, awards: dict[str, float | None]) -> None:
    held = [(i["value"], i["reason"]) for i in reading.issues_of(FILE, "row")]
    assert held[-2:] == [("900005", "its fields and its total differ: the file is cut off or damaged here")] * 2
    assert not [subject for subject in awards if "900005" in subject]


def test_unusable_rows_are_held_back_with_their_reason(reading: Any) -> None:
    held = [(i["field"], i["value"]) for i in reading.issues_of(FILE, "row")][:-2]
    assert held == [
        ("cipcode", "weld"),
        ("ctotalt", "x"),
        ("unitid", "999999"),
        ("unitid", "999999"),
        ("unitid", "none"),
    ]


def test_a_missing_column_is_named(read_source: Callable[..., Any], fixture_raw: Path, tmp_path: Path) -> None:
    shutil.copytree(fixture_raw / "federal", tmp_path / "federal")
    path = tmp_path / FILE
    path.write_bytes(gzip.compress(gzip.decompress(path.read_bytes()).replace(b"ctotalt", b"total", 1)))
    with pytest.raises(SourceError, match="'ctotalt'"):
        read_source("ipeds_completions", tmp_path)


def test_the_real_completions(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("ipeds_completions", raw_data, check_counts=True)
    report = next(r for r in real.reports if r.file == FILE)
    assert (report.rows_read, report.merged, report.held_back) == (65_499, 65_410, 89)
    awards = {m.subject_id: m.value for m in real.of(Measure)}
    assert len(awards) == 38_456
    sums: dict[str, float] = defaultdict(float)
    for subject, value in awards.items():
        if "|" in subject:
            sums[subject.split("|")[0]] += value
    totals = {subject: value for subject, value in awards.items() if "|" not in subject}
    assert len(totals) > 1_000
    assert all(sums[subject] == value for subject, value in totals.items())
