from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from catalog.records import Program, Provenance
from ingestion.occupations import Crosswalks, fill_occupations
from ingestion.shelf import Shelf

CROSSWALKS = Crosswalks(
    soc_of_cip={
        "51.0801": ("31-9092",),
        "51.0805": ("29-2052",),
        "51.3801": ("25-1072", "29-1141"),
        "51.2300": ("29-1129",),
        "01.8301": ("29-2056", "31-9096"),
        "32.0107": (),
    },
    cip2020_of={"51.0808": ("01.8301",), "32.0110": ("32.0107",)},
    soc2018_of_2010={"15-1132": ("15-1252",), "11-2031": ("11-2032", "11-2033")},
    oews2019_of_title={},
)


@pytest.mark.parametrize(
    ("cip", "expected", "reach"),
    [
        ("51.3801", ("25-1072", "29-1141"), "exact"),
        ("51.0808", ("29-2056", "31-9096"), "moved"),
        ("51.0899", ("29-2052", "31-9092"), "series"),
        ("51.08", ("29-2052", "31-9092"), "series"),
        ("51.23", ("29-1129",), "exact"),
        ("32.0107", (), "no_match"),
        ("32.0110", (), "no_match"),
        ("32.0199", (), "unknown"),
        ("99.0101", (), "unknown"),
        ("51", (), "unknown"),
    ],
)
def test_a_field_of_any_edition_reaches_its_occupations(cip: str, expected: tuple[str, ...], reach: str) -> None:
    assert CROSSWALKS.occupations_of(cip) == (expected, reach)


def test_a_moved_code_does_not_fall_back_on_the_series_it_left() -> None:
    found, _ = CROSSWALKS.occupations_of("51.0808")
    assert "31-9092" not in found


def program(number: int, **facts: Any) -> Program:
    origin = Provenance(source="test", record_id=str(number))
    return Program(id=f"test:{number}", name="P", provider_id="test:p", provenance=origin, **facts)


@pytest.fixture
def shelf() -> Shelf:
    class Nowhere:
        def add(self, record: Any) -> None:
            raise AssertionError("nothing is written here")

    return Shelf(Nowhere())  # type: ignore[arg-type]


def test_only_programs_without_published_occupations_are_filled(shelf: Shelf) -> None:
    shelf.notes["crosswalks"] = CROSSWALKS
    for each in (
        program(1, cip="51.3801"),
        program(2, cip="51.3801", soc=("53-3032",), soc_method="published"),
        program(3),
        program(4, cip="32.0107"),
        program(5, cip="51.0808"),
        program(6, soc=("15-1132", "29-1141"), soc_method="published"),
    ):
        shelf.add(each)
    counts = fill_occupations(shelf)
    assert counts == {"all": 6, "exact": 1, "moved": 1, "no_cip": 1, "no_match": 1, "published": 2, "renumbered": 1}
    found = {each.id: (each.soc, each.soc_method) for each in shelf.all(Program)}
    assert found == {
        "test:1": (("25-1072", "29-1141"), "crosswalk"),
        "test:2": (("53-3032",), "published"),
        "test:3": ((), None),
        "test:4": ((), None),
        "test:5": (("29-2056", "31-9096"), "crosswalk"),
        "test:6": (("15-1252", "29-1141"), "published"),
    }


def test_filling_twice_changes_nothing_more(shelf: Shelf) -> None:
    shelf.notes["crosswalks"] = CROSSWALKS
    shelf.add(program(1, cip="51.3801"))
    fill_occupations(shelf)
    before = list(shelf.all(Program))
    fill_occupations(shelf)
    assert list(shelf.all(Program)) == before


def test_without_crosswalks_nothing_is_filled(shelf: Shelf) -> None:
    shelf.add(program(1, cip="51.3801"))
    assert fill_occupations(shelf) == {"all": 1}
    assert next(shelf.all(Program)).soc == ()


def test_coverage_of_new_jersey(read_source: Callable[..., Any], raw_data: Path) -> None:
    """2 % of the codes are unknown to CIP 2020; 12 % reach nothing by exact code alone."""
    shelf = read_source("nj_etpl", raw_data).shelf
    shelf.notes |= read_source("crosswalks", raw_data).shelf.notes
    counts = fill_occupations(shelf)
    assert 1150 <= counts["all"] <= 1156
    strangers = counts["moved"] + counts["series"] + counts["unknown"]
    assert round(strangers / counts["all"], 2) == 0.02
    assert round((strangers + counts["no_match"]) / counts["all"], 2) == 0.12
    assert (counts["moved"], counts["series"], counts["unknown"], counts["no_match"]) == (11, 10, 4, 109)
    sizes = sorted(len(each.soc) for each in shelf.all(Program) if each.soc)
    assert (sizes[len(sizes) // 2], sizes[-1]) == (3, 23)
    assert counts["all"] - len(sizes) == counts["no_match"] + counts["unknown"]
