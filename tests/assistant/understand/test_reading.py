"""Whole questions: slots, topic, intent."""

from __future__ import annotations

import pytest

from assistant.answer import Intent, Persona, Question
from assistant.understand.reading import read


def test_the_first_question():
    query = read(Question(text="evening phlebotomy class near Newark under $2,000"))
    assert query.intent is Intent.FIND_PROGRAMS
    assert query.topic == "phlebotomy"
    assert {f.name: f.value for f in query.filters()} == {"max_cost_usd": 2000, "near": "Newark", "evening": True}


def test_the_same_in_spanish():
    query = read(Question(text="clase de flebotomía por la noche cerca de Newark por menos de $2,000"))
    assert query.language == "es"
    assert query.topic == "flebotomía"
    assert {f.name: f.value for f in query.filters()} == {"max_cost_usd": 2000, "near": "Newark", "evening": True}


@pytest.mark.parametrize(
    ("text", "intent", "entity"),
    [
        ("what is EQOS?", Intent.EXPLAIN_STANDARD, "EQOS"),
        ("¿Qué es EQOS?", Intent.EXPLAIN_STANDARD, "EQOS"),
        ("what does the completion bar mean?", Intent.EXPLAIN_STANDARD, "completion bar"),
        ("is Lincoln Tech legit?", Intent.CHECK_PROVIDER, "Lincoln Tech"),
    ],
)
def test_intents(text, intent, entity):
    query = read(Question(text=text))
    assert (query.intent, query.entity) == (intent, entity)


def test_personas():
    assert read(Question(text="CompTIA A+", persona=Persona.EMPLOYER)).intent is Intent.EXPLAIN_CREDENTIAL
    assert read(Question(text="help me", persona=Persona.SUPPORT)).intent is Intent.TRIAGE


def test_an_empty_question_is_unclear():
    assert read(Question(text="  ")).intent is Intent.UNCLEAR
    assert read(Question(text="😀😀")).intent is Intent.UNCLEAR


def test_the_language_asked_for_wins():
    assert read(Question(text="phlebotomy", language="es")).language == "es"
