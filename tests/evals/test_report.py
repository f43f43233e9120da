"""A run told in three ways: JSON, one page, side by side with another."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser

import pytest

from evals.comparing import differences
from evals.page import page
from evals.reply import Reply
from evals.runner import Outcome
from evals.saved import Run, RunError, load, save
from evals.scores import Score, mean
from evals.table import compared, tables, worst

HOSTILE = "<script>alert(1)</script><img src=x onerror=y>"
VOID = {"meta", "br", "img", "line", "circle", "rect"}


class Tags(HTMLParser):
    """Keeps the tags, and which are open."""

    def __init__(self):
        super().__init__()
        self.seen, self.open, self.attributes = set(), [], []

    def handle_starttag(self, tag, attrs):
        self.seen.add(tag)
        self.attributes += attrs
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if tag not in VOID:
            assert self.open.pop() == tag


def a_run(*values):
    answer = {"text": HOSTILE, "citations": [], "status": "answered"}
    outcomes = [
        Outcome(
            {"id": f"c{place}", "kind": "find", "language": "en", "turns": [HOSTILE], "why": HOSTILE},
            Reply((answer,), None, milliseconds=12.0),
            {"named": Score(value, HOSTILE)},
        )
        for place, value in enumerate(values)
    ]
    scores = {"learners": {"named": {"all": mean([each.scores["named"] for each in outcomes])}}}
    return Run("embedded", "abc", "def", "today", scores, {"learners": outcomes})


def test_the_page_is_whole_and_shows_hostile_text_as_text():
    made = page(a_run(1.0, 0.0), {"learners.named": 0.4}, [f"fell: {HOSTILE}"])
    tags = Tags()
    tags.feed(made)
    assert tags.open == []
    assert not tags.seen & {"script", "img", "link", "iframe", "object"}
    assert not [name for name, _ in tags.attributes if name.startswith("on") or name in ("src", "srcset")]
    assert made.count("&lt;script&gt;") > 5
    assert "width=device-width" in made


def test_the_page_needs_no_network():
    made = page(a_run(1.0), {}, [])
    assert re.findall(r"(?:https?:)?//|url\(|@import", made) == []


def test_a_run_is_kept_and_read_again(tmp_path):
    save(a_run(1.0, 0.5), tmp_path / "run.json")
    kept = load(tmp_path / "run.json")
    assert [case["scores"]["named"]["value"] for case in kept["cases"]["learners"]] == [1.0, 0.5]
    assert kept["scores"]["learners"]["named"]["all"]["value"] == 0.75


@pytest.mark.parametrize("text", ["", "[]", json.dumps({"scores": {}})])
def test_what_is_no_run_says_so(tmp_path, text):
    (tmp_path / "x.json").write_text(text, encoding="utf-8")
    with pytest.raises(RunError, match=r"x\.json"):
        load(tmp_path / "x.json")


def test_runs_are_compared_case_by_case():
    (found,) = differences(a_run(1.0, 0.0, 1.0).as_json(), a_run(1.0, 1.0, 0.5).as_json())
    assert (found.before, found.after) == (pytest.approx(2 / 3), pytest.approx(2.5 / 3))
    assert (found.better, found.worse) == (("c1",), ("c2",))
    assert found.low <= found.difference <= found.high


def test_equal_runs_do_not_differ():
    (found,) = differences(a_run(1.0, 0.0).as_json(), a_run(1.0, 0.0).as_json())
    assert (found.difference, found.low, found.high, found.better, found.worse) == (0, 0, 0, (), ())


def test_tables_and_worst_cases_are_told():
    run = a_run(1.0, 0.0)
    assert [table.title for table in tables("learners", run.scores["learners"])] == ["learners"]
    assert compared(differences(run.as_json(), run.as_json())).row_count == 1
    (told,) = worst(run.outcomes["learners"], 5)
    assert told.startswith("c1")
