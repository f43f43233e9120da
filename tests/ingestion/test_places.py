"""Places: city, county and ZIP code are held against each other."""

from __future__ import annotations

import pytest

from catalog.records import Place
from ingestion.places import checked


@pytest.fixture
def check():
    def checking(**parts):
        reports = []
        place = checked(Place(**parts), lambda field, value, _reason: reports.append((field, value)))
        return place, reports

    return checking


def test_a_zip_gives_county_and_coordinates(check):
    place, reports = check(city="Newark", state="NJ", zip="07102")
    assert place.county == "Essex"
    assert place.latitude == pytest.approx(40.73, abs=0.05)
    assert reports == []


def test_a_county_against_zip_and_city_loses(check):
    place, reports = check(city="Union City", county="Bergen", state="NJ", zip="07087")
    assert place.county == "Hudson"
    assert reports == [("county", "Bergen")]


def test_a_zip_against_city_and_county_loses(check):
    place, reports = check(city="Mays Landing", county="Atlantic", state="NJ", zip="08830")
    assert (place.zip, place.county, place.latitude) == (None, "Atlantic", None)
    assert reports == [("zip", "08830")]


def test_a_zip_of_another_state_is_not_used(check):
    place, reports = check(city="Newark", state="NJ", zip="10001")
    assert place.zip is None
    assert reports == [("zip", "10001")]


@pytest.mark.parametrize("county", ["Out of State", "Select One", ""])
def test_words_that_are_no_county(check, county):
    place, _ = check(city="Nowhere", county=county, state="NJ")
    assert place.county is None


def test_an_unknown_zip_gives_no_coordinates(check):
    place, reports = check(city="Newark", state="NJ", zip="00001")
    assert place.latitude is None
    assert reports == [("zip", "00001")]
