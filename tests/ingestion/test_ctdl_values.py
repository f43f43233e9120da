"""Values of CTDL: language maps, durations, money, concepts, places; each fault is reported once."""

from __future__ import annotations

from typing import Any

import pytest

from catalog.records import Place
from ingestion import cells
from ingestion.ctdl_values import (
    as_cip,
    codes,
    concepts,
    dollars,
    duration,
    length,
    number,
    other_words,
    parsed,
    place,
    words,
)


class Said(list[tuple[str, str, str]]):
    def __call__(self, term: str, value: str, reason: str) -> None:
        self.append((term, value, reason))


@pytest.fixture
def said() -> Said:
    return Said()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("Plain", "Plain"),
        ({"es": "Soldador", "en-US": "Welder"}, "Welder"),
        ({"ar": "x", "es": "Soldador"}, "Soldador"),
        ({"ar-sa": "x"}, "x"),
        ({"en": ["One", "Two"]}, "One"),
        ({"en:us": "Odd tag"}, "Odd tag"),
        ({"@language": "en", "@value": "Old way"}, "Old way"),
        ([{"es": "Uno"}, {"en": "Two"}], "Two"),
        ({"en": "  Two \n lines "}, "Two lines"),
        ({"en": ""}, None),
        (None, None),
        (7, None),
        ({"en": 7}, None),
    ],
)
def test_the_text_of_a_language_map(value: Any, text: str | None, said: Said) -> None:
    assert words(value, "ceterms:name", said) == text
    assert said == []


def test_the_other_languages_are_further_names(said: Said) -> None:
    assert other_words({"en": "Welder", "es": ["Soldador", "Soldadora"]}, "Welder", "n", said) == (
        "Soldador",
        "Soldadora",
    )


def test_a_formula_is_no_text(said: Said) -> None:
    assert words("=HYPERLINK(1)", "ceterms:name", said) is None
    assert [reason for _, _, reason in said] == ["a spreadsheet formula, not text"]


@pytest.mark.parametrize(
    ("raw", "weeks", "hours"),
    [
        ("P4W", 4, None),
        ("P2Y", 104, None),
        ("P6M", 26, None),
        ("P7D", 1, None),
        ("PT160H", None, 160),
        ("PT1H30M", None, 1.5),
        ("P1WT40H", 1, 40),
        ("P4.5W", 4.5, None),
        (None, None, None),
    ],
)
def test_durations(raw: Any, weeks: float | None, hours: float | None, said: Said) -> None:
    assert duration(raw, "t", said) == (pytest.approx(weeks) if weeks is not None else None, hours)
    assert said == []


@pytest.mark.parametrize("raw", ["P", "PT", "four weeks", "P1.2.3W", "4W", "P-1W", {"a": 1}, 7])
def test_what_is_no_duration_is_reported(raw: Any, said: Said) -> None:
    assert duration(raw, "t", said) == (None, None)
    assert len(said) == 1


def test_a_length_of_several_profiles(said: Said) -> None:
    node = {
        "ceterms:estimatedDuration": [{"ceterms:minimumDuration": "P3W"}, {"ceterms:exactDuration": "PT90H"}, None, 7],
        "ceterms:creditValue": [
            {"schema:value": 2, "ceterms:creditUnitType": ["creditUnit:ContactHour"]},
            {"schema:value": 3, "ceterms:creditUnitType": [{"ceterms:targetNode": "creditUnit:SemesterHour"}]},
        ],
    }
    found = length(node, said)
    assert (found.weeks_min, found.weeks_max, found.clock_hours, found.credit_hours) == (3, None, 90, 3)


@pytest.mark.parametrize(
    ("currency", "value"), [("USD", 5), ("US Dollar", 5), ("us dollars", 5), ("EUR", None), (None, None)]
)
def test_only_dollars_are_dollars(currency: Any, value: float | None, said: Said) -> None:
    assert dollars({"p": 5, "c": currency}, "p", "c", said) == value
    assert (len(said) == 1) == (value is None)


@pytest.mark.parametrize("amount", [-1, "much", True, {"a": 1}, 1e300])
def test_what_is_no_amount_is_reported(amount: Any, said: Said) -> None:
    assert dollars({"p": amount, "c": "USD"}, "p", "c", said) is None
    assert len(said) == 1


@pytest.mark.parametrize("raw", [0.1, 1e-9, 5, 123456.789, "1,234.5"])
def test_numbers_are_exact(raw: Any, said: Said) -> None:
    assert number(raw, "t", said) == float(str(raw).replace(",", ""))


@pytest.mark.parametrize("raw", [float("inf"), float("nan")])
def test_no_number_is_not_a_number(raw: float, said: Said) -> None:
    assert number(raw, "t", said) is None
    assert len(said) == 1


@pytest.mark.parametrize(
    "value",
    [
        "deliveryType:InPerson",
        ["https://credreg.net/ctdl/terms/Delivery#InPerson"],
        {"ceterms:targetNode": "deliveryType:InPerson"},
        [{"ceterms:targetNode": {"@id": "deliveryType:InPerson"}}],
    ],
)
def test_concepts_in_any_form(value: Any) -> None:
    assert concepts(value) == ["InPerson"]


def test_concepts_of_other_things_are_none() -> None:
    assert concepts([None, 7, {"ceterms:targetNode": 7}, {"ceterms:targetNodeName": "x"}]) == []


def test_codes_are_there_once_and_bad_ones_reported(said: Said) -> None:
    given = ["29-1141.00", "29-1141.01", "nurse", None]
    node = {"t": [{"ceterms:codedNotation": code} for code in given]}
    assert codes(node, "t", cells.as_soc, said) == ["29-1141"]
    assert said == [("t", "nurse", "not a SOC code")]


def test_a_hyphen_for_the_dot_of_a_field_of_study() -> None:
    assert (as_cip("49-0205"), as_cip("49.0205")) == ("49.0205", "49.0205")


def test_a_list_where_one_value_belongs_is_reported(said: Said) -> None:
    assert parsed(["a", "b"], "t", cells.as_text, said) is None
    assert said == [("t", "[a, b]", "one value was expected")]


def test_the_first_place_with_an_address(said: Said) -> None:
    node = {
        "a": [
            {"ceterms:latitude": 1, "ceterms:longitude": 2},
            {
                "ceterms:addressLocality": "Newark",
                "ceterms:addressRegion": {"en": "New Jersey"},
                "ceterms:postalCode": "07102",
            },
        ]
    }
    found = place(node, "a", said)
    assert (found.city, found.state, found.county) == ("Newark", "NJ", "Essex")
    assert place({"a": "nowhere"}, "a", said) == Place()
    assert said == []


def test_a_region_that_is_no_state_is_reported(said: Said) -> None:
    assert (
        place({"a": [{"ceterms:addressRegion": "Ontario", "ceterms:addressLocality": "Ottawa"}]}, "a", said).state
        is None
    )
    assert said == [("ceterms:addressRegion", "Ontario", "not a state code")]
