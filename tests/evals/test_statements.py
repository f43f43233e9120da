"""Statements are held against the records they cite: what the records hold stands, a planted fault is seen."""

from __future__ import annotations

import pytest

from evals.statements import statements, vocabulary

PROGRAM = {
    "id": "x:1",
    "name": "Underwater Basketry",
    "cost_total_usd": 1170.0,
    "rate": 0.4615,
    "n": 26,
    "place_zip": "07102",
    "provenance_as_of": "2021-03-24",
    "length_weeks_max": 0.4,
}


class Records:
    """Stands in for a snapshot with one program."""

    def cited(self, source, record_id):
        return [PROGRAM] if (source, record_id) == ("x", "1") else []

    def rows(self, table, column, value):
        return []


def judged(line, filters=(), writer="embedded"):
    answer = {
        "text": f"{line}\n\n**Sources**\n\n- [1] a list that is no statement, $99",
        "citations": [{"number": 1, "source": "x", "record_id": "1"}],
        "query": {"text": "q", "topic": None, "filters": list(filters)},
        "writer": writer,
    }
    (only,) = statements(answer, Records())
    return only


@pytest.mark.parametrize(
    "line",
    [
        "- Cost: $1,170 in all [1]",
        "- 46% of 26 people who finished were found in state wage records [1]",
        "- 46.2% of 26 people [1]",
        "### 1. Underwater Basketry [1]",
        "As of 2021-03-24 [1]",
        "As of 2021-03 [1]",
        "- Length: 1 to 2 days [1]",
        "I found 32 programs; the best 5 are below.",
    ],
)
def test_what_the_record_holds_is_supported(line):
    assert judged(line).unsupported == ()
    assert judged(line).idle == ()


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("- Cost: $1,171 in all [1]", "$1,171"),
        ("- 47% of 26 people [1]", "47%"),
        ("- 46% of 27 people [1]", "27"),
        ("### 1. Underwater Chess [1]", "chess"),
        ("As of 2021-03-25 [1]", "2021-03-25"),
        ("- Cost: $1,170 in all [2]", "[2] is no source"),
        ("It costs $980.", "$980"),
    ],
)
def test_a_planted_fault_is_seen(line, wrong):
    assert wrong in judged(line).unsupported


def test_a_citation_that_holds_nothing_of_its_statement_is_idle():
    assert judged("- Cost: $98 in all [1]").idle == (1,)


@pytest.mark.parametrize(("miles", "is_held"), [(5.2, True), (30, False)])
def test_miles_are_measured_anew(miles, is_held):
    near = {"name": "near", "value": "Elizabeth", "words": "near Elizabeth"}
    held = judged(f"- Place: about {miles} miles away in a straight line [1]", [near])
    assert (held.unsupported == ()) is is_held


def test_a_model_may_use_its_own_words_but_not_its_own_names():
    assert judged("This lovely weaving class costs $1,170 [1]", writer="model").unsupported == ()
    assert judged("This class of Fancy School costs $1,170 [1]", writer="model").unsupported == ("fancy",)


def test_our_own_words_are_read_from_the_texts():
    assert {"cost", "miles", "escuela"} <= vocabulary()
    assert "basketry" not in vocabulary()
