"""Which programs a subject means, on the small files."""

from __future__ import annotations

import pytest

from assistant.understand.holdings import Holdings
from assistant.understand.spelling import Speller
from assistant.understand.subject import Subject, subject_of
from assistant.understand.topic import NEAR, RIGHT, TopicIndex
from assistant.understand.words import keys


@pytest.fixture(scope="module")
def index(assistant):
    return TopicIndex(Holdings(assistant.snapshot))


@pytest.fixture(scope="module")
def speller(assistant):
    return Speller(Holdings(assistant.snapshot))


def right(index, text):
    return {key for key, match in index.programs(subject_of(text), keys(text)).items() if match.grade == RIGHT}


def test_the_programs_of_a_subject(index):
    assert "nj_etpl:70001" in right(index, "phlebotomy")
    assert "nj_etpl:70004" in right(index, "soldadura")
    assert "nj_etpl:70001" not in right(index, "welding")


def test_unknown_words_find_nothing(index):
    for text in ("pizza", "weather tomorrow", "underwater basket weaving", ""):
        subject = subject_of(text)
        found = index.programs(subject if subject.is_known else index.beyond_lexicon(text))
        assert not {key for key, match in found.items() if match.grade == RIGHT}, text


def test_what_is_not_wanted_is_left_out(index):
    found = index.programs(Subject(topics=("phlebotomy", "welding"), without=("phlebotomy",)))
    assert "nj_etpl:70001" not in found
    assert "nj_etpl:70004" in found


def test_a_near_subject_is_near(index):
    found = index.programs(Subject(topics=("ekg",)))
    assert found["nj_etpl:70001"].grade == NEAR


@pytest.mark.parametrize(
    ("word", "mended"),
    [("flebotmia", "flebotomia"), ("welidng", "welding"), ("carpintria", "carpinteria")],
)
def test_errors_of_typing_are_mended(speller, word, mended):
    assert speller.subjects([word]) == [mended]


@pytest.mark.parametrize("word", ["nurse", "work", "zzyzx", "quux", "cheap", "a+"])
def test_words_that_are_right_or_like_nothing_stay(speller, word):
    assert speller.subjects([word]) == [word]


def test_words_of_limits_are_mended_too(speller):
    assert speller.limits(["evning", "clases", "presencail"]) == ["evening", "clases", "presencial"]
