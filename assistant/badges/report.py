"""What is said about a badge file: its content, each check, and the verdict. The words are in prompts/."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import Field

from catalog.errors import NavigatorError
from catalog.records import Record
from prompts import Texts


class UnreadableError(NavigatorError):
    """The file is no badge that can be read; whoever supplied it must act."""

    def __init__(self, reason: str, **values: Any) -> None:
        self.reason, self.values = reason, values
        super().__init__(self.text(Texts("en")))

    def text(self, texts: Texts) -> str:
        """Say in one language what is wrong and what to do."""
        return texts(f"badge_unreadable.{self.reason}", **self.values)


class Verdict(StrEnum):
    """What can be said of the whole file on one day."""

    VALID = "valid"
    INVALID = "invalid"
    CANNOT_TELL = "cannot_tell"


class Outcome(StrEnum):
    """What one check found; `unknown` when the check could not be made."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"


class Check(Record):
    """One check: `about` names it, `reason` is a key of the texts, `values` go into that text."""

    about: str
    outcome: Outcome
    reason: str
    values: dict[str, str] = Field(default_factory=dict)


class Party(Record):
    """Who issues or who receives; nothing here was checked against anyone."""

    id: str | None = None
    name: str | None = None
    url: str | None = None


class Alignment(Record):
    """What an achievement is said to match, in whose framework."""

    name: str | None = None
    framework: str | None = None
    code: str | None = None
    url: str | None = None


class Achievement(Record):
    """What was achieved, by which criteria."""

    id: str | None = None
    name: str | None = None
    kind: str | None = None
    description: str | None = None
    criteria: str | None = None
    criteria_url: str | None = None
    creator: Party | None = None
    alignments: tuple[Alignment, ...] = ()


class Evidence(Record):
    """A work or a page that the issuer points to."""

    name: str | None = None
    description: str | None = None
    url: str | None = None


class Content(Record):
    """What the file asserts, in the issuer's own words; `None` is *not said*. Dates are as written."""

    kind: str
    id: str | None = None
    name: str | None = None
    description: str | None = None
    issuer: Party | None = None
    recipient: Party | None = None
    achievements: tuple[Achievement, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    valid_from: str | None = None
    valid_until: str | None = None
    status_kind: str | None = None
    endorsements: int = 0


class Report(Record):
    """A whole badge file, judged on one day."""

    form: str
    on: date
    verdict: Verdict
    content: Content
    checks: tuple[Check, ...]
    inner: tuple[Report, ...] = ()


def passed(about: str, reason: str, **values: str) -> Check:
    """Return a check that was made and holds."""
    return Check(about=about, outcome=Outcome.PASSED, reason=reason, values=values)


def failed(about: str, reason: str, **values: str) -> Check:
    """Return a check that was made and does not hold."""
    return Check(about=about, outcome=Outcome.FAILED, reason=reason, values=values)


def unknown(about: str, reason: str, **values: str) -> Check:
    """Return a check that could not be made."""
    return Check(about=about, outcome=Outcome.UNKNOWN, reason=reason, values=values)


def verdict_of(checks: tuple[Check, ...]) -> Verdict:
    """One failed check makes it invalid; one that could not be made leaves it open."""
    outcomes = {check.outcome for check in checks}
    if Outcome.FAILED in outcomes:
        return Verdict.INVALID
    return Verdict.CANNOT_TELL if Outcome.UNKNOWN in outcomes or not outcomes else Verdict.VALID
