"""Asking cases: turns with their history, errors kept."""

from __future__ import annotations

from types import SimpleNamespace
from typing import ClassVar

from evals.runner import ask, language_and_kind, means, run


class Echo:
    """Stands in for the assistant: keeps the questions, fails when told to."""

    rest: ClassVar = {"citations": [], "query": {"filters": []}, "text": "", "writer": "embedded"}

    def __init__(self) -> None:
        self.questions = []

    def ask(self, question):
        self.questions.append(question)
        if question.text == "fail":
            raise ValueError("planted")
        return self

    def model_dump(self, mode):
        return {"language": "en", "standards": [{"id": "wioa"}], "dropped_sentences": 0} | self.rest


def test_each_turn_has_those_before_it_as_its_history():
    echo = Echo()
    reply = ask({"turns": ["a", "b", "c"], "persona": "welder, 22"}, echo, {})
    assert [question.history for question in echo.questions] == [(), ("a",), ("a", "b")]
    assert len(reply.answers) == 3
    assert reply.error is None


def test_an_error_is_kept_and_scores_the_default():
    cases = [{"id": "1", "turns": ["fail"], "standards": ["wioa"]}, {"id": "2", "turns": ["x"], "standards": ["wioa"]}]
    outcomes = run("standards", cases, Echo(), {})
    assert "planted" in outcomes[0].reply.error
    assert means(outcomes, language_and_kind)["standard_right"]["all"].value == 0.5


def test_variants_are_asked_apart_and_an_inquiry_goes_to_the_check():
    echo = Echo()
    assert len(ask({"variants": ["a", "b"]}, echo, {}).answers) == 2
    assert [question.history for question in echo.questions] == [(), ()]
    asked = []
    echo.checker = SimpleNamespace(check=lambda inquiry, texts: asked.append((inquiry.name, texts.language)) or echo)
    ask({"inquiry": {"name": "A", "state": "NJ"}, "language": "es"}, echo, {})
    assert asked == [("A", "es")]
    assert "state" in ask({"inquiry": {"name": "A", "state": "Atlantis"}}, echo, {}).error
