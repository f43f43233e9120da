"""The bulk workbook of the federal training provider reports: its columns, and cells that a spreadsheet changed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import TypeVar

from ingestion import cells
from ingestion.etp import WITHHELD
from ingestion.row import Row

T = TypeVar("T")

EXCEL_EPOCH = date(1899, 12, 30)
SERIALS = range(36_526, 73_051)
"""Excel's numbers of the days from 2000 to 2099."""


class Columns:
    """Finds a column by the number of its element on the form: `d113` is `d113_program_length_hours`."""

    def __init__(self, header: list[str]) -> None:
        self._names: dict[str, str] = {}
        for name in header:
            self._names.setdefault(name.split("_", 1)[0], name)
            self._names[name] = name

    def __getitem__(self, element: str) -> str:
        """Return the column's name, or the element itself, which the row then misses by name."""
        return self.find(element) or element

    def find(self, element: str) -> str | None:
        """Return the column's name, None when the workbook does not have it."""
        return self._names.get(element)

    def parse(self, row: Row, element: str, parser: Callable[[str], T | None]) -> T | None:
        """Pop the element's cell; None when the workbook does not have its column."""
        column = self.find(element)
        return row.parse(column, parser) if column else None


def as_outcome_codes(raw: str) -> str | None:
    """Return the digits of the outcomes that a program may lead to: `169` is 1, 6 and 9."""
    text = cells.clean(raw)
    if not text or text == str(WITHHELD):
        return None
    codes = re.sub(r"[\s,;|]", "", text)
    if not (codes.isascii() and codes.isdigit()) or len(set(codes)) != len(codes):
        raise cells.CellError("not outcome codes, each digit once")
    return codes


def as_noisy_cip(raw: str) -> str | None:
    """Return a CIP code that went through binary fractions: `11.020099999999999` is 11.0201.

    Four decimals are a program, unless the last two are zeros that the fraction may have lost or
    never had: then the series is what is known.
    """
    text = cells.clean(raw)
    if re.fullmatch(r"\d{1,2}\.\d+", text):
        text = f"{float(text):07.4f}"
        text = text.removesuffix("00")
    return cells.as_cip(text)


def as_padded_soc(raw: str) -> str | None:
    """Return a SOC code, published with two zeros behind it: `29-203100` is 29-2031."""
    text = cells.clean(raw)
    return cells.as_soc(re.sub(r"^(\d{2}-?\d{4})\d{2}$", r"\1", text)) if text != str(WITHHELD) else None


def as_excel_date(raw: str) -> date | None:
    """Return a date that is published as Excel's number of the day: 45473 is 2024-06-30."""
    text = cells.clean(raw)
    if text == str(WITHHELD):
        return None
    if not text.isdecimal():
        return cells.as_date(text)
    if int(text) not in SERIALS:
        raise cells.CellError("not a day of 2000 to 2099 as Excel counts them")
    return EXCEL_EPOCH + timedelta(days=int(text))
