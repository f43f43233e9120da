"""The LangChain surface: every way of calling gives the answer that the assistant gives."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest
from langchain_core.callbacks import BaseCallbackHandler
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda

from assistant.answer import Answer, Persona, Question, Status
from assistant.chain import AnswerChain, QuestionError, question_of
from vectorstore.retriever import RecordRetriever

TEXT = "welding courses"


@pytest.fixture(scope="module")
def chain(assistant):
    return AnswerChain(assistant)


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers differ in nothing but their timings."""
    return one.model_copy(update={"timings_ms": {}}) == other.model_copy(update={"timings_ms": {}})


@pytest.fixture(scope="module")
def expected(assistant):
    return assistant.ask(Question(text=TEXT))


@pytest.mark.parametrize("asked", [Question(text=TEXT), TEXT, {"text": TEXT, "persona": "learner"}])
def test_invoke_gives_the_assistants_answer(chain, expected, asked):
    assert isinstance(chain, Runnable)
    assert same(chain.invoke(asked), expected)


def test_batch_keeps_the_order(chain, expected):
    answers = chain.batch([TEXT, "", TEXT], config={"max_concurrency": 2})
    assert [answer.status for answer in answers] == [expected.status, Status.CLARIFY, expected.status]
    assert same(answers[0], expected)
    assert same(answers[2], expected)


def test_stream_yields_the_checked_answer_in_one_piece(chain, expected):
    (answer,) = chain.stream(TEXT)
    assert same(answer, expected)


def test_the_text_streams_by_paragraphs_that_are_together_all_of_it(chain, expected):
    pieces = list(chain.as_text().stream(TEXT))
    assert len(pieces) > 2
    assert "".join(pieces) == expected.text == chain.as_text().invoke(TEXT)


def test_the_asynchronous_forms(chain, expected):
    async def gather():
        invoked = await chain.ainvoke(TEXT)
        streamed = [answer async for answer in chain.astream(TEXT)]
        batched = await chain.abatch([TEXT, TEXT])
        pieces = [piece async for piece in chain.as_text().astream(TEXT)]
        return [invoked, *streamed, *batched], pieces

    answers, pieces = asyncio.run(gather())
    assert len(answers) == 4
    assert all(same(answer, expected) for answer in answers)
    assert "".join(pieces) == expected.text


def test_input_and_output_are_typed(chain):
    assert set(chain.get_input_jsonschema()["properties"]) == set(Question.model_fields)
    assert set(Answer.model_fields) <= set(chain.get_output_jsonschema()["properties"])


def test_it_joins_other_runnables_and_tells_callbacks(chain, expected):
    class Ends(BaseCallbackHandler):
        def __init__(self) -> None:
            self.outputs: list[object] = []

        def on_chain_end(self, outputs, **kwargs) -> None:
            self.outputs.append(outputs)

    ends = Ends()
    joined = RunnableLambda(str.strip) | chain | RunnableLambda(lambda answer: answer.status)
    assert joined.invoke(f"  {TEXT} ", config={"callbacks": [ends]}) == expected.status
    assert any(isinstance(output, Answer) and same(output, expected) for output in ends.outputs)


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"text": TEXT, "persona": "king"}, "persona"), ({}, "text"), ({"text": TEXT, "x": 1}, "x"), (7, "question")],
)
def test_what_is_no_question_is_refused_by_its_field(chain, asked, field):
    with pytest.raises(QuestionError, match=f"'{field}'"):
        chain.invoke(asked)


def test_one_wrong_question_of_a_batch_can_be_returned_as_its_error(chain, expected):
    good, bad = chain.batch([TEXT, {}], return_exceptions=True)
    assert same(good, expected)
    assert isinstance(bad, QuestionError)


def test_a_question_keeps_its_persona_and_history():
    asked = question_of({"text": "cheaper", "persona": "employer", "history": ["welding"]})
    assert (asked.persona, asked.history) == (Persona.EMPLOYER, ("welding",))


def test_the_retriever_is_langchains(assistant):
    retriever = RecordRetriever(searcher=assistant.searcher, limit=3)
    assert isinstance(retriever, BaseRetriever)
    (documents,) = retriever.batch([TEXT])
    assert documents == retriever.invoke(TEXT)
    assert {"id", "kind", "title", "source", "score"} == set(documents[0].metadata)


def test_the_example_of_the_readme_runs(assistant, monkeypatch, capsys):
    page = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"^```python\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    monkeypatch.setattr("assistant.opening.open_assistant", lambda _settings: assistant)
    names: dict[str, object] = {}
    exec(compile(code, "README.md", "exec"), names)
    assert isinstance(names["answer"], Answer)
    assert names["documents"]
    assert capsys.readouterr().out


def test_the_assistant_itself_does_not_wait_for_langchain():
    code = "import sys, assistant.assistant; print(any(name.startswith('langchain') for name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
