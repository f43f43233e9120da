"""Ways in: CSV files, mailboxes, single e-mails, standard input."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from assistant.desk.mail import made, read_mail, read_mbox
from assistant.desk.message import Message
from catalog.errors import NavigatorError

MOST_OF_A_CELL = 20_000_000
TEXT_COLUMNS = ("body", "text", "message", "description", "comment", "comments", "content", "mensaje", "texto")
HEADINGS = ("from:", "received:", "return-path:", "message-id:", "subject:", "date:", "mime-version:", "delivered-to:")


class IntakeError(NavigatorError):
    """Messages can't be read; whoever supplied the file must act."""


def read_messages(name: str, standard_input: bytes = b"") -> list[Message]:
    """Return the messages of a file, by its suffix, or of standard input for `-`; ids that occur again get a number.

    Raises IntakeError naming the file and what is wrong.
    """
    return list(_with_own_ids(_of_input(standard_input) if name == "-" else _of_file(Path(name))))


def _of_file(path: Path) -> Iterable[Message]:
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".mbox", ".eml"):
        raise IntakeError(f"{path}: files end in .csv, .mbox or .eml; for anything else use - and standard input.")
    if not path.is_file():
        raise IntakeError(f"{path}: no such file.")
    if suffix == ".mbox":
        return read_mbox(path)
    if suffix == ".eml":
        return [read_mail(path.read_bytes(), path.stem)]
    return _of_csv_file(path)


def _of_csv_file(path: Path) -> Iterator[Message]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as stream:
        yield from _of_csv(stream, str(path))


def _of_input(content: bytes) -> Iterable[Message]:
    """Take standard input for a table, an e-mail, or else one message of plain text."""
    text = content.decode("utf-8-sig", errors="replace")
    first = text.lstrip().partition("\n")[0].strip().lower()
    if first.startswith(HEADINGS):
        return [read_mail(content, "input")]
    columns = [cell.strip(' "') for cell in first.split(",")]
    if first and set(columns) & set(TEXT_COLUMNS) and all(len(column) < 30 for column in columns):
        return _of_csv(io.StringIO(text, newline=""), "standard input")
    return [made("input", None, "", "", text)]


def _of_csv(stream: TextIO, name: str) -> Iterator[Message]:
    csv.field_size_limit(MOST_OF_A_CELL)
    reader = csv.DictReader(stream)
    try:
        columns = {(column or "").strip().lower(): column for column in reader.fieldnames or ()}
        text = next((columns[each] for each in TEXT_COLUMNS if each in columns), None)
        if text is None:
            raise IntakeError(f"{name}: no column of texts; name one of its columns `body`.")
        for number, row in enumerate(reader, start=1):
            values = {
                each: row.get(columns.get(each, "")) or "" for each in ("ticket_id", "sender", "subject", "received_at")
            }
            ticket = values["ticket_id"].strip()[:200] or f"row-{number}"
            yield made(ticket, _moment(values["received_at"]), values["sender"], values["subject"], row[text] or "")
    except csv.Error as error:
        raise IntakeError(f"{name}, line {reader.line_num}: {error}.") from None


def _moment(value: str) -> datetime | None:
    """Return a moment as ISO 8601; one without an offset is taken as UTC, one that can't be read as not known."""
    try:
        found = datetime.fromisoformat(value.strip())
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _with_own_ids(messages: Iterable[Message]) -> Iterator[Message]:
    seen: Counter[str] = Counter()
    for message in messages:
        seen[message.ticket_id] += 1
        times = seen[message.ticket_id]
        yield message if times == 1 else message.model_copy(update={"ticket_id": f"{message.ticket_id}#{times}"})
