"""The packaged list of lay words."""

from __future__ import annotations

import re

import pytest

from assistant.understand.lexicon import Phrases, lexicon
from assistant.understand.words import keys


def test_every_topic_has_two_names_and_known_neighbours():
    topics = lexicon().topics
    for topic in topics.values():
        assert set(topic.names) == {"en", "es"}
        assert all(topic.names.values())
        assert {*topic.near, *topic.members, *topic.kin, *topic.both} <= set(topics), topic.id
        assert topic.id not in topic.near


def test_codes_keep_their_zeros():
    topics = lexicon().topics.values()
    assert all(re.fullmatch(r"\d\d\.\d{4}", code) for topic in topics for code in topic.cip)
    assert all(re.fullmatch(r"\d\d-\d{4}", code) for topic in topics for code in topic.soc)
    assert "12.0410" in lexicon().topics["nails"].cip


def test_several_hundred_entries():
    words = lexicon().asked.words()
    assert len(lexicon().topics) > 150
    assert {"cna", "lpn", "cdl", "hvac", "ekg", "a+", "i.t", "flebotomia", "camionero", "soldadura"} <= words
    assert "it" not in {tuple(span.topics) for span in lexicon().asked.find(["it"])}


@pytest.mark.parametrize("word", ["it", "de", "un", "una", "for", "job", "trabajo", "certificate", "near"])
def test_a_small_word_alone_names_nothing(word):
    assert not list(lexicon().asked.find([word]))


def test_the_longest_phrase_counts():
    phrases = Phrases()
    phrases.add(keys("nurse"), "nursing")
    phrases.add(keys("nurse aide"), "aide")
    assert [span.topics for span in phrases.find(keys("a nurse aide, a nurse"))] == [("aide",), ("nursing",)]
