"""Fields of work by meaning, and the pack of vectors beside the lexicon."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from assistant.understand.lexicon import entry_texts, lexicon
from assistant.understand.likeness import PACK, Likeness, digest


def test_the_packed_vectors_are_those_of_the_lexicon():
    with np.load(str(files("assistant.understand").joinpath(PACK))) as pack:
        assert str(pack["digest"]) == digest(entry_texts()), "run: python -m assistant.understand.likeness"
        assert len(pack["use"]) == len(pack["e5"]) == len(entry_texts())


def test_whole_fields_have_no_text_of_their_own():
    assert not {topic for topic, _ in entry_texts()} & {key for key, topic in lexicon().topics.items() if topic.members}


@pytest.mark.parametrize(
    ("clause", "topic"),
    [
        ("they put stickers on your chest and read the heart on paper", "ekg"),
        ("quiero ayudar al cirujano en las operaciones", "surgical_tech"),
        ("drive the yellow bus", "bus"),
    ],
)
def test_a_clause_comes_nearest_to_its_field(clause, topic):
    (row,) = Likeness().scores([clause])
    assert max(row, key=row.get) == topic
