from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Code

FILE = "crosswalks/soc2018_definitions.csv.gz"


@pytest.fixture(scope="module")
def sample(read_source: Callable[..., Any], fixture_raw: Path) -> Any:
    return read_source("soc_codes", fixture_raw)


def test_codes_have_a_level_and_detailed_ones_a_definition(sample: Any) -> None:
    codes = {code.code: code for code in sample.of(Code)}
    assert [code.level for code in codes.values()] == ["major", "minor", "broad", "detailed", "detailed", None]
    assert codes["29-1141"].definition == "Look after patients, and record how they are."
    assert codes["29-1140"].definition is None


def test_bad_rows_and_cells_are_reported(sample: Any) -> None:
    held = [(i["row"], i["field"], i["value"]) for i in sample.issues_of(FILE, "row")]
    assert held == [(6, "SOCCode", "29-1141"), (7, "SOCCode", "29-11x1"), (8, "SOCCode", "31-1131")]
    assert [(i["row"], i["value"]) for i in sample.issues_of(FILE, "field")] == [(9, "Tiny")]


def test_the_real_file(read_source: Callable[..., Any], raw_data: Path) -> None:
    real = read_source("soc_codes", raw_data, check_counts=True)
    assert (real.reports[0].kept, real.issues) == (1447, [])
    levels = Counter(code.level for code in real.of(Code))
    assert levels == {"detailed": 867, "broad": 459, "minor": 98, "major": 23}
