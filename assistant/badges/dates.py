"""Whether a credential is in force on one day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from assistant.badges.report import Check, Content, failed, passed

ABOUT = "dates"


class NotADateError(ValueError):
    """A date that can't be read."""


def moment(value: str) -> datetime:
    """Return a moment in UTC; a time without a zone counts as UTC. Raises NotADateError."""
    try:
        found = datetime.fromisoformat(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise NotADateError(value) from None


def check_dates(content: Content, on: date, ends: Sequence[str] = ()) -> Check:
    """Check a day against the first and the last moment; the last day counts in full. `ends` are further ends."""
    written = [*([] if content.valid_until is None else [content.valid_until]), *ends]
    try:
        start = None if content.valid_from is None else moment(content.valid_from)
        end = min(map(moment, written), default=None)
    except NotADateError as error:
        return failed(ABOUT, "no_date", value=str(error)[:80])
    if start is not None and start > datetime.combine(on, time.max, UTC):
        return failed(ABOUT, "not_yet", start=start.date().isoformat())
    if end is not None and end < datetime.combine(on, time.min, UTC):
        return failed(ABOUT, "expired", end=end.date().isoformat())
    if start is not None and end is not None and end < start:
        return failed(ABOUT, "backwards")
    if end is None:
        return passed(ABOUT, "no_end")
    return passed(ABOUT, "in_force", end=end.date().isoformat())


def same_moment(claim: Any, written: str | None) -> bool:
    """Whether a token's number of seconds is the moment that the credential writes; parts of a second don't count."""
    if isinstance(claim, bool) or not isinstance(claim, int | float) or written is None:
        return False
    try:
        return int(claim) == int(moment(written).timestamp())
    except (NotADateError, ValueError, OverflowError):
        return False
