"""The share of shown programs whose published cost, length and place break no limit of the case."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("programs",)
DEFAULT = 0.0
TOLERANCE = 0.0


def applies(_case: Case) -> bool:
    """Every case of the suite."""
    return True


def score(case: Case, reply: Reply) -> Score:
    """Return the share of programs that break nothing."""
    cards = reply.last["programs"]
    wrong = [
        f"{card['id']}: {name}" for card in cards for name in broken(case, card, reply.records.programs[card["id"]])
    ]
    bad = len({each.rsplit(": ", 1)[0] for each in wrong})
    if not cards:
        return Score(1.0, "no program shown", of=0)
    return Score(1 - bad / len(cards), "; ".join(wrong) or "none broken", of=len(cards))


def broken(case: Case, card: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[str]:
    """Yield the limits that a program breaks for certain; what is not published breaks nothing."""
    for name, value in (
        ("max_cost_usd", record["cost_total_usd"]),
        ("max_weeks", record["length_weeks_min"]),
        ("miles", card["distance_miles"]),
    ):
        if name in case and value is not None and value > case[name]:
            yield name
    if "county" in case and record["place_county"] not in (None, case["county"]):
        yield "county"
