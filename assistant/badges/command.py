"""The command `badge`: what a badge file says, and whether it holds."""

from __future__ import annotations

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from assistant.badges.container import open_bytes, read_bounded
from assistant.badges.fetching import Fetcher
from assistant.badges.judging import Judge
from assistant.badges.keys import read_key_file
from assistant.badges.lines import lines_of
from assistant.badges.report import Report, UnreadableError
from catalog.errors import NavigatorError
from prompts import Texts


def badge_text(
    file: str, texts: Texts, *, key: Path | None, on: date | None, allow_network: bool, as_json: bool
) -> str:
    """Return the report on a file (`-`: standard input) as text or JSON; without a day it is judged on today's (UTC).

    Raises NavigatorError, in the language of the texts, when the file or the key can't be read.
    """
    try:
        report = _report(file, key, on or datetime.now(UTC).date(), allow_network)
    except UnreadableError as error:
        raise NavigatorError(error.text(texts)) from None
    if as_json:
        return json.dumps(report.model_dump(mode="json"), ensure_ascii=True, indent=1)
    return "\n".join(lines_of(report, texts))


def _report(file: str, key: Path | None, on: date, allow_network: bool) -> Report:
    keys = read_key_file(_read(str(key))) if key is not None else []
    judge = Judge(on=on, keys=keys, fetch=Fetcher() if allow_network else None)
    return judge.judge(open_bytes(_read(file)))


def _read(file: str) -> bytes:
    if file == "-":
        return read_bounded(sys.stdin.buffer)
    with Path(file).open("rb") as stream:
        return read_bounded(stream)
