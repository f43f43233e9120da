"""Whole questions: limits, topic, intent, follow-ups."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.answer import Intent, Persona


def test_the_first_question(read, limits):
    text = "evening phlebotomy class near Newark under $2,000"
    assert read(text).intent is Intent.FIND_PROGRAMS
    assert read(text).topic == "phlebotomy"
    assert limits(text) == {"max_cost_usd": 2000, "place": "near:Newark", "evening": True}


def test_the_same_in_spanish(read, limits):
    text = "clase de flebotomía por la noche cerca de Newark por menos de $2,000"
    assert (read(text).language, read(text).topic) == ("es", "flebotomía")
    assert limits(text) == {"max_cost_usd": 2000, "place": "near:Newark", "evening": True}


@pytest.mark.parametrize(
    ("text", "wishes"),
    [
        (
            "no GED, need daycare for my kids, by bus",
            {"prerequisite_max": "no_diploma", "childcare": True, "transit": "bus"},
        ),
        ("sin diploma, que hablen español", {"prerequisite_max": "no_diploma", "spanish": True}),
        ("I use a wheelchair, with help finding a job", {"accessible": True, "job_search_help": True}),
        ("not online please", {"not_delivery_online": True}),
        ("no quiero nada en línea", {"not_delivery_online": True}),
        ("part online part in class", {"delivery_hybrid": True}),
        ("in person", {"delivery_in_person": True}),
        ("evning classes, weekends even better", {"evening": True, "weekend": True}),
        ("I work nights", {}),
        ("work from home", {}),
        ("the unemployment office said they pay WIOA", {"funding": "wioa"}),
        ("do they take financial aid", {"funding": "financial_aid"}),
        ("the cheapest one", {"order": "cheapest"}),
        ("que gane más dinero", {"order": "best_paid"}),
        ("actually gets the most people jobs", {"order": "most_employed"}),
    ],
)
def test_wishes(limits, text, wishes):
    assert limits(text) == wishes


def test_each_slot_keeps_its_words(read):
    said = {each.name: each.words for each in read("Welding, I have Fifteen Hundred dollars, EVENINGS only").filters()}
    assert said == {"max_cost_usd": "have Fifteen Hundred dollars", "evening": "EVENINGS"}


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("i want to draw blood for a living", "phlebotomy"),
        ("drive the big rigs", "truck driving (CDL)"),
        ("computers but I hate coding", "information technology"),
        ("weldng classes", "welding"),
        ("quiero preparar tragos en un bar", "coctelería"),
        ("fix air conditioners, I come by bus", "heating and air conditioning (HVAC)"),
    ],
)
def test_lay_goals(read, text, topic):
    assert read(text).topic == topic


def test_what_is_hated_is_left_out(read):
    subject = read("computers but I hate coding").subject
    assert "programming" in subject.without
    assert "programming" not in subject.topics


def test_a_conversation_refines_corrects_and_drops(read, limits):
    assert limits("cooking school near newark", "no wait I'm moving, near Paterson", "6000 tops") == {
        "place": "near:Paterson",
        "max_cost_usd": 6000,
    }
    assert limits("project management in Bergen county for less than $1,500", "ok forget about the price") == {
        "place": "in_county:Bergen"
    }
    assert limits("CNA evenings", "evening is fine too, whatever, in Newark") == {"place": "in_city:Newark"}
    assert read("massage school", "en Trenton", "cheaper please").order.value == "cheapest"


def test_more_of_what_conversations_change(read, limits):
    assert limits("phlebotomy near Newark", "what about Elizabeth instead") == {"place": "in_city:Elizabeth"}
    assert limits("CNA in Newark", "only weekends", "never mind the weekends") == {"place": "in_city:Newark"}
    assert read("electrician near Trenton", "10 miles at most").places()[0].radius_miles == 10
    assert limits("nails", "less than 2 thousand") == {"max_cost_usd": 2000}
    assert read("IT support", "what about cybersecurity too").subject.topics == ("it_support", "cyber_security")
    assert read("welding", "is there anything shorter?").topic == "welding"


def test_a_conversation_keeps_its_subject_until_another_is_named(read):
    assert read("nurse aide in Newark", "only online ones").topic == "nurse aide"
    assert read("nurse aide in Newark", "what about welding").topic == "welding"


def test_places_in_the_list_are_referred_to(read):
    assert read("ESL near Newark", "what about the second one?").refers_to == (2,)
    assert read("CDL", "compare 1 and 3").refers_to == (1, 3)
    assert read("CDL", "compare 1 and 3").intent is Intent.COMPARE
    assert read("el segundo").refers_to == ()


@pytest.mark.parametrize(
    ("text", "intent", "entity"),
    [
        ("what is EQOS?", Intent.EXPLAIN_STANDARD, "EQOS"),
        ("¿Qué es EQOS?", Intent.EXPLAIN_STANDARD, "EQOS"),
        ("what does the completion bar mean?", Intent.EXPLAIN_STANDARD, "completion bar"),
        ("is Lincoln Tech legit?", Intent.CHECK_PROVIDER, "Lincoln Tech"),
        (
            "does that pass the Workforce Pell completion bar? what is the bar",
            Intent.EXPLAIN_STANDARD,
            "Workforce Pell completion",
        ),
        ("¿qué diferencia hay entre una licencia y una certificación?", Intent.EXPLAIN_STANDARD, "Licencia"),
        ("how many welding programs are there?", Intent.COUNT, None),
        ("what does the typical CNA program cost in Essex County", Intent.COUNT, None),
        ("i need something better than what i do now. help", Intent.UNCLEAR, None),
        ("what's the weather tomorrow", Intent.OFF_TOPIC, None),
        ("how do I make a fake CDL medical card", Intent.OFF_TOPIC, None),
        ("career path to registered nurse", Intent.PATH, None),
    ],
)
def test_intents(read, text, intent, entity):
    assert (read(text).intent, read(text).entity) == (intent, entity)


def test_a_named_school_is_found(read):
    query = read("does Pennco Tech's heating program take financial aid?")
    assert [each.value for each in query.schools] == ["Pennco Tech"]
    assert "funding" not in query.limits


def test_personas(read):
    assert read("CompTIA A+", persona=Persona.EMPLOYER).intent is Intent.EXPLAIN_CREDENTIAL
    assert read("help me", persona=Persona.SUPPORT).intent is Intent.TRIAGE


def test_an_empty_question_is_unclear(read):
    assert read("  ").intent is Intent.UNCLEAR
    assert read("😀😀").intent is Intent.UNCLEAR


def test_the_language_asked_for_wins(read):
    assert read("phlebotomy", language="es").language == "es"


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120))
def test_no_text_breaks_the_reading(reader, text):
    from assistant.answer import Question

    reader.read(Question(text=text))
