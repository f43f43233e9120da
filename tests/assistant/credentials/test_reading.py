"""What a question is about: credentials, names that nobody knows, kinds."""

from __future__ import annotations

import pytest

from assistant.credentials.kinds import KINDS as TABLE
from assistant.credentials.reading import KINDS, asked_of, is_a_name


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("Is a Certified Quantum Plumbing Wizard a real credential?", ["Certified Quantum Plumbing Wizard"]),
        ("Quantum Plumbing Wizard", ["Quantum Plumbing Wizard"]),
        (
            "She is a Certified Cloud Happiness Officer (CCHO) and holds a CNA",
            ["Certified Cloud Happiness Officer"],
        ),
        ("Does a CNA prove anything?", []),
        ("Phlebotomist with CPT from NHA", []),
        ("He has an HVAC diploma and EPA 608 Universal", []),
        ("what is the difference between a certificate and a certification?", []),
        ("We hire in New Jersey and the candidate lists OSHA 10.", []),
        ("the candidate says that the Certified Moon Welder card expires", ["Certified Moon Welder card"]),
        ("a welder with papers from abroad", []),
    ],
)
def test_names_that_nobody_knows(names, text, unknown):
    assert asked_of(text, names, whole=is_a_name(text)).unknown == unknown


@pytest.mark.parametrize(
    ("text", "kinds", "compares"),
    [
        ("difference between a certificate and a certification", ["certificate", "certification"], True),
        ("¿Cuál es la diferencia entre una licencia y un título universitario?", ["degree", "license"], True),
        ("OSHA 10, a NOCTI certificate and a badge from a bootcamp", ["badge"], False),
        ("is a micro-credential worth anything?", ["micro_credential"], False),
        ("what do 3 CEUs mean?", ["continuing_education"], False),
        ("CNA", [], False),
    ],
)
def test_kinds(names, text, kinds, compares):
    asked = asked_of(text, names)
    assert (asked.kinds, asked.compares_kinds) == (kinds, compares)


def test_the_kinds_that_are_read_are_those_that_are_told():
    assert sorted(KINDS) == sorted(TABLE)
    assert len(TABLE) == 10


def test_a_slip_in_a_name(names):
    asked = asked_of("Certifed Phlebotomy Tecnician", names, whole=True)
    assert [mention.ids for mention in asked.mentions] == [("credential_facts:cpt_phlebotomy",)]
    assert asked.unknown == []


def test_a_question_is_no_name():
    assert is_a_name("Certified Nurse Aide")
    assert not is_a_name("is it real?")
    assert not is_a_name("a candidate has it")
    assert not is_a_name("")
    assert not is_a_name("a " * 30)
