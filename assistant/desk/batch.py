"""Triage of many messages: written as they are done, so that a run that was stopped goes on where it was."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from assistant.desk.export import line_of, write_csv
from assistant.desk.intake import IntakeError
from assistant.desk.message import Message
from assistant.desk.triager import Triage, Triager
from prompts import LANGUAGES, Texts

AT_ONCE = 32
Taken = Callable[[Message, Triage], object]


def triage_file(triager: Triager, messages: Sequence[Message], out: Path, taken: Taken | None = None) -> int:
    """Triage messages into OUT.jsonl or OUT.csv; `taken` gets each one as well. Returns how many were new.

    Tickets that OUT holds already are passed over. A table is written at the end; until then its lines lie beside it.
    """
    if out.suffix.lower() not in (".jsonl", ".csv"):
        raise IntakeError(f"{out}: what is written ends in .jsonl or .csv.")
    lines = out if out.suffix.lower() == ".jsonl" else out.with_name(f"{out.name}.part.jsonl")
    done = _done(lines)
    todo = [message for message in messages if message.ticket_id not in done]
    texts = {language: Texts(language) for language in LANGUAGES}
    with lines.open("a", encoding="utf-8") as stream, _progress() as progress:
        bar = progress.add_task("triage", total=len(messages), completed=len(messages) - len(todo))
        for some in _chunks(todo):
            for message, triage in zip(some, triager.triage_all(some), strict=True):
                if taken is not None:
                    taken(message, triage)
                stream.write(json.dumps(line_of(triage, texts[triage.language]), ensure_ascii=False) + "\n")
            stream.flush()
            progress.advance(bar, len(some))
    if lines != out:
        write_csv(out, _lines(lines))
        lines.unlink()
    return len(todo)


def _done(path: Path) -> set[str]:
    """Return the tickets that a file holds; a last line that was cut off is taken away."""
    if not path.exists():
        return set()
    content = path.read_bytes()
    whole = content[: content.rfind(b"\n") + 1]
    if len(whole) < len(content):
        with path.open("r+b") as stream:
            stream.truncate(len(whole))
    try:
        return {str(line["ticket_id"]) for line in _lines(path)}
    except (ValueError, KeyError, TypeError):
        raise IntakeError(f"{path} holds other lines than those of a triage; name another file.") from None


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def _chunks(messages: Sequence[Message]) -> Iterator[Sequence[Message]]:
    for start in range(0, len(messages), AT_ONCE):
        yield messages[start : start + AT_ONCE]


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True))
