"""Each way in which an endpoint can fail, on a real socket: bounded, quiet about the key, never a hang."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
import time

import pytest
from pydantic import BaseModel

from assistant.failures import ModelError
from assistant.model import ATTEMPTS, Usage, chat_model
from catalog.errors import SettingsError
from catalog.settings import Settings

ASKED = (("system", "Be brief."), ("user", "Say hello."))


class Greeting(BaseModel):
    """A form."""

    words: str


def run(model, usage=None, most_tokens=50):
    return "".join(model.stream(ASKED, most_tokens, usage or Usage()))


def failing(model, **kwargs):
    with pytest.raises(ModelError) as caught:
        run(model, **kwargs)
    return caught.value


def test_no_name_means_no_model_and_half_a_setting_is_named():
    assert chat_model(Settings()) is None
    with pytest.raises(SettingsError, match=r"NAVIGATOR_MODEL='gpt'.*OPENAI_API_KEY"):
        chat_model(Settings(model="gpt"))


def test_nothing_heavy_is_imported_and_nothing_is_sent_before_the_first_call():
    code = (
        "import sys; from catalog.settings import Settings; from assistant.model import chat_model;"
        "chat_model(Settings(model='m', openai_base_url='http://127.0.0.1:9/v1'));"
        "print([m for m in ('openai', 'langchain_openai', 'langchain_core') if m in sys.modules])"
    )
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert out.stdout.strip() == "[]"


def test_text_comes_as_it_is_sent_with_the_tokens_counted(endpoint, script):
    endpoint.will(script.say("Hello there, friend."))
    usage = Usage()
    pieces = list(endpoint.model().stream(ASKED, 50, usage))
    assert "".join(pieces) == "Hello there, friend."
    assert len(pieces) > 3
    assert (usage.tokens_in, usage.tokens_out, usage.calls) == (11, 7, 1)
    assert endpoint.keys == [f"Bearer {script.key}"]
    assert endpoint.bodies[0]["messages"][1] == {"role": "user", "content": "Say hello."}


def test_a_form_is_filled_in(endpoint, script):
    endpoint.will(script.say('{"words": "hi"}'))
    usage = Usage()
    assert endpoint.model().fill(ASKED, Greeting, 50, usage) == Greeting(words="hi")
    assert usage.tokens_in == 11
    assert endpoint.bodies[0]["response_format"]["type"] == "json_schema"


@pytest.mark.parametrize("text", ["no json", '{"words": 3}', "{}", '{"words": "cut'])
def test_a_form_that_is_none_is_an_error_at_once(endpoint, script, text):
    endpoint.will(script.say(text))
    with pytest.raises(ModelError) as caught:
        endpoint.model().fill(ASKED, Greeting, 50, Usage())
    assert caught.value.kind == "unreadable"
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize(("status", "kind"), [(401, "key"), (403, "key"), (404, "unknown_model"), (400, "rejected")])
def test_what_no_second_attempt_cures_is_asked_once(endpoint, script, status, kind):
    endpoint.will(script.fail(status))
    assert failing(endpoint.model()).kind == kind
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize(("status", "kind"), [(500, "server"), (502, "server"), (503, "server"), (429, "busy")])
def test_a_passing_failure_is_tried_again_and_then_given_up(endpoint, script, status, kind):
    endpoint.will(script.fail(status))
    model, waits = endpoint.model(), []
    model.sleep = waits.append
    assert failing(model).kind == kind
    assert len(endpoint.bodies) == ATTEMPTS
    assert len(waits) == ATTEMPTS - 1
    assert 0.25 <= waits[0] <= 0.75 < waits[1] + 0.26 <= 1.76


def test_a_passing_failure_that_passes_is_not_seen(endpoint, script):
    endpoint.will(script.fail(500), script.say("Hello."))
    model = endpoint.model()
    model.sleep = lambda _seconds: None
    assert run(model) == "Hello."


def test_retry_after_is_heeded(endpoint, script):
    endpoint.will(script.fail(429, Retry_After="1"), script.say("Hello."))
    assert run(endpoint.model()) == "Hello."
    assert 1.0 <= endpoint.times[1] - endpoint.times[0] < 3.0


def test_retry_after_beyond_our_time_is_not_waited_for(endpoint, script):
    endpoint.will(script.fail(429, Retry_After="3600"))
    begun = time.monotonic()
    failure = failing(endpoint.model())
    assert (failure.kind, failure.retry_after) == ("busy", 3600.0)
    assert time.monotonic() - begun < 5
    assert len(endpoint.bodies) == 1


@pytest.mark.parametrize("header", ["soon", "-5", "nan", "inf", "1e999", "Tue, 01 Jan 2019 00:00:00 GMT", ""])
def test_a_strange_retry_after_does_no_harm(endpoint, script, header):
    endpoint.will(script.fail(429, Retry_After=header), script.say("Hello."))
    model, waits = endpoint.model(), []
    model.sleep = waits.append
    assert run(model) == "Hello."
    assert 0 <= waits[0] < 1


def test_silence_ends_in_time(endpoint, script):
    stop = threading.Event()
    endpoint.will(lambda handler, body: stop.wait(20))
    begun = time.monotonic()
    failure = failing(endpoint.model(model_seconds=0.6))
    took = time.monotonic() - begun
    stop.set()
    assert failure.kind == "timeout"
    assert took < 3


def test_a_reply_that_drips_for_ever_ends_in_time(endpoint, script):
    def drip(handler, body):
        script.start_stream(handler)
        for _ in range(400):
            handler.wfile.write(b": still here\n\n")
            handler.wfile.flush()
            time.sleep(0.05)

    endpoint.will(drip)
    begun = time.monotonic()
    assert failing(endpoint.model(model_seconds=1)).kind == "timeout"
    assert time.monotonic() - begun < 4


def test_an_endless_reply_is_cut_off_and_its_connection_freed(endpoint, script):
    def flood(handler, body):
        script.start_stream(handler)
        while True:
            handler.wfile.write(script.chunk("and so on " * 20))
            handler.wfile.flush()

    endpoint.will(flood)
    assert failing(endpoint.model(), most_tokens=30).kind == "endless"
    assert endpoint.left.wait(5)


def test_a_cut_stream_is_told_apart_from_a_finished_one(endpoint, script):
    def cut(handler, body):
        script.start_stream(handler)
        handler.wfile.write(script.chunk("The price is "))

    endpoint.will(cut)
    seen = []
    with pytest.raises(ModelError) as caught:
        seen.extend(endpoint.model().stream(ASKED, 50, Usage()))
    assert caught.value.kind == "cut"
    # Something of it was passed on already, so it is not asked again.
    assert len(endpoint.bodies) == 1


def test_a_connection_reset_is_a_failure_with_a_name(endpoint, script):
    def reset(handler, body):
        handler.connection.close()
        handler.close_connection = True

    endpoint.will(reset)
    model = endpoint.model()
    model.sleep = lambda _seconds: None
    assert failing(model).kind in ("cut", "unreachable")


@pytest.mark.filterwarnings("ignore:Pydantic serializer")
@pytest.mark.parametrize(
    "junk",
    [
        b"data: {not json}\n\n",
        b"data: 5\n\n",
        b'data: {"choices": 7}\n\n',
        b'data: {"error": {"message": "boom"}}\n\n',
        b"<html>502</html>",
        b"\xff\xfe\x00",
        b"data: [DONE]\n\n",
        b"",
    ],
)
def test_a_reply_that_is_none_is_an_error(endpoint, script, junk):
    def act(handler, body):
        script.start_stream(handler)
        handler.wfile.write(junk)

    endpoint.will(act)
    model = endpoint.model()
    model.sleep = lambda _seconds: None
    assert failing(model).kind in ("unreadable", "cut", "empty", "rejected")
    assert len(endpoint.bodies) <= ATTEMPTS


def test_an_empty_reply_is_an_error(endpoint, script):
    endpoint.will(script.say(""))
    model = endpoint.model()
    model.sleep = lambda _seconds: None
    assert failing(model).kind == "empty"


def test_nobody_there(endpoint):
    model = endpoint.model(openai_base_url="http://127.0.0.1:9/v1")
    model.sleep = lambda _seconds: None
    assert failing(model).kind == "unreachable"


@pytest.mark.parametrize("status", [400, 401, 429, 500])
def test_the_key_is_in_no_log_no_repr_and_no_error(endpoint, script, caplog, status):
    caplog.set_level(logging.DEBUG)
    endpoint.will(script.fail(status, message="you sent"))
    model = endpoint.model()
    model.sleep = lambda _seconds: None
    failure = failing(model)
    settings = Settings(openai_api_key=script.key)
    shown = f"{failure} {failure!r} {failure.__cause__!r} {model!r} {settings!r} {caplog.text}"
    assert script.key not in shown
    assert "Say hello" not in str(failure)
    assert failure.__suppress_context__


def test_a_stream_that_nobody_reads_on_frees_its_connection(endpoint, script):
    endpoint.will(script.say("word " * 5000, pieces=5000, pause=0.002))
    stream = endpoint.model().stream(ASKED, 10_000, Usage())
    assert next(stream)
    begun = time.monotonic()
    stream.close()
    assert endpoint.left.wait(5), "the endpoint still writes"
    assert time.monotonic() - begun < 5


def test_a_key_is_not_needed_for_a_server_of_ones_own(endpoint, script):
    endpoint.will(script.say("Hello."))
    model = endpoint.model(openai_api_key=None)
    assert run(model) == "Hello."
    assert endpoint.keys == ["Bearer none"]
