"""Whole answers with a model: what code shows stays, whatever the model says."""

from __future__ import annotations

import re

import pytest

from assistant.__main__ import main
from assistant.answer import Question
from assistant.assistant import Assistant

ASKED = Question(text="phlebotomy class", language="en")


@pytest.fixture
def with_model(assistant, endpoint):
    """The assistant with a model behind the scripted endpoint."""
    model = endpoint.model()
    model.sleep = lambda _seconds: None
    return Assistant(assistant.snapshot, assistant.searcher, model)


def quoted(answer):
    """Return true sentences about the first program of an answer."""
    card = answer.programs[0]
    return f"{card.name} is in {card.city} [{card.citation}]. Please see the details below."


def without_timings(answer):
    return answer.model_dump(exclude={"timings_ms", "text", "writer", "dropped_sentences", "tokens_in", "tokens_out"})


def test_the_summary_is_worded_and_all_else_is_as_without_a_model(assistant, with_model, endpoint, script):
    plain = assistant.ask(ASKED)
    endpoint.will(script.say(quoted(plain)))
    worded = with_model.ask(ASKED)
    assert (worded.writer, worded.dropped_sentences) == ("model:scripted", 0)
    assert (worded.tokens_in, worded.tokens_out) == (11, 7)
    assert plain.writer == "embedded"
    assert without_timings(worded) == without_timings(plain)
    added = set(worded.text.split("\n\n")) - set(plain.text.split("\n\n"))
    assert len(added) == 1
    assert "Please see the details below." in added.pop()
    for paragraph in plain.text.split("\n\n"):
        assert paragraph in worded.text


@pytest.mark.parametrize("said", ["It is accredited. It is safe. You qualify for Pell.", "<b>hi</b>", "..."])
def test_a_lying_model_changes_nothing_but_a_note(assistant, with_model, endpoint, script, said):
    plain = assistant.ask(ASKED)
    endpoint.will(script.say(said))
    answer = with_model.ask(ASKED)
    assert answer.writer == "embedded"
    assert without_timings(answer) == without_timings(plain)
    added = set(answer.text.split("\n\n")) - set(plain.text.split("\n\n"))
    assert len(added) == 1
    assert "written without it" in added.pop()


@pytest.mark.parametrize("status", [401, 404, 429, 500])
def test_a_failing_endpoint_changes_nothing_but_a_note(assistant, with_model, endpoint, script, status):
    plain = assistant.ask(ASKED)
    endpoint.will(script.fail(status))
    answer = with_model.ask(ASKED)
    assert answer.writer == "embedded"
    assert without_timings(answer) == without_timings(plain)
    assert script.key not in answer.model_dump_json()


@pytest.mark.parametrize("text", ["", "who won the game last night?", "what is a license?", "zzz qqq"])
def test_without_programs_to_tell_of_no_summary_is_asked_for(with_model, endpoint, script, text):
    endpoint.will(script.say('{"limits": []}'))
    answer = with_model.ask(Question(text=text, language="en"))
    assert answer.writer == "embedded"
    assert all("response_format" in body for body in endpoint.bodies)


def test_sentences_are_streamed_before_the_answer_is_whole(assistant, with_model, endpoint, script):
    endpoint.will(script.say(quoted(assistant.ask(ASKED)), pieces=10, pause=0.02))
    stream = with_model.stream(ASKED)
    first, second = next(stream), next(stream)
    assert "phlebotomy" in first
    assert re.search(r"is in .* \[\d+\]\.$", second)
    stream.close()


def test_doctor_says_what_is_set_up_and_never_the_key(settings, endpoint, script, monkeypatch, capsys):
    monkeypatch.setenv("NAVIGATOR_HOME", str(settings.home))
    monkeypatch.setenv("NAVIGATOR_EMBEDDINGS", "use")
    assert main(["doctor"]) == 0
    assert "none is set" in capsys.readouterr().out
    endpoint.will(script.say("Please see the details below."))
    monkeypatch.setenv("NAVIGATOR_MODEL", "scripted")
    monkeypatch.setenv("OPENAI_API_KEY", script.key)
    monkeypatch.setenv("OPENAI_BASE_URL", endpoint.url.replace("http://", "http://user:pa55@"))
    monkeypatch.setenv("NAVIGATOR_MODEL_USD_PER_MILLION_IN", "100")
    monkeypatch.setenv("NAVIGATOR_MODEL_USD_PER_MILLION_OUT", "200")
    assert main(["doctor", "--lang", "es"]) == 0
    out = capsys.readouterr().out
    assert "Responde" in out
    assert "Tokens" in out
    assert "$0.0025" in out
    assert script.key not in out
    assert "pa55" not in out
    endpoint.will(script.fail(401))
    assert main(["doctor"]) == 1
    out = capsys.readouterr().out
    assert "OPENAI_API_KEY" in out
    assert script.key not in out
