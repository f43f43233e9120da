"""E-mail as messages: broken MIME, unknown charsets, HTML and tracking links become plain text, nothing is fetched."""

from __future__ import annotations

import mailbox
import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message as Mail
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from pathlib import Path

from assistant.desk.message import MOST_CHARACTERS, Message

MOST_HTML = 500_000
"""Characters of HTML that are read; the parser needs long for pages of nothing but `<`."""
SILENT = frozenset(("script", "style", "head", "title", "template", "noscript", "svg", "object"))
BREAKS = frozenset(("br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote", "table"))


def read_mbox(path: Path) -> Iterator[Message]:
    """Yield the messages of a mailbox."""
    box = mailbox.mbox(path, create=False)
    try:
        for number, key in enumerate(box.iterkeys(), start=1):
            yield message_of(message_from_bytes(box.get_bytes(key), policy=policy.compat32), f"mail-{number}")
    finally:
        box.close()


def read_mail(content: bytes, ticket_id: str) -> Message:
    """Return one e-mail as a message, whatever its bytes."""
    return message_of(message_from_bytes(content, policy=policy.compat32), ticket_id)


def message_of(mail: Mail, ticket_id: str) -> Message:
    """Return an e-mail as a message; its Message-ID is the ticket's id where it has one."""
    given = re.sub(r"\s+", "", str(mail.get("Message-ID") or "")).strip("<>")
    return made(
        ticket_id=given[:200] or ticket_id,
        received_at=_date(str(mail.get("Date") or "")),
        sender=_header(mail, "From"),
        subject=_header(mail, "Subject"),
        body=_body(mail),
    )


def made(ticket_id: str, received_at: datetime | None, sender: str, subject: str, body: str) -> Message:
    """Return a message without control characters and no longer than what is read."""
    cleaned = clean(body)
    return Message(
        ticket_id=ticket_id,
        received_at=received_at,
        sender=clean(sender)[:500],
        subject=clean(subject)[:1000],
        body=cleaned[:MOST_CHARACTERS],
        cut=len(cleaned) > MOST_CHARACTERS,
    )


def clean(text: str) -> str:
    """Return a text without control, invisible and unpaired characters; line ends are `\\n`."""
    # A little more than what is read is enough to tell that it was cut.
    lines = text[: MOST_CHARACTERS * 5].replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Cn"))


def _header(mail: Mail, name: str) -> str:
    value = str(mail.get(name) or "")
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, UnicodeError, ValueError):
        return value


def _date(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _body(mail: Mail) -> str:
    """Return the plain text, or the HTML read as text where there is none."""
    found: dict[str, list[str]] = {"text/plain": [], "text/html": []}
    for part in mail.walk():
        kind = part.get_content_type()
        if kind in found and part.get_content_disposition() != "attachment" and not part.is_multipart():
            found[kind].append(_decoded(part))
    plain = "\n".join(found["text/plain"])
    return plain if plain.strip() else "\n".join(text_of_html(each) for each in found["text/html"])


def _decoded(part: Mail) -> str:
    content = part.get_payload(decode=True)
    if not isinstance(content, bytes):
        return str(part.get_payload() or "")
    try:
        return content.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return content.decode("utf-8", errors="replace")


class _Reader(HTMLParser):
    """Collects the text that a reader sees; addresses of links and pictures are left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002
        """Begin a line or a silent stretch."""
        self._silent += tag in SILENT
        if tag in BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        """End a silent stretch."""
        if tag in SILENT and self._silent:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        """Keep what is seen."""
        if not self._silent:
            self.parts.append(data)


def text_of_html(html: str) -> str:
    """Return the text of a page, one line for each block."""
    reader = _Reader()
    try:
        reader.feed(html[:MOST_HTML])
        reader.close()
    except AssertionError:
        # The standard parser asserts on some broken declarations; what it read so far counts.
        pass
    lines = (" ".join(line.split()) for line in "".join(reader.parts).splitlines())
    return "\n".join(line for line in lines if line)
