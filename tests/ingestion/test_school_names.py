"""Names agree when a word that tells schools apart does, not when only 'university of' does."""

from __future__ import annotations

import pytest

from catalog.records import Place, Provenance, Provider
from ingestion.school_names import (
    AGREES,
    agreement,
    comparable,
    comparable_city,
    is_another_unit,
    prepared,
    score,
    share_only_their_city,
)


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


def at(city: str | None, name: str, *aliases: str) -> Provider:
    return named(name, aliases).model_copy(update={"place": Place(city=city)})


@pytest.mark.parametrize(
    ("city", "one", "other"),
    [
        (
            "Surprise",
            ("GateWay Community College Surprise Campus",),
            ("Ottawa University-Surprise", "OUAZ", "Surprise"),
        ),
        ("Cutler Bay", ("Florida Technical College - Cutler Bay",), ("Fortis College-Cutler Bay",)),
        ("Goose Creek", ("Lacy Cosmetology School - Goose Creek",), ("Kenneth Shuler School-Goose Creek",)),
    ],
)
def test_a_shared_city_is_no_shared_name(city: str, one: tuple[str, ...], other: tuple[str, ...]) -> None:
    assert share_only_their_city(prepared(at(city, *one)), prepared(at(city, *other)))


@pytest.mark.parametrize(
    ("city", "one", "other"),
    [
        ("Mason City", ("Mason City",), ("KAPLAN UNIVERSITY-MASON CITY CAMPUS",)),
        ("Oxnard", ("Center for Employment Training - Oxnard",), ("CET-Oxnard",)),
        ("Dallas", ("SU - Art Inst of Dallas",), ("SOUTH UNIVERSITY-THE ART INSTITUTE OF DALLAS",)),
        ("Stow", ("EDU TEK COLLEGE",), ("Edutek College",)),
        ("San Diego", ("University of San Diego",), ("UNIVERSITY OF SAN DIEGO", "USD")),
        ("Malden", ("Salter College at Malden",), ("THE SALTER SCHOOL-MALDEN CAMPUS",)),
        ("Newark", ("Old Name School",), ("Harbor College", "Old Name School")),
        (
            "Brooklyn",
            ("Brooklyn College of the City University of New York",),
            ("CUNY Brooklyn College", "Brooklyn College", "Brooklyn"),
        ),
        (None, ("Harbor College",), ("Harbor College",)),
    ],
)
def test_names_with_more_in_common_than_their_city(
    city: str | None, one: tuple[str, ...], other: tuple[str, ...]
) -> None:
    assert not share_only_their_city(prepared(at(city, *one)), prepared(at(city, *other)))


@pytest.mark.parametrize(
    ("one", "other", "another"),
    [
        ("Indiana Tech Law School", "Indiana Institute of Technology", True),
        ("New England School of Law", "New England Law | Boston", False),
        ("Lawton School", "Lawton Career Institute", False),
    ],
)
def test_a_law_school_is_a_unit_of_its_own(one: str, other: str, another: bool) -> None:
    assert is_another_unit(prepared(named(one)), prepared(named(other))) is another
