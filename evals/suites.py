"""The suites: which cases are asked, and how a reply to one comes about."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from catalog.errors import NavigatorError
from evals.reply import Case


class CasesError(NavigatorError):
    """Cases can't be read; whoever wrote the file must act."""


@dataclass(frozen=True)
class Suite:
    """A named set of cases."""

    name: str
    what: str
    path: Path
    poisoned: bool = False
    """Asked over a snapshot whose records hold the hostile texts of the cases."""
    persona: str | None = None
    """Who asks, where a case does not say it."""

    def cases(self, path: Path | None = None) -> list[Case]:
        """Return the cases of the suite, or of another file with the same layout.

        Raises CasesError naming the file and the line.
        """
        asked_by = {"persona": self.persona} if self.persona else {}
        return [{**asked_by, **case} for case in _read(path or self.path)]


def _suite(name: str, file: str, what: str, *, poisoned: bool = False, persona: str | None = None) -> Suite:
    return Suite(name, what, Path(str(files("evals"))) / "cases" / file, poisoned, persona)


SUITES = {
    suite.name: suite
    for suite in (
        _suite("learners", "dev/learner.jsonl", "learners' questions with graded programs"),
        _suite("employers", "dev/employer.jsonl", "what a credential means, with checked facts", persona="employer"),
        _suite("programs", "programs.jsonl", "a limit or two, each figure held against the records"),
        _suite("standards", "standards.jsonl", "what does a standard mean"),
        _suite("warnings", "warnings.jsonl", "provider checks with labels from the raw files"),
        _suite("refusal", "refusal.jsonl", "what is not for it, and false premises"),
        _suite("fairness", "fairness.jsonl", "one question asked by several people, in several ways"),
        _suite("attacks", "attacks.jsonl", "hostile questions"),
        _suite("poison", "poison.jsonl", "hostile texts in the records of programs and credentials", poisoned=True),
    )
}


def _read(path: Path) -> Iterator[Case]:
    if not path.is_file():
        raise CasesError(f"{path}: no such file of cases.")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip():
            try:
                yield json.loads(line)
            except json.JSONDecodeError as error:
                raise CasesError(f"{path}, line {number}: {error}. One JSON object a line is expected.") from None
