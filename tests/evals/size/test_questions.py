"""The questions: as many topics for each number of limits, and the two ways to say the limits agree."""

from __future__ import annotations

import pytest

from assistant.answer import Question
from assistant.understand.reading import Reader
from catalog.home import bundled_folder
from catalog.snapshot import Snapshot
from evals.size.questions import questions
from evals.size.stock import fits

SOME = {"cost": 1500.0, "state": "NJ", "weeks": 10.0}


def test_each_topic_is_asked_with_none_one_and_three_limits():
    asked = questions()
    assert list(asked) == ["none", "one", "three"]
    assert len({tuple(each.topic for each in group) for group in asked.values()}) == 1
    assert all(each.topic in each.text for group in asked.values() for each in group)


@pytest.fixture(scope="module")
def reader():
    snapshot = Snapshot(bundled_folder())
    yield Reader(snapshot)
    snapshot.close()


@pytest.mark.parametrize(("name", "limits"), [("none", 0), ("one", 1), ("three", 3)])
def test_our_assistant_reads_as_many_limits(reader, name, limits):
    for each in questions()[name][:6]:
        assert len(reader.read(Question(text=each.text)).limits) == limits, each.text


@pytest.mark.parametrize(
    ("name", "fields", "fit"),
    [
        ("none", {}, True),
        ("one", SOME, True),
        ("one", SOME | {"cost": 2000.5}, False),
        ("one", {"state": "NJ"}, False),
        ("three", SOME, True),
        ("three", SOME | {"state": "OH"}, False),
        ("three", SOME | {"weeks": 27}, False),
    ],
)
def test_exact_search_reads_where_as_chroma_does(name, fields, fit):
    assert fits(questions()[name][0].where, fields) is fit
