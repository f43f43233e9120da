"""Many provider checks in one load: JSON lines in, JSON lines out."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from assistant.batch import BatchError
from assistant.check import Checker
from assistant.checked import Inquiry
from prompts import Texts


def check_batch(checker: Checker, source: Path, target: Path, texts: Texts, on: date | None = None) -> int:
    """Answer every line of a file of inquiries, in order; returns the exit code.

    Raises BatchError naming the line that can't be read, before anything is written.
    """
    inquiries = []
    with source.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                inquiries.append(_inquiry(line, f"{source}, line {number}"))
    with target.open("w", encoding="utf-8") as out:
        for inquiry in inquiries:
            answer = checker.check(inquiry, texts, on)
            out.write(json.dumps(answer.model_dump(mode="json"), ensure_ascii=False) + "\n")
    return 0


def _inquiry(line: str, where: str) -> Inquiry:
    try:
        found = Inquiry.model_validate_json(line)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        fields = ".".join(str(part) for part in first["loc"])
        raise BatchError(f"{where}, field {fields!r}: {first['msg']}.") from None
    if found.id is None:
        raise BatchError(
            f"{where}, field 'id': it is missing. Give each line an id, so that answers can be told apart."
        )
    return found
