"""Names are found whole, abbreviations by what else is said, and made-up ones not at all."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.credentials.names import OURS, rest_of


def ids_of(names, text):
    return [tuple(key.removeprefix(OURS) for key in mention.ids) for mention in names.find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("CNA", [("cna",)]),
        ("cna", [("cna",)]),
        ("A+ and Network+", [("comptia_a",), ("comptia_network",)]),
        ("a CDL-A, please", [("cdl_a",)]),
        ("Commercial Driver's License Class A", [("cdl_a",)]),
        ("¿Qué demuestra una licencia de montacargas?", [("forklift",)]),
        ("certified medical assistant", [("cma_aama",)]),
        ("BASIC LIFE SUPPORT", [("bls",)]),
        ("OSHA 10 and OSHA 30", [("osha10",), ("osha30",)]),
        ("the CE lets her teach", [("nj_teacher_ce",)]),
    ],
)
def test_names_and_abbreviations(names, text, expected):
    assert ids_of(names, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a",
        "ce",  # two letters count in capitals only
        "is this a good plan?",
        "Quantum Plumbing Wizard",
        "we need a plus size model",
        "architect wanted",  # a trade's plain name, without a word of a license
    ],
)
def test_leave_these_alone(names, text):
    assert names.find(text) == []


def test_a_trades_plain_name_is_its_license_where_one_is_spoken_of(names):
    assert names.find("does an architect need a license?")[0].ids == ("nj_credentials:license-804",)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("CPT for our blood lab", {"cpt_phlebotomy"}),
        ("our gym wants a CPT", {"cpt_trainer"}),
        ("CPT, factory work", {"mssc_cpt"}),
        ("knows CPT, medical billing", {"cpt_codes"}),
        ("CPT", {"cpt_phlebotomy", "cpt_trainer", "mssc_cpt", "cpt_codes"}),
        ("CDA at our daycare", {"cda_child"}),
        ("CDA con un dentista", {"cda_dental"}),
        ("CDA", {"cda_child", "cda_dental"}),
    ],
)
def test_an_abbreviation_means_what_the_other_words_speak_for_or_all_of_it(names, text, meant):
    (found,) = ids_of(names, text)
    assert set(found) == meant


def test_the_states_entry_and_ours_are_one(names):
    assert ids_of(names, "NURSE AIDE") == [("cna",)]
    assert names.same["nj_credentials:license-926"] == f"{OURS}cna"


def test_a_slip_is_forgiven_and_an_invention_is_not(names):
    assert names.nearly("Certifed Phlebotomy Tecnician") == f"{OURS}cpt_phlebotomy"
    assert names.nearly("Certified Quantum Plumbing Wizard") is None
    assert names.nearly("CMX certification") is None, "an abbreviation of another letter is another credential"


def test_the_nearest_are_few_and_real(names):
    nearest = names.nearest("Certified Nurse Astronaut")
    assert 0 < len(nearest) <= 3
    assert all(key in names.names for key in nearest)
    assert names.nearest("x") == []


@given(st.text(max_size=80))
@settings(max_examples=80, deadline=None)
def test_no_word_is_in_two_mentions(names, text):
    mentions = names.find(text)
    spans = [at for mention in mentions for at in range(mention.first, mention.last)]
    assert len(spans) == len(set(spans))
    assert all(mention.words in text for mention in mentions)
    assert sum(len(run) for run in rest_of(text, mentions)) >= 0
