"""The comparison: which cases, in which words, scored by the metrics of the assistant."""

from __future__ import annotations

from contextlib import contextmanager
from types import SimpleNamespace

import pytest

from evals.metrics import metrics
from evals.neighbours import comparison
from evals.neighbours.comparison import FIRST_PAGE, MEASURED, compared, is_measured, reply, scored, topic, whole
from evals.neighbours.documents import NeighbourError

FITS = {
    "id": "a",
    "turns": ["I want to weld", "near Newark please"],
    "slots": {"occupation": "weld"},
    "hard": [],
    "score": ["rank", "hard"],
    "labels": {"nj_etpl:1": 2, "nj_etpl:2": 1},
}
NOTHING = {"id": "b", "turns": ["tattoo artist"], "slots": {}, "hard": [], "score": ["nothing_fits"], "labels": {}}
COUNT = {"id": "c", "turns": ["how many"], "slots": {}, "hard": [], "score": ["figures"], "labels": {}}
RECORDS = SimpleNamespace(programs={})


def test_only_cases_that_ask_for_a_list_are_asked():
    assert [is_measured(case) for case in (FITS, NOTHING, COUNT)] == [True, True, False]


def test_wordings():
    assert whole(FITS) == "I want to weld near Newark please"
    assert topic(FITS) == "weld"
    assert topic(NOTHING) == "tattoo artist"


@pytest.mark.parametrize(
    ("shown", "first", "ndcg", "recognised"),
    [
        (["nj_etpl:1", "nj_etpl:2"], 1, 1, 0),
        (["nj_etpl:9", "nj_etpl:1"], 0, pytest.approx(0.48, abs=0.01), 0),
        ([], 0, 0, 1),
    ],
)
def test_the_metrics_judge_what_a_neighbour_shows(shown, first, ndcg, recognised):
    replies = [reply(lambda _text, _limit: shown, "x", RECORDS) for _ in (FITS, NOTHING)]
    found = {name: each["all"].value for name, each in scored([FITS, NOTHING], replies).items()}
    assert (found["first_right"], found["ndcg_at_10"], found["nothing_fits"]) == (first, ndcg, recognised)


def test_no_more_than_a_page_is_asked_for():
    asked = []
    reply(lambda text, limit: asked.append((text, limit)) or [], "weld", RECORDS)
    assert asked == [("weld", FIRST_PAGE)]


def test_every_measure_is_a_metric():
    assert set(MEASURED) <= {each.name for each in metrics()}


class Stub:
    snapshot = None

    def ask(self, question):
        return self

    def model_dump(self, mode):
        return {"programs": [{"id": "nj_etpl:1"}], "status": "answered"}


@contextmanager
def _works():
    yield lambda text, limit: ["nj_etpl:2"]


@contextmanager
def _fails():
    raise NeighbourError("no server here")
    yield


def test_a_neighbour_that_can_t_start_is_said_and_the_others_are_measured(monkeypatch):
    monkeypatch.setattr(comparison, "documents", lambda _snapshot: [])
    monkeypatch.setattr(comparison, "neighbours", lambda *_: {"broken": _fails(), "plain": _works()})
    said = []
    results = compared([FITS, NOTHING, COUNT], Stub(), RECORDS, None, said.append)
    assert [(each.name, each.asked, each.missing) for each in results] == [
        ("our assistant", "whole question", None),
        ("broken", "", "no server here"),
        ("plain", "whole question", None),
        ("plain", "topic alone", None),
    ]
    assert any("NOT measured" in text for text in said)
    assert results[0].scores["first_right"]["all"].value == 1
    assert results[2].scores["first_right"]["all"].value == 0
