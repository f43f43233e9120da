from __future__ import annotations

from datetime import date

import pytest

from ingestion import dapip
from ingestion.cells import CellError


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("1/26/2018 12:00:00 AM", date(2018, 1, 26)),
        ("06/30/2028", date(2028, 6, 30)),
        ("9/1/2016", date(2016, 9, 1)),
        ("09-21-2025", date(2025, 9, 21)),
        ("1/1/1836 12:00:00 AM", date(1836, 1, 1)),
        ("1/1/1900 12:00:00 AM", None),
        ("01/01/1900", None),
        ("", None),
        ("-", None),
    ],
)
def test_days_are_read_in_every_form_that_occurs(raw: str, day: date | None) -> None:
    assert dapip.as_day(raw) == day


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        ("9/22/8014 12:00:00 AM", "year 8014"),
        ("12/31/2123", "year 2123"),
        ("4/1//2012", "not a date"),
        ("2/30/2005", "calendar"),
        ("soon", "not a date"),
    ],
)
def test_a_day_that_cannot_be_is_an_error(raw: str, reason: str) -> None:
    with pytest.raises(CellError, match=reason):
        dapip.as_day(raw)


@pytest.mark.parametrize(("raw", "opeid"), [("00100200", "00100200"), ("", None), ("-2", None), ("0", None)])
def test_opeids_keep_their_zeros(raw: str, opeid: str | None) -> None:
    assert dapip.as_opeid(raw) == opeid


@pytest.mark.parametrize("raw", ["666800", "2", "020988C6", "001002000"])
def test_a_short_or_lettered_opeid_is_never_padded(raw: str) -> None:
    with pytest.raises(CellError):
        dapip.as_opeid(raw)


def test_several_unitids_are_none() -> None:
    assert dapip.as_single_unitid("100636") == "100636"
    assert dapip.as_single_unitid("") is None
    with pytest.raises(CellError, match="several"):
        dapip.as_single_unitid("217235, 460349")
    with pytest.raises(CellError, match="not a UNITID"):
        dapip.as_single_unitid("12345")


def test_mangled_dashes_are_mended_and_real_accents_left() -> None:
    assert dapip.unmangled("College â€“ Tucson") == "College – Tucson"
    assert dapip.unmangled("Décor – Café") == "Décor – Café"
    assert dapip.unmangled("â€ alone") == "â€ alone"
