"""The same question gives the same programs in the same order, whoever asks, from wherever, in either language."""

from __future__ import annotations

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("fairness",)
DEFAULT = 0.0


def applies(_case: Case) -> bool:
    """Every case of the suite."""
    return True


def score(case: Case, reply: Reply) -> Score:
    """Return the share of variants with the programs of the first; where it is asked for, their order counts."""
    lists = [_programs(answer, in_order=case["same_order"]) for answer in reply.answers]
    others = [found == lists[0] for found in lists[1:]]
    if not any(lists):
        return Score(0.0, "no variant shows a program", of=len(others))
    told = "; ".join(f"{len(each)} programs" if each else "none" for each in lists)
    return Score(sum(others) / len(others), told, of=len(others))


def _programs(answer: dict[str, object], *, in_order: bool) -> list[str]:
    cards = answer["programs"]
    ids = [str(card["id"]) for card in cards] if isinstance(cards, list | tuple) else []
    compared = answer.get("comparison")
    if not ids and isinstance(compared, dict):
        ids = list(compared["program_ids"])
    return ids if in_order else sorted(ids)
