"""What a question is about, by the lexicon alone."""

from __future__ import annotations

import pytest

from assistant.understand.subject import subject_of


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("I want to be a CNA", ("nurse_aide",)),
        ("quiero ser auxiliar de enfermería", ("nurse_aide",)),
        ("nurse", ("nursing",)),
        ("I want to draw blood for a living", ("phlebotomy",)),
        ("soldadura", ("welding",)),
        ("quiero ser camionero", ("truck",)),
        ("an IT job", ("it",)),
        ("is it good", ()),
        ("A+ class", ("comptia_a",)),
        ("EKG and phlebotomy", ("ekg", "phlebotomy")),
        ("something in healthcare, maybe dental assistant", ("dental_assistant",)),
        ("pizza", ()),
        ("what is the weather tomorrow", ()),
    ],
)
def test_wanted(text, topics):
    assert subject_of(text).topics == topics


@pytest.mark.parametrize(
    ("text", "unwanted"),
    [
        ("computers but I hate coding", "programming"),
        ("computers, I don't want to do any programming", "web"),
        ("quiero trabajar con computadoras pero no me gusta programar", "programming"),
        ("medical field but no blood", "phlebotomy"),
        ("campo médico, nada de sangre", "phlebotomy"),
    ],
)
def test_not_wanted(text, unwanted):
    subject = subject_of(text)
    assert unwanted in subject.without
    assert unwanted not in subject.topics
    assert subject.topics
    assert len(subject.called) == 1


@pytest.mark.parametrize(
    ("text", "topics"),
    [
        ("I'm a CNA and want to become an LPN", ("practical_nurse",)),
        ("soy camionero y quiero aprender soldadura", ("welding",)),
        ("I worked in construction for ten years, now I want to learn HVAC", ("hvac",)),
        ("I am a CNA", ("nurse_aide",)),
    ],
)
def test_what_a_person_is_already_gives_way_to_what_is_wanted(text, topics):
    assert subject_of(text).topics == topics


def test_a_wish_for_something_else_is_not_a_refusal_of_it():
    assert subject_of("I don't have money for welding school").topics == ("welding",)
    assert subject_of("not sure, maybe welding").topics == ("welding",)


def test_a_subject_has_a_name_in_both_languages():
    subject = subject_of("flebotomía")
    assert (subject.name("en"), subject.name("es")) == ("phlebotomy", "flebotomía")
