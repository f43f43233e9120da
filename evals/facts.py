"""Published facts of named programs, looked for in an answer's cards, comparison and text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

from evals.labels.derive import LENGTH_WEEKS
from evals.reply import Case
from evals.slots import plain

NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
NOT_PUBLISHED = ("", "-99999", "-99999.0")
LICENSE = re.compile(r"licen[sc]|licencia", re.IGNORECASE)
AID = re.compile(r"financial aid|pell|ayuda financiera|ayuda federal", re.IGNORECASE)


def missing(case: Case, answer: dict[str, Any]) -> tuple[list[str], int]:
    """Return the published facts that an answer does not hold, and how many were published."""
    wrong, every = [], 0
    for key, facts in case["expected"]["facts"].items():
        card = next((card for card in answer["programs"] if card["id"] == key), None)
        for column, value in facts.items():
            if str(value).strip() in NOT_PUBLISHED:
                continue
            every += 1
            if not _is_told(column, str(value).strip(), card, answer):
                wrong.append(f"{key} {column} {value}")
    return wrong, every


def _is_told(column: str, value: str, card: dict[str, Any] | None, answer: dict[str, Any]) -> bool:
    words = _words(answer)
    told = {float(number.replace(",", "")) for number in NUMBER.findall(words)}
    told |= set(_numbers(card))
    tests: dict[str, Callable[[], bool]] = {
        "calendarlengthid": lambda: _has_length(value, card, told),
        "leadtolicense": lambda: (
            bool(LICENSE.search(" ".join(card["leads_to"]) if card else words)) == (value in ("t", "1"))
        ),
        "financialaid": lambda: bool((card and card["funding"]) or AID.search(words)),
        "licenseawardedname": lambda: plain(value) in plain(words + " ".join(card["leads_to"] if card else ())),
    }
    if column in tests:
        return tests[column]()
    number = float(value)
    if column.startswith("PerEmployed"):
        return any(abs(each - number) < 0.006 or abs(each - 100 * number) < 0.6 for each in told)
    return any(abs(each - number) < 0.6 for each in told)


def _has_length(value: str, card: dict[str, Any] | None, told: set[float]) -> bool:
    low, high = LENGTH_WEEKS[value]
    if card is None or card["length"]["weeks_min"] is None:
        return low in told or high in told
    least, most = card["length"]["weeks_min"], card["length"]["weeks_max"]
    return least <= high + 1 and (most is None or most >= low - 1)


def _words(answer: dict[str, Any]) -> str:
    rows = (answer.get("comparison") or {}).get("rows", ())
    return "\n".join([answer["text"], *(" | ".join(row) for row in rows)])


def _numbers(part: Any) -> Iterator[float]:
    if isinstance(part, bool) or part is None:
        return
    if isinstance(part, int | float):
        yield float(part)
    elif isinstance(part, dict):
        for value in part.values():
            yield from _numbers(value)
    elif isinstance(part, list | tuple):
        for value in part:
            yield from _numbers(value)
