from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from catalog.records import Control, Place, Unit
from ingestion import cells
from ingestion.institutions import (
    CONTROLS,
    Figure,
    aliases_of,
    as_ein,
    as_opeid,
    as_six_digit_cip,
    coded,
    figures_of,
    institution,
    number_of,
    unitid_of,
    with_commas,
)
from ingestion.row import Row
from ingestion.source import Source, SourceFile

SOURCE = Source("s", "", "", "https://example.org", "", "", (), lambda _context: None)


class FakeReader:
    """Stands in for the reader of a file and keeps what a row says to it."""

    def __init__(self) -> None:
        self.source = SOURCE
        self.file = SourceFile("f.csv", as_of="2014", rows=(0, 1))
        self.issues: list[tuple[str, str, str, str]] = []
        self.fates: list[str] = []

    def issue(self, _number: int, column: str, value: str, reason: str, *, kind: str) -> None:
        self.issues.append((column, value, reason, kind))

    def settle(self, _number: int, fate: str, _record_id: str | None) -> None:
        self.fates.append(fate)

    def no_such_column(self, column: str) -> Exception:
        return LookupError(column)


@pytest.fixture
def row() -> Callable[..., tuple[Row, FakeReader]]:
    def making(**values: str) -> tuple[Row, FakeReader]:
        reader = FakeReader()
        return Row(reader, 1, dict(values)), reader  # type: ignore[arg-type]

    return making


Rows = Callable[..., tuple[Row, FakeReader]]


@pytest.mark.parametrize(
    ("published", "opeid"),
    [
        ('"00100200"', "00100200"),
        ("100200", "00100200"),
        ("32098800", "02098800"),
        ('"000000-2"', None),
        ("-2", None),
        ("", None),
        ("00000000", None),
    ],
)
def test_opeids_get_their_zeros_back(published: str, opeid: str | None) -> None:
    assert as_opeid(published) == opeid


@pytest.mark.parametrize("published", ["ABC", "123456789", "12-34"])
def test_what_is_no_opeid_is_refused(published: str) -> None:
    with pytest.raises(cells.CellError, match="OPEID"):
        as_opeid(published)


@pytest.mark.parametrize(("published", "ein"), [("226000001", "226000001"), ("26000001", "026000001"), ("-1", None)])
def test_tax_ids_get_their_lost_zero_back(published: str, ein: str | None) -> None:
    assert as_ein(published) == ein


@pytest.mark.parametrize("published", ["9802816", "000000000", "2260000011", "22-600001", "²26000001"])
def test_what_is_no_tax_id_is_refused(published: str) -> None:
    with pytest.raises(cells.CellError, match="tax id"):
        as_ein(published)


@pytest.mark.parametrize(
    ("published", "cip"),
    [
        ("1", "01.0000"),
        ("44", "44.0000"),
        ("1.0901", "01.0901"),
        ("12.05", "12.0500"),
        ("5.021", "05.0210"),
        ("51.071", "51.0710"),
        ("52.0201", "52.0201"),
        ("-2", None),
        (".", None),
        ("", None),
    ],
)
def test_cip_codes_get_zeros_at_both_ends(published: str, cip: str | None) -> None:
    assert as_six_digit_cip(published) == cip


@pytest.mark.parametrize("published", ["weld", "123.4", "12.34567", "-3", "1."])
def test_what_is_no_cip_code_is_refused(published: str) -> None:
    with pytest.raises(cells.CellError, match="CIP"):
        as_six_digit_cip(published)


@pytest.mark.parametrize(
    ("published", "text"), [("1 Oak| Suite 2", "1 Oak, Suite 2"), ("A|B |C|", "A, B, C"), (None, None)]
)
def test_commas_that_became_bars_are_put_back(published: str | None, text: str | None) -> None:
    assert with_commas(published) == text


@pytest.mark.parametrize(
    ("published", "names"),
    [
        ("UA|U of A|Arizona|AZ|85721|Tucson|Tucson| AZ|", ("U of A", "Arizona")),
        ("Universal Institute| Inc. |MMI-AZ", ("Universal Institute", "MMI-AZ")),
        ("Old College  Older College", ("Old College", "Older College")),
        ("N/A", ()),
        ("Trinity| D.C.", ("Trinity",)),
        ("NTC|NTC", ("NTC",)),
        ("", ()),
    ],
)
def test_other_names_are_told_from_what_is_left_of_commas(row: Rows, published: str, names: tuple[str, ...]) -> None:
    one, _ = row(ialias=published)
    assert aliases_of(one, "ialias", Place(city="Tucson")) == names


@pytest.mark.parametrize("published", ["100654", "100654.0", "10236801", " 100654 "])
def test_unitids_have_six_or_eight_digits(row: Rows, published: str) -> None:
    one, reader = row(unitid=published)
    assert unitid_of(one, "unitid") == published.strip().removesuffix(".0")
    assert reader.fates == []


@pytest.mark.parametrize("published", ["", "-1", "1006540", "1006", "abcdef", "¹00654"])
def test_a_row_without_a_unitid_is_held_back(row: Rows, published: str) -> None:
    one, reader = row(unitid=published)
    assert unitid_of(one, "unitid") is None
    assert reader.fates == ["held_back"]
    assert reader.issues[0][:2] == ("unitid", published)


@pytest.mark.parametrize(
    ("unitid", "opeid", "level", "parent", "known_unitid"),
    [
        ("100654", "00100200", "institution", None, "100654"),
        ("100654", "00100201", "campus", None, "100654"),
        ("100654", None, None, None, "100654"),
        ("10065401", "00100201", "campus", "ipeds:100654", None),
        ("10065401", "00100200", "location", "ipeds:100654", None),
    ],
)
def test_the_ids_say_what_a_provider_is(
    row: Rows, unitid: str, opeid: str | None, level: str | None, parent: str | None, known_unitid: str | None
) -> None:
    provider = institution(row()[0], unitid, "Name", opeid)
    assert provider.id == f"ipeds:{unitid}"
    assert (provider.level, provider.parent_id, provider.ids.unitid) == (level, parent, known_unitid)


def test_facts_given_take_the_place_of_those_inferred(row: Rows) -> None:
    provider = institution(row()[0], "100654", "Name", "00100200", level="system", parent_id="ipeds_system:1")
    assert (provider.level, provider.parent_id) == ("system", "ipeds_system:1")


@pytest.mark.parametrize(("code", "meaning", "issues"), [("2", Control.NONPROFIT, 0), ("-3", None, 0), ("7", None, 1)])
def test_only_an_unheard_of_code_is_reported(row: Rows, code: str, meaning: Any, issues: int) -> None:
    one, reader = row(control=code)
    assert coded(one, "control", CONTROLS) is meaning
    assert len(reader.issues) == issues


@pytest.mark.parametrize(
    ("figure", "published", "value"),
    [
        (Figure("x", "rate", Unit.FRACTION, "d"), "0.25", 0.25),
        (Figure("x", "rate", Unit.FRACTION, "d"), "0.0", 0.0),
        (Figure("x", "rate", Unit.FRACTION, "d", percent=True), "27", 0.27),
        (Figure("x", "price", Unit.USD_PER_YEAR, "d", lowest=float("-inf")), "-3039", -3039),
        (Figure("x", "students", Unit.COUNT, "d"), "", None),
    ],
)
def test_figures_are_read_without_a_word(row: Rows, figure: Figure, published: str, value: float | None) -> None:
    one, reader = row()
    assert number_of(one, figure, published) == value
    assert reader.issues == []


@pytest.mark.parametrize(
    ("figure", "published"),
    [
        (Figure("x", "rate", Unit.FRACTION, "d"), "1.2"),
        (Figure("x", "rate", Unit.FRACTION, "d", percent=True), "127"),
        (Figure("x", "students", Unit.COUNT, "d"), "-3"),
        (Figure("x", "students", Unit.COUNT, "d"), "PrivacySuppressed"),
        (Figure("x", "students", Unit.COUNT, "d"), "1,5"),
    ],
)
def test_figures_that_cant_be_right_are_reported_and_left_out(row: Rows, figure: Figure, published: str) -> None:
    one, reader = row()
    assert number_of(one, figure, published) is None
    assert [issue[:2] for issue in reader.issues] == [("x", published)]


def test_two_figures_may_share_their_number_of_people(row: Rows) -> None:
    one, _ = row(six="27", four="", n="1814")
    rates = [Figure(column, column, Unit.FRACTION, "d", n_column="n", percent=True) for column in ("six", "four")]
    assert [(each.figure.column, each.value, each.n) for each in figures_of(one, rates)] == [("six", 0.27, 1814)]
    assert one.leftovers() == []
