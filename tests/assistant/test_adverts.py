"""The advert check: what is marked, what is left alone, and hostile adverts."""

from __future__ import annotations

import time

import pytest

from assistant.adverts import MOST_CHARACTERS, audit, lines_of
from assistant.claims import CLAIMS
from assistant.names import NameIndex
from prompts import LANGUAGES, Texts


@pytest.fixture(scope="module")
def marks(assistant):
    names = NameIndex(assistant.snapshot)

    def marking(text: str, language: str = "en"):
        return audit(text, assistant.snapshot, names, Texts(language)).marks

    return marking


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("We guarantee you a job after class.", "guaranteed_job"),
        ("Job placement guaranteed!", "guaranteed_job"),
        ("You will get a job.", "guaranteed_job"),
        ("94% of our graduates get jobs.", "placement_rate"),
        ("71% of our 120 graduates found work.", "placement_rate"),
        ("A high placement rate!", "placement_words"),
        ("Earn $75,000 a year as a welder.", "pay"),
        ("Median pay is $41,000.", "pay"),
        ("We are fully accredited.", "accredited"),
        ("Enroll today!", "urgency"),
        ("Only 3 seats left.", "urgency"),
        ("Earn a degree for your life experience.", "life_experience"),
        ("Get your diploma with no exams.", "life_experience"),
        ("One flat fee per degree.", "flat_fee"),
        ("$499 for a bachelor's degree.", "flat_fee"),
        ("Approved by the U.S. Department of Education.", "affiliation"),
        ("A government-approved school.", "affiliation"),
        ("¡Trabajo garantizado!", "guaranteed_job"),
        ("Garantizamos su empleo.", "guaranteed_job"),
        ("95% de colocación.", "placement_rate"),
        ("Gane $1,500 a la semana.", "pay"),
        ("Escuela acreditada.", "accredited"),
        ("¡Inscríbase hoy!", "urgency"),
        ("Cupos limitados.", "urgency"),
        ("Título universitario por experiencia de vida.", "life_experience"),
        ("Tarifa única por título.", "flat_fee"),
        ("Aprobado por el Departamento de Educación.", "affiliation"),
        ("Welcome to Nortfield Technical College.", "look_alike"),
    ],
)
def test_a_claim_is_marked_at_its_place(marks, text, kind):
    found = [mark for mark in marks(text) if mark.kind == kind]
    assert len(found) == 1
    assert text[found[0].start : found[0].end] == found[0].words
    assert found[0].needs
    assert found[0].rules


@pytest.mark.parametrize(
    "text",
    [
        "We cannot guarantee a job.",
        "Employment is not guaranteed.",
        "There is no guarantee of employment.",
        "No garantizamos empleo.",
        "Of the 120 graduates of 2024, 71% were employed in the field within 180 days.",
        "De los 120 graduados de 2024, el 71% trabaja en su campo dentro de 180 días.",
        "The median pay of 80 of 85 graduates in 2024 was $41,000.",
        "Tuition is $2,000 and you can pay monthly.",
        "Accredited by the Accrediting Commission of Career Schools and Colleges.",
        "Acreditada por la Comisión de Escuelas.",
        "This school is not accredited.",
        "Classes are 50% online.",
        "Work experience is required for the degree program.",
        "Credit for prior learning can shorten your degree; life experience alone does not count.",
        "Classes start on March 3. Call 555-0100 with questions.",
        "Northfield Technical College offers evening classes.",
        "Our welding program takes 600 hours.",
        "Financial aid for those who qualify.",
        "",
    ],
)
def test_a_fair_statement_is_left_alone(marks, text):
    assert marks(text) == ()


def test_what_a_rate_lacks_is_named(marks):
    (mark,) = marks("71% of our 120 graduates found work in 2024.")
    assert "what counts as a job" in mark.needs
    assert "which year" not in mark.needs
    assert "out of how many" not in mark.needs
    assert {"unverifiable_placement_claim", "cirr"} == {rule.id for rule in mark.rules}


def test_the_rule_is_cited_by_its_heading(marks):
    (mark,) = marks("Job guaranteed!")
    assert mark.rules[0].heading == "Red flags in school advertising"
    assert mark.rules[0].publisher == "Federal Trade Commission"
    assert mark.rules[0].url
    (spanish,) = marks("Job guaranteed!", "es")
    assert spanish.rules[0].heading == "Señales de alarma en la publicidad de escuelas"


def test_every_kind_has_its_words():
    for language in LANGUAGES:
        texts = Texts(language)
        for claim in CLAIMS:
            assert texts.has(f"advert.{claim.key}")
            assert claim.needs or texts.has(f"advert.{claim.key}_needs")
            assert all(texts.has(f"advert_part.{part}") for part in claim.needs)


def test_every_rule_named_is_a_standard(assistant):
    known = set(assistant.snapshot.ids("standards"))
    assert {key for claim in CLAIMS for key in claim.standards} <= known


def test_hostile_words_are_shown_as_text(assistant):
    text = "Job <script>alert(1)</script> guaranteed! Earn [x](javascript:alert) $90,000 a year."
    found = audit(text, assistant.snapshot, NameIndex(assistant.snapshot), Texts("en"))
    said = "\n".join(lines_of(found, Texts("en")))
    assert found.marks
    assert "<script>" not in said
    assert "](javascript" not in said


def test_invisible_and_wide_letters_do_not_hide_a_claim(marks):
    text = "J\u200bob guar\u00adanteed. ＪＯＢ ＧＵＡＲＡＮＴＥＥＤ."
    found = marks(text)
    assert [mark.kind for mark in found] == ["guaranteed_job", "guaranteed_job"]
    assert text[found[0].start : found[0].end] == "J\u200bob guar\u00adanteed"


@pytest.mark.parametrize(
    "text",
    [
        "Guarantee " * 20_000,
        "$1" * 90_000,
        "A " * 90_000,
        "University of " * 20_000,
        "(" * 90_000,
        "degree " * 20_000,
        "9" * 90_000,
    ],
)
def test_no_advert_makes_it_slow(marks, text):
    start = time.perf_counter()
    marks(text)
    assert time.perf_counter() - start < 5


def test_a_very_long_advert_is_cut_and_said_to_be(assistant):
    text = "x" * (MOST_CHARACTERS + 1)
    found = audit(text, assistant.snapshot, NameIndex(assistant.snapshot), Texts("en"))
    assert found.cut
    assert any("100,000" in line for line in lines_of(found, Texts("en")))
