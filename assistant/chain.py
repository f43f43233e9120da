"""The assistant for LangChain users: a `Runnable` from question to answer, and one to its text alone.

Nothing else imports this module, so that only its users wait for LangChain.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig, RunnableGenerator
from pydantic import ValidationError

from assistant.answer import Answer, Question
from assistant.assistant import Assistant
from catalog.errors import NavigatorError

Asked = Question | str | Mapping[str, Any]
"""What the chain takes: a question, its text alone, or its fields."""


class QuestionError(NavigatorError):
    """A question has a wrong field; whoever calls the chain must act."""


class AnswerChain(Runnable[Asked, Answer]):
    """Answers questions: `invoke`, `batch`, `stream` and their asynchronous forms, all through `Assistant.ask`.

    An answer is checked as a whole before any of it is shown, so `stream` yields it in one piece; `as_text` streams
    the checked text by paragraphs. Raises QuestionError for an input that is no question.
    """

    def __init__(self, assistant: Assistant) -> None:
        self.assistant = assistant

    @property
    def InputType(self) -> type[Question]:  # noqa: N802 (LangChain's name)
        """The type that a caller's schema shows."""
        return Question

    @property
    def OutputType(self) -> type[Answer]:  # noqa: N802 (LangChain's name)
        """The type that a caller's schema shows."""
        return Answer

    def invoke(self, input: Asked, config: RunnableConfig | None = None, **kwargs: Any) -> Answer:  # noqa: A002
        """Answer one question; callbacks of the configuration see its start and its end."""
        return self._call_with_config(lambda asked: self.assistant.ask(question_of(asked)), input, config, **kwargs)

    def as_text(self) -> Runnable[Asked, str]:
        """Return a chain whose output is the answer's text, streamed by paragraphs."""
        return self | RunnableGenerator(_paragraphs, _later_paragraphs)


def question_of(asked: Asked) -> Question:
    """Return the question that an input is; raises QuestionError naming the field that is wrong."""
    if isinstance(asked, Question):
        return asked
    try:
        return Question.model_validate({"text": asked} if isinstance(asked, str) else asked)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "question"
        raise QuestionError(f"A question can't be read: field {field!r}: {first['msg']}.") from None


def _paragraphs(answers: Iterator[Answer]) -> Iterator[str]:
    """Yield the text in pieces that together are all of it."""
    for answer in answers:
        yield from _pieces(answer)


async def _later_paragraphs(answers: AsyncIterator[Answer]) -> AsyncIterator[str]:
    """Yield the same pieces of answers that come in asynchronously."""
    async for answer in answers:
        for piece in _pieces(answer):
            yield piece


def _pieces(answer: Answer) -> Iterator[str]:
    head, *rest = answer.text.split("\n\n")
    yield head
    yield from (f"\n\n{part}" for part in rest)
