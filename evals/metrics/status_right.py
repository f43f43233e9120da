"""The answer is of the kind that was asked for: programs, a question back, a refusal, a count, a comparison, …"""

from __future__ import annotations

from typing import Any

from evals.reply import Case, Reply
from evals.scores import Score

SUITES = ("learners",)
DEFAULT = 0.0


def applies(_case: Case) -> bool:
    """Every case has a kind."""
    return True


def score(case: Case, reply: Reply) -> Score:
    """Return 1 when status and parts of the answer are those of the kind."""
    answer = reply.last
    held = {part: bool(answer.get(part)) for part in ("programs", "comparison", "counted", "providers", "standards")}
    told = (
        f"status {answer['status']}, intent {answer['intent']}, with {[part for part, is_in in held.items() if is_in]}"
    )
    return Score(float(_is_right(case["kind"], answer, held)), f"{case['kind']}: {told}")


def _is_right(kind: str, answer: dict[str, Any], held: dict[str, bool]) -> bool:
    status, is_answered = answer["status"], answer["status"] == "answered"
    return {
        "find": is_answered and held["programs"],
        "nothing_fits": status == "nothing_fits" and not held["programs"],
        "count": is_answered and held["counted"],
        "compare": is_answered and held["comparison"],
        "check": is_answered and (held["programs"] or held["providers"]),
        "standard": is_answered and held["standards"],
        "clarify": status == "clarify" and not held["programs"],
        "off_topic": status == "refused" and not held["programs"],
    }[kind]
