"""What a case got: the answers to its turns, or the error that came instead."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evals.records import Records
from evals.statements import Statement, statements

Case = dict[str, Any]
"""One line of a file of cases."""


def asked(case: Case) -> list[str]:
    """Return what a case asks, turn by turn or variant by variant; of an inquiry its fields."""
    inquiry = case.get("inquiry", {})
    return [*case.get("turns", ()), *case.get("variants", ()), *(f"{name}: {value}" for name, value in inquiry.items())]


@dataclass(frozen=True)
class Reply:
    """The answers to a case's turns, as JSON, with the records of the snapshot to hold them against."""

    answers: tuple[dict[str, Any], ...]
    records: Records
    error: str | None = None
    milliseconds: float = 0.0

    @property
    def last(self) -> dict[str, Any]:
        """The answer that is judged."""
        return self.answers[-1]

    @property
    def shown(self) -> list[str]:
        """Ids of the programs that are shown as fitting, in their order."""
        return [card["id"] for card in self.last["programs"]]

    @cached_property
    def statements(self) -> list[Statement]:
        """The statements of the last answer, each held against the records that it cites."""
        return statements(self.last, self.records)
