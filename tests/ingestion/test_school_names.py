"""Names agree when a word that tells schools apart does, not when only 'university of' does."""

from __future__ import annotations

import pytest

from catalog.records import Place, Provenance, Provider
from ingestion.school_names import AGREES, agreement, comparable, comparable_city, prepared, score


def named(name: str, aliases: tuple[str, ...] = ()) -> Provider:
    origin = Provenance(source="s", record_id="1")
    return Provider(id="s:1", name=name, aliases=aliases, place=Place(city="Newark"), provenance=origin)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of Phoenix", "University of Texas"),
        ("Coahoma Community College", "Mississippi Community College Board"),
        ("Florida Institute of Animal Arts", "Institute of Technical Arts"),
        ("Palo Alto College", "Argosy University-Dallas"),
        ("International Business College - Fort Wayne", "International Business College-Indianapolis"),
    ],
)
def test_generic_words_alone_are_no_agreement(one: str, other: str) -> None:
    assert score(comparable(one), comparable(other)) < AGREES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("American Career College", "American Career College-Los Angeles"),
        ("Academy of Hair Design Inc", "ACADEMY OF HAIR DESIGN"),
        ("P. B. Cosmetology Education Centre", "P B Cosmetology Education Center"),
        ("Swainsboro Technical Colleges", "Swainsborro Technical College"),
        ("Temple University Health System", "Temple University"),
    ],
)
def test_one_school_in_two_spellings_agrees(one: str, other: str) -> None:
    assert score(comparable(one), comparable(other)) >= AGREES


def test_an_earlier_name_counts_as_the_name() -> None:
    late = prepared(named("University of Massachusetts Global", aliases=("Brandman University",)))
    assert agreement(prepared(named("BRANDMAN UNIVERSITY-ONTARIO")), late) >= AGREES
    assert agreement(prepared(named("BRANDMAN UNIVERSITY-ONTARIO")), prepared(named("Ontario College"))) < AGREES


@pytest.mark.parametrize(
    ("one", "other"),
    [("St. Louis", "Saint Louis"), ("Mt. Laurel", "MOUNT LAUREL"), ("Carney's Point", "Carneys Point")],
)
def test_cities_in_two_spellings_are_one(one: str, other: str) -> None:
    assert comparable_city(one) == comparable_city(other)


def test_an_unknown_city_is_empty() -> None:
    assert comparable_city(None) == ""
