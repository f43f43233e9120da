"""A message as it came in, and which part of a thread its writer has just written."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple

from catalog.records import Record

MOST_CHARACTERS = 100_000
"""What is read of one message; longer ones are cut, and say so."""


class Message(Record):
    """One message; `received_at` is None where the file does not say."""

    ticket_id: str
    received_at: datetime | None = None
    sender: str = ""
    subject: str = ""
    body: str
    cut: bool = False

    @property
    def text(self) -> str:
        """Subject and body together."""
        return f"{self.subject}\n{self.body}" if self.subject else self.body


class Thread(NamedTuple):
    """What was written now, and what it answers or forwards."""

    newest: str
    earlier: str
    on: date | None = None
    """The day of the mail that is quoted first, where its heading says so."""


WROTE = re.compile(r"^(?:on|el)\b.{4,200}\b(?:wrote|escribi[oó]):$", re.IGNORECASE)
MARK = re.compile(
    r"^[\-_=*\s]{0,12}(?:original message|forwarded message|begin forwarded message:?|mensaje original|mensaje reenviado)[\-_=*\s]{0,12}$|^_{20,}$",
    re.IGNORECASE,
)
HEADER = re.compile(
    r"^[*\s]{0,3}(?:from|sent|to|subject|date|cc|de|enviado(?: el)?|para|asunto|fecha):[*\s]", re.IGNORECASE
)

MONTHS = tuple(
    each.split("/") for each in "jan/ene feb mar apr/abr may jun jul aug/ago sep/set oct nov dec/dic".split()
)
"""The first letters of the months in both languages."""


def split(body: str) -> Thread:
    """Return the newest part of a thread and the earlier ones; a body of quotes only is all new.

    Reads line by line: no line is looked at more than three times, however hostile.
    """
    lines = [line.strip() for line in body.splitlines()]
    cut = next((at for at in range(len(lines)) if _starts_earlier(lines, at)), len(lines))
    on = next((day for line in lines[cut : cut + 4] if (day := _day_of(line))), None)
    newest = [line for line in lines[:cut] if not line.startswith(">")]
    earlier = [line.lstrip("> ") for line in lines[:cut] if line.startswith(">")]
    earlier += [line.lstrip("> ") for line in lines[cut:] if not _is_mark(line)]
    if not any(newest):
        return Thread("\n".join(earlier).strip(), "", on)
    return Thread("\n".join(newest).strip(), "\n".join(earlier).strip(), on)


def _starts_earlier(lines: list[str], at: int) -> bool:
    line, following = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
    if MARK.match(line[:80]):
        return True
    # Mail programs break the line of a long sender's name.
    if WROTE.match(line[:210]) or (line[:3].lower() in ("on ", "el ") and WROTE.match(f"{line} {following}"[:210])):
        return True
    return bool(HEADER.match(line[:40]) and HEADER.match(following[:40]))


def _day_of(line: str) -> date | None:
    """Return the day that a heading such as `On Mon, Nov 2, 2026 at 9:00 AM` or `Sent: 11/2/2026` names."""
    if not (WROTE.match(line[:210]) or HEADER.match(line[:40]) or line[:3].lower() in ("on ", "el ")):
        return None
    month_first = re.search(r"\b([a-zA-Z]{3})[a-z]*\.? (\d{1,2}),? (\d{4})\b", line[:210])
    day_first = re.search(r"\b(\d{1,2})(?: de)? ([a-zA-Z]{3})[a-z]*\.?,?(?: de)? (\d{4})\b", line[:210])
    numbers = re.search(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b", line[:210])
    try:
        if month_first:
            return date(int(month_first[3]), _month(month_first[1]), int(month_first[2]))
        if day_first:
            return date(int(day_first[3]), _month(day_first[2]), int(day_first[1]))
        return date(int(numbers[3]), int(numbers[1]), int(numbers[2])) if numbers else None
    except (ValueError, StopIteration):
        return None


def _month(name: str) -> int:
    return next(at for at, names in enumerate(MONTHS, start=1) if name.lower() in names)


def _is_mark(line: str) -> bool:
    return bool(MARK.match(line[:80]) or HEADER.match(line[:40]) or WROTE.match(line[:210]))
