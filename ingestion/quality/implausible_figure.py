"""A published figure that can't be right: held back from answers, and said so.

A total price of 41 million dollars, hours that are a placeholder, pay that is an hour's. The verdict is
*cannot tell*: the publisher's slip says nothing of the program. The question to ask is the true figure.
Policy: none; a choice of this product.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from catalog.records import Finding, Rule, Severity, Verdict
from ingestion.evidence import Case
from ingestion.findings import finding

RULE = Rule(
    id="implausible_figure",
    title="implausible_figure",
    url=None,
    standards=("cannot_tell",),
    basis="ours",
    in_force_from=None,
    last_checked=date(2026, 11, 24),
    severity=Severity.INFO,
    level="program",
    for_whom="everyone",
    population="programs",
    measure="any_published_figure",
    horizon="list",
    current_url=None,
)
SUBJECTS = ("program",)


def check(case: Case, on: date) -> Iterator[Finding]:
    """Yield *cannot tell* for each published figure of a program that was held back."""
    program = case.program
    if program is None:
        return
    for name in sorted(set(program.held_back)):
        more: dict[str, Any] = {"missing": name, "values": (f"held_back={name}",), "key": name}
        yield finding(RULE, case, on, Verdict.CANNOT_TELL, "held_back", [program.provenance], **more)
