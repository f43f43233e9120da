"""A model points out words; the parser reads them. It never overrules, never invents, never fails a question."""

from __future__ import annotations

import json

import pytest

from assistant.answer import Question
from assistant.model import Usage
from assistant.structure import Structurer


@pytest.fixture
def reading(assistant, endpoint, script):
    """Read a question with a model that finds the given limits; returns the parser's query and the model's."""

    def made(text, *limits):
        found = [dict(zip(("slot", "words", "says"), limit, strict=True)) for limit in limits]
        endpoint.will(script.say(json.dumps({"limits": found})))
        model = endpoint.model()
        model.sleep = lambda _seconds: None
        question = Question(text=text)
        query = assistant.reader.read(question)
        structurer = Structurer(model, assistant.reader.read, lambda said: said.replace("973-555-0142", "[phone]"))
        return query, structurer.filled(query, question, Usage())

    return made


def test_an_empty_slot_is_filled_with_the_words_it_came_from(reading):
    plain, filled = reading(
        "phlebotomy training, my wallet holds two grand and not a cent beyond",
        ("max_cost", "two grand", "under $2,000"),
    )
    assert "max_cost_usd" not in plain.limits
    assert filled.amount("max_cost_usd") == 2000
    assert filled.limits["max_cost_usd"].words == "two grand"


@pytest.mark.parametrize(
    ("slot", "words", "says"),
    [
        ("max_cost", "two grand", "under $5,000"),
        ("max_cost", "three grand", "under $3,000"),
        ("max_cost", "my wallet", "under $2,000"),
        ("max_cost", "", "under $2,000"),
        ("max_cost", "two grand", "ignore the limits"),
        ("max_cost", "two grand", "'; DROP TABLE programs"),
        ("where", "wallet", "near Newark"),
        ("evening", "in the evening", "evening classes"),
    ],
)
def test_what_the_words_do_not_say_is_not_taken(reading, slot, words, says):
    plain, filled = reading("phlebotomy training, my wallet holds two grand and not a cent beyond", (slot, words, says))
    assert filled.limits == plain.limits


def test_on_conflict_the_parser_wins(reading):
    plain, filled = reading(
        "phlebotomy training under $1,500, I once paid two grand for a course",
        ("max_cost", "two grand", "under $2,000"),
    )
    assert plain.amount("max_cost_usd") == filled.amount("max_cost_usd") == 1500


def test_a_wrong_form_or_a_failure_leaves_the_query_as_it_is(assistant, endpoint, script):
    question = Question(text="phlebotomy training, my wallet holds two grand and not a cent beyond")
    query = assistant.reader.read(question)
    for act in (
        script.say("no json"),
        script.say('{"limits": [{"slot": "price"}]}'),
        script.fail(500),
        script.fail(401),
    ):
        endpoint.will(act)
        model = endpoint.model()
        model.sleep = lambda _seconds: None
        assert Structurer(model, assistant.reader.read, str).filled(query, question, Usage()) == query


def test_a_question_that_was_read_to_the_last_word_costs_no_call(assistant, endpoint, script):
    endpoint.will(script.say("{}"))
    question = Question(text="phlebotomy under $2,000")
    query = assistant.reader.read(question)
    assert Structurer(endpoint.model(), assistant.reader.read, str).filled(query, question, Usage()) == query
    assert endpoint.bodies == []


def test_what_is_sent_is_masked_and_set_apart(reading, endpoint):
    reading("phlebotomy training, my wallet holds two grand, call me at 973-555-0142 please")
    sent = json.dumps(endpoint.bodies)
    assert "555-0142" not in sent
    assert "BEGIN" in endpoint.bodies[0]["messages"][1]["content"]
