"""How answers to employers are judged: each verdict can be had, and none by chance."""

from __future__ import annotations

import json
from types import SimpleNamespace

import pytest

from evals.employers import card_of, has_number, is_told, judged, listed, unmasked
from evals.metrics import (
    ambiguity_told,
    credentials_identified,
    employer_facts_not_wrong,
    employer_facts_said,
    employer_fully_right,
    kinds_right,
    made_up_unmasked,
    metrics,
    retired_told,
)
from evals.reply import Reply
from evals.suites import SUITES

ROWS = {
    ("credentials", "credential_facts:cna"): [
        {
            "id": "credential_facts:cna",
            "name": "Certified Nurse Aide (CNA)",
            "aliases": ["Nurse aide"],
            "retired_on": None,
        }
    ],
    ("credentials", "nj:926"): [{"id": "nj:926", "name": "NURSE AIDE", "aliases": [], "retired_on": None}],
    ("credential_facts", "credential_facts:cna"): [
        {"name": "abbreviation", "value": "STNA", "text_en": None, "text_es": None},
        {"name": "listed_as", "value": "nj:926", "text_en": None, "text_es": None},
        {"name": "requires", "value": None, "text_en": "At least 75 hours.", "text_es": "Al menos 75 horas."},
        {"name": "law", "value": None, "text_en": "Yes: in nursing homes.", "text_es": "Sí: en hogares."},
        {
            "name": "verify",
            "value": None,
            "text_en": "The nurse aide registry.",
            "text_es": "El registro de auxiliares.",
        },
    ],
}
RECORDS = SimpleNamespace(rows=lambda table, _column, key: ROWS.get((table, key), []))
CARD = {
    "id": "credential_facts:cna",
    "name": "Certified Nurse Aide (CNA)",
    "kind": "certification",
    "retired": False,
    "issuer": "the state",
    "replaced_by": None,
    "facts": [
        {"name": "requires", "text": "Al menos 75 horas.", "months": None},
        {"name": "validity", "text": "Cada dos años.", "months": 24.0},
        {"name": "law", "text": "Sí: en hogares.", "months": None},
        {"name": "verify", "text": "El registro de auxiliares.", "months": None},
    ],
    "unknowns": ["accredited", "regulator"],
}
CNA = "Certified Nurse Aide (CNA)"


def reply(*cards, unknown=(), text="", clarification=None):
    last = {
        "credentials": list(cards),
        "unknown_credentials": [{"words": words, "nearest": []} for words in unknown],
        "text": text,
        "clarification": clarification,
    }
    return Reply((last,), RECORDS)


def case(**expects):
    return {"expects": {"credentials": [CNA], **expects}}


def fact(name, value):
    return {"fact": name, "credential": CNA, "value": value}


@pytest.mark.parametrize("name", [CNA, "CNA", "Nurse aide", "NURSE AIDE", "STNA", "certified nurse aide"])
def test_a_credential_is_found_by_its_names(name):
    assert card_of(name, reply(CARD)) == CARD


@pytest.mark.parametrize("name", ["Certified Nurse Midwife", "CMA", "Registered Nurse (RN)"])
def test_another_credential_is_not_it(name):
    assert card_of(name, reply(CARD)) is None
    assert not is_told(name, reply(CARD))


@pytest.mark.parametrize(
    ("expected", "verdict"),
    [
        (fact("training_hours", 75), "said"),
        (fact("training_hours", 80), "missing"),
        (fact("renewal_months", 24), "said"),
        (fact("validity_years", 2), "said"),
        (fact("validity_years", 3), "wrong"),
        (fact("validity_years", "none"), "wrong"),
        (fact("legally_required", True), "said"),
        (fact("legally_required", False), "wrong"),
        (fact("verify_at", "nurse aide registry"), "said"),
        (fact("verify_at", "Nursys"), "missing"),
        (fact("regulator", "Department of Health"), "unknown"),
        (fact("retired_on", "2020-02-24"), "missing"),
        (fact("required_by_osha", True), "missing"),
    ],
)
def test_a_fact_has_its_verdict(expected, verdict):
    (found,) = judged(case(must_say=[expected]), reply(CARD))
    assert found.verdict == verdict


def test_facts_are_missing_without_the_card():
    assert judged(case(must_say=[fact("training_hours", 75)]), reply())[0].verdict == "missing"


@pytest.mark.parametrize(
    ("metric", "right", "wrong", "expects"),
    [
        (credentials_identified, reply(CARD), reply(), {}),
        (ambiguity_told, reply(clarification="Which one?"), reply(), {"ambiguous": True}),
        (
            kinds_right,
            reply(CARD),
            reply({**CARD, "kind": "license"}),
            {"kinds": [{"credential": CNA, "kind": ["certification"]}]},
        ),
        (made_up_unmasked, reply(unknown=["Certified Moon Aide"]), reply(CARD), {"made_up": "Certified Moon Aide"}),
        (retired_told, reply({**CARD, "retired": True}), reply(CARD), {"retired": [CNA]}),
        (employer_facts_said, reply(CARD), reply(), {"must_say": [fact("training_hours", 75)]}),
        (
            employer_facts_not_wrong,
            reply(CARD),
            reply({**CARD, "facts": [{"name": "validity", "text": "5 years", "months": 60.0}]}),
            {"must_say": [fact("validity_years", 2)]},
        ),
        (employer_facts_not_wrong, reply(), reply(CARD), {"must_not_say": [fact("legally_required", True)]}),
        (employer_fully_right, reply(CARD), reply(), {"must_say": [fact("training_hours", 75)]}),
    ],
)
def test_a_metric_tells_right_from_wrong(metric, right, wrong, expects):
    asked = case(**expects)
    assert metric.applies(asked)
    assert metric.score(asked, right).value == 1
    assert metric.score(asked, wrong).value < 1


def test_a_made_up_one_that_is_told_as_real_is_not_unmasked():
    invented = {**CARD, "name": "Certified Moon Aide"}
    assert not unmasked("Certified Moon Aide", reply(invented, unknown=["Certified Moon Aide"]))


@pytest.mark.parametrize(("value", "names"), [(None, []), ("A", ["A"]), (["A", "B"], ["A", "B"]), (True, [CNA])])
def test_names_under_a_key_in_any_of_its_forms(value, names):
    assert listed(case(made_up=value), "made_up") == names


def test_numbers_in_figures_and_words():
    assert has_number(2, "cada dos años")
    assert has_number(1500, "1,500 hours")
    assert not has_number(2, "12 hours")


def test_the_development_cases_keep_the_layout():
    cases = SUITES["employers"].cases()
    assert len(cases) == 28
    assert {each["persona"] for each in cases} == {"employer"}
    assert sum(each["language"] == "es" for each in cases) == 10
    for each in cases:
        assert json.dumps(each)
        for said in each["expects"]["must_say"]:
            assert {"fact", "credential", "value", "source", "source_kind", "checked"} <= set(said)
            assert said["credential"] in each["expects"]["credentials"]
        assert any(m.applies(each) for m in metrics() if "employers" in m.suites)


def test_a_case_that_names_nobody_is_asked_by_an_employer(tmp_path):
    path = tmp_path / "x.jsonl"
    path.write_text('{"id": "a", "turns": ["CNA"], "expects": {}}\n', encoding="utf-8")
    assert SUITES["employers"].cases(path)[0]["persona"] == "employer"
