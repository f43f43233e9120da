"""Cells are read strictly: a wrong guess is worse than an issue."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingestion import cells
from ingestion.cells import CellError

PARSERS: dict[str, Callable[[str], Any]] = {
    "text": cells.as_text,
    "number": cells.as_number,
    "integer": cells.as_integer,
    "flag": cells.as_flag,
    "flag12": lambda raw: cells.as_flag(raw, one_is_yes_two_is_no=True),
    "date": cells.as_date,
    "zip": cells.as_zip,
    "cip": cells.as_cip,
    "soc": cells.as_soc,
    "opeid": cells.as_opeid,
    "unitid": cells.as_unitid,
    "state": cells.as_state,
}
SHAPES = {
    "zip": r"[0-9]{5}",
    "cip": r"[0-9]{2}(\.[0-9]{2}([0-9]{2})?)?",
    "soc": r"[0-9]{2}-[0-9]{4}",
    "opeid": r"[0-9]{8}",
    "unitid": r"[0-9]{6}",
    "state": r"[A-Z]{2}",
}

any_text = st.one_of(
    st.text(max_size=40),
    st.text(alphabet="0123456789.,-$ \"=eE+/:'²٣１", max_size=14),
    st.text(alphabet=st.characters(), max_size=10),
    st.from_regex(r"\d{1,9}(\.\d{1,6})?", fullmatch=True),
    st.from_regex(r"\d{1,4}[-/]\d{1,2}[-/]\d{1,4}( \d\d:\d\d(:\d\d)?)?", fullmatch=True),
)


@pytest.mark.parametrize("name", PARSERS)
@given(raw=any_text)
@example(raw="²")
@example(raw="٣٣٣٣٣")
@example(raw="1e400")
@example(raw="9" * 5000)
@example(raw="1_000")
@example(raw="\ud800")
@example(raw="\0")
@example(raw='"')
def test_no_text_breaks_a_parser(name: str, raw: str) -> None:
    try:
        found = PARSERS[name](raw)
    except CellError:
        return
    if found is not None and name in SHAPES:
        assert re.fullmatch(SHAPES[name], found)


@pytest.mark.parametrize("name", sorted(SHAPES))
@given(raw=any_text)
def test_a_code_that_was_read_reads_as_itself(name: str, raw: str) -> None:
    try:
        once = PARSERS[name](raw)
    except CellError:
        return
    if once is not None:
        assert PARSERS[name](once) == once


@given(st.text(max_size=40))
def test_clean_text_has_no_control_characters_and_no_stray_space(raw: str) -> None:
    text = cells.clean(raw)
    assert text.isprintable()
    assert text == text.strip()


@given(st.integers(-(10**12), 10**12))
def test_numbers_with_separators_are_themselves(number: int) -> None:
    assert cells.as_number(f"{number:,}") == number
    assert cells.as_integer(f" ${number:,}.00 ") == number


@given(st.dates(date(1600, 1, 1), date(2100, 12, 31)))
def test_dates_of_the_known_forms(day: date) -> None:
    iso, us = f"{day:%Y}".zfill(4) + f"-{day:%m-%d}", f"{day:%m/%d}/" + f"{day:%Y}".zfill(4)
    assert cells.as_date(iso) == cells.as_date(us) == cells.as_date(f"{us} 12:00:00 AM") == day


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("raw", ["", "  ", "\t", "\xa0", '""', "\u200b"])
def test_blank_is_none_and_never_zero_or_no(name: str, raw: str) -> None:
    assert PARSERS[name](raw) is None


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ('"Microsoft, CompTIA"', "Microsoft, CompTIA"),
        ('"The ""best"" course"', 'The "best" course'),
        ("a\r\n b\t c", "a b c"),
        ("co\xadoperate", "cooperate"),
        ("zero\u200bwidth", "zerowidth"),
        ("\u202eright to left", "right to left"),
        ("a\xa0b", "a b"),
        ("Peña — 5′", "Peña — 5′"),
        ("null\0byte", "null byte"),
        ("C++ (basic)", "C++ (basic)"),
        ("- see below", "- see below"),
        ("-5 to +5 (units)", "-5 to +5 (units)"),
        ("@home", "@home"),
    ],
)
def test_text(raw: str, text: str) -> None:
    assert cells.as_text(raw) == text


@pytest.mark.parametrize(
    "raw", ["=1+1", "=cmd|' /C calc'!A0", " =SUM(A1)", "+SUM(A1)", "@IF (1)", "-cmd|'/C calc'!A0", '"=1+1"', "\t=1"]
)
def test_a_formula_is_not_text(raw: str) -> None:
    with pytest.raises(CellError, match="formula"):
        cells.as_text(raw)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        ("0", 0.0),
        ("-0.5", -0.5),
        ("$1,200.50", 1200.5),
        ("-$5", -5),
        ("$-5", -5),
        ("1e3", 1000),
        (".5", 0.5),
        ("5.", 5),
        ('"1,000"', 1000),
        ("11.020099999999999", 11.0201),
    ],
)
def test_number(raw: str, number: float) -> None:
    assert cells.as_number(raw) == pytest.approx(number)


@pytest.mark.parametrize(
    "raw",
    ["abc", "12,5", "1,23", "1.200,50", "1_000", "nan", "inf", "-infinity", "0x1F", "1 2", "12%", "--5", "$", "-", ".",
     "e5", "٣", "1e400", "1e13", "9" * 25, "9" * 1_000_000, "=1", "N/A", "5 (est.)"],
    ids=lambda raw: raw[:12],
)  # fmt: skip
def test_not_a_number(raw: str) -> None:
    with pytest.raises(CellError):
        cells.as_number(raw)


@pytest.mark.parametrize("raw", ["1.5", "1e-3", "x"])
def test_not_a_whole_number(raw: str) -> None:
    with pytest.raises(CellError):
        cells.as_integer(raw)


def test_yes_and_no_differ_by_publisher() -> None:
    assert [cells.as_flag(raw) for raw in ("True", "t", "YES", "1", "False", "n", "0")] == [True] * 4 + [False] * 3
    assert [cells.as_flag(raw, one_is_yes_two_is_no=True) for raw in ("1", "2")] == [True, False]
    with pytest.raises(CellError):
        cells.as_flag("2")
    with pytest.raises(CellError):
        cells.as_flag("0", one_is_yes_two_is_no=True)


@pytest.mark.parametrize(
    "raw", ["2020-02-30", "13/01/2020", "8014-01-01", "0001-01-01", "yesterday", "2020", "20200131", "1/1/1"]
)
def test_not_a_date(raw: str) -> None:
    with pytest.raises(CellError):
        cells.as_date(raw)


@pytest.mark.parametrize(
    ("name", "raw", "code"),
    [
        ("zip", "8608", "08608"),
        ("zip", "08608-1234", "08608"),
        ("zip", "86081234", "08608"),
        ("zip", "8608.0", "08608"),
        ("zip", "501", "00501"),
        ("cip", "510801", "51.0801"),
        ("cip", "10203", "01.0203"),
        ("cip", "1.0203", "01.0203"),
        ("cip", "51.08", "51.08"),
        ("cip", "51.080", "51.0800"),
        ("cip", '="01.00"', "01.00"),
        ("cip", "1", "01"),
        ("soc", "291141", "29-1141"),
        ("soc", "29-1141.04", "29-1141"),
        ("opeid", '"00100500"', "00100500"),
        ("opeid", "100500", "00100500"),
        ("opeid", "100500.0", "00100500"),
        ("opeid", "NONE", None),
        ("opeid", "0", None),
        ("unitid", "100654", "100654"),
        ("unitid", "-2", None),
        ("state", " nj ", "NJ"),
    ],
)
def test_codes_are_repaired(name: str, raw: str, code: str | None) -> None:
    assert PARSERS[name](raw) == code


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("zip", "K1A 0B1"),
        ("zip", "00000"),
        ("zip", "123456"),
        ("zip", "²²²²²"),
        ("cip", "5108"),
        ("cip", "51.08011234"),
        ("cip", "51-0801"),
        ("cip", "٥١"),
        ("soc", "29-11"),
        ("soc", "29-1141.4"),
        ("opeid", "123456789"),
        ("opeid", "00A00500"),
        ("opeid", "²"),
        ("unitid", "10065"),
        ("unitid", "１００６５４"),
        ("state", "New Jersey"),
        ("state", "ß"),
        ("state", "N1"),
    ],
)
def test_what_is_no_code_is_refused(name: str, raw: str) -> None:
    with pytest.raises(CellError):
        PARSERS[name](raw)
