"""Many questions in one load: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from assistant.answer import Answer, Language, Persona, Question
from assistant.assistant import Assistant
from catalog.errors import NavigatorError
from catalog.records import Record


class BatchError(NavigatorError):
    """A line of a batch can't be read; whoever wrote the file must act."""


class Conversation(Record):
    """One line of a batch: the turns that a person says, in order."""

    id: str
    persona: Persona = Persona.LEARNER
    language: Language | None = None
    turns: tuple[str, ...]


def answer_batch(assistant: Assistant, source: Path, target: Path) -> int:
    """Answer every line of a file; returns the exit code.

    Raises BatchError naming the line before any answer of it is written.
    """
    with target.open("w", encoding="utf-8") as out:
        for conversation in conversations(source):
            answers = [answer.model_dump(mode="json") for answer in _answers(assistant, conversation)]
            out.write(json.dumps({"id": conversation.id, "answers": answers}, ensure_ascii=False) + "\n")
    return 0


def conversations(source: Path) -> Iterator[Conversation]:
    """Yield the conversations of a file, blank lines left out."""
    with source.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                try:
                    yield Conversation.model_validate_json(line)
                except ValidationError as error:
                    first = error.errors(include_url=False)[0]
                    field = ".".join(str(part) for part in first["loc"])
                    raise BatchError(f"{source}, line {number}, field {field!r}: {first['msg']}.") from None


def _answers(assistant: Assistant, conversation: Conversation) -> Iterator[Answer]:
    history: list[str] = []
    for turn in conversation.turns:
        question = Question(
            text=turn, persona=conversation.persona, language=conversation.language, history=tuple(history)
        )
        yield assistant.ask(question)
        history.append(turn)
