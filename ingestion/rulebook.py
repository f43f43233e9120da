"""Finding the rules: every module of `ingestion.quality` declares RULE, SUBJECT and check."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

import ingestion.quality
from catalog.records import Finding, Rule
from ingestion.evidence import Case

Subject = Literal["school", "record", "provider_cip", "program"]
"""What a rule is shown: a school with all sources' evidence, one source's own record of a provider,
a provider's field of study, or a program."""


@dataclass(frozen=True)
class RuleModule:
    """One rule: what it declares, whom it judges, and its pure function."""

    rule: Rule
    subjects: frozenset[Subject]
    check: Callable[[Case, date], Iterator[Finding]]

    def in_force(self, on: date) -> bool:
        """Whether the rule is in force on a day; a rule without dates always is."""
        begun = self.rule.in_force_from is None or self.rule.in_force_from <= on
        return begun and (self.rule.superseded_on is None or on < self.rule.superseded_on)


def all_rules() -> dict[str, RuleModule]:
    """Return the rules by id, in the order of their ids."""
    found: dict[str, RuleModule] = {}
    for info in sorted(pkgutil.iter_modules(ingestion.quality.__path__), key=lambda info: info.name):
        module = importlib.import_module(f"ingestion.quality.{info.name}")
        found[info.name] = RuleModule(module.RULE, frozenset(module.SUBJECTS), module.check)
    return found
