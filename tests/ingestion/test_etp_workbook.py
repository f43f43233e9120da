from __future__ import annotations

from datetime import date

import pytest

from ingestion.cells import CellError
from ingestion.etp_workbook import Columns, as_excel_date, as_noisy_cip, as_outcome_codes, as_padded_soc


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("11.020099999999999", "11.0201"),
        ("52.020099999999999", "52.0201"),
        ("1.0504", "01.0504"),
        ("51.071", "51.0710"),
        ("51.3901", "51.3901"),
        ("11.02", "11.02"),
        ("11.1", "11.10"),
        ("510801", "51.0801"),
        ("52", "52"),
        ("", None),
    ],
)
def test_a_cip_code_survives_binary_fractions(text: str, expected: str | None) -> None:
    assert as_noisy_cip(text) == expected


@pytest.mark.parametrize("text", ["welding", "151.0801", "-1"])
def test_other_text_is_no_cip_code(text: str) -> None:
    with pytest.raises(CellError):
        as_noisy_cip(text)


def test_outcome_codes_are_separate_digits() -> None:
    assert (as_outcome_codes("169"), as_outcome_codes("1, 6"), as_outcome_codes("0")) == ("169", "16", "0")
    assert (as_outcome_codes(""), as_outcome_codes("-1")) == (None, None)
    for text in ("911", "certificate", "1.5"):
        with pytest.raises(CellError):
            as_outcome_codes(text)


def test_soc_codes_have_two_zeros_behind_them() -> None:
    assert (as_padded_soc("29-203100"), as_padded_soc("29203100"), as_padded_soc("29-2031")) == ("29-2031",) * 3
    assert (as_padded_soc(""), as_padded_soc("-1"), as_padded_soc("29-2031.00")) == (None, None, "29-2031")
    with pytest.raises(CellError):
        as_padded_soc("nurse")


def test_dates_are_numbers_of_days() -> None:
    assert as_excel_date("45473") == date(2024, 6, 30)
    assert as_excel_date("2023-07-01 00:00:00") == date(2023, 7, 1)
    assert (as_excel_date(""), as_excel_date("-1")) == (None, None)
    for text in ("12", "99999999", "soon"):
        with pytest.raises(CellError):
            as_excel_date(text)


def test_columns_are_found_by_their_element() -> None:
    columns = Columns(["d113_program_length_hours", "de129", "d11_other"])
    assert columns["d113"] == "d113_program_length_hours"
    assert columns["de129"] == "de129"
    assert columns.find("d114") is None
    assert columns["d114"] == "d114"
