"""Sentences leave a stream whole, as soon as they are complete, and however the stream was cut."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.narration.sentences import sentences

TEXT = (
    "A at St. Mary Inc. costs $1,105.50 in all [7]. It takes 3.5 hours. [13][7] Is it near? Yes, it is [1].\n"
    "Dr. Smith's Co. is in Newark [2].\nNext one"
)
WHOLE = [
    "A at St. Mary Inc. costs $1,105.50 in all [7].",
    "It takes 3.5 hours. [13][7]",
    "Is it near?",
    "Yes, it is [1].",
    "Dr. Smith's Co. is in Newark [2].",
]


def test_sentences_are_whole_and_a_half_one_is_not_passed_on():
    assert list(sentences([TEXT])) == WHOLE


@given(st.lists(st.integers(0, len(TEXT)), max_size=30))
def test_where_a_stream_is_cut_does_not_matter(cuts):
    places = [0, *sorted(cuts), len(TEXT)]
    pieces = [TEXT[begin:end] for begin, end in itertools.pairwise(places)]
    assert list(sentences(pieces)) == WHOLE


def test_a_sentence_comes_before_the_next_one_is_complete():
    taken = []

    def pieces():
        for piece in ("One is here [1].", " And", " more", " comes."):
            taken.append(piece)
            yield piece

    assert next(sentences(pieces())) == "One is here [1]."
    assert len(taken) == 2


@pytest.mark.parametrize("text", ["", " \n\n ", "no end", "a" * 599])
def test_no_sentence_is_none(text):
    assert list(sentences([text])) == []


def test_what_never_ends_is_passed_on_in_bounded_pieces():
    out = list(sentences("word " for _ in range(10_000)))
    assert out
    assert all(len(each) <= 610 for each in out)


@given(st.text(max_size=300))
def test_no_text_breaks_it(text):
    for sentence in sentences([text]):
        assert sentence.strip() == sentence
        assert sentence
