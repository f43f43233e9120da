"""A run as JSON: scores, and every case with its question, answer, evidence, scores and reasons."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from catalog.errors import NavigatorError
from evals.runner import Outcome
from evals.scores import Mean


class RunError(NavigatorError):
    """A saved run can't be read; whoever named the file must act."""


@dataclass(frozen=True)
class Run:
    """What was measured, with what."""

    writer: str
    commit: str
    snapshot: str
    date: str
    scores: dict[str, dict[str, dict[str, Mean]]]
    outcomes: dict[str, list[Outcome]]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain data."""
        return {
            "writer": self.writer,
            "commit": self.commit,
            "snapshot": self.snapshot,
            "date": self.date,
            "scores": {
                suite: {
                    metric: {group: vars(mean) for group, mean in groups.items()} for metric, groups in found.items()
                }
                for suite, found in self.scores.items()
            },
            "cases": {suite: [_case(outcome) for outcome in found] for suite, found in self.outcomes.items()},
        }


def save(run: Run, path: Path) -> None:
    """Write a run as JSON."""
    path.write_text(json.dumps(run.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")


def load(path: Path) -> dict[str, Any]:
    """Return a saved run; raises RunError naming the file."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError) as error:
        raise RunError(f"{path}: {error}. Write one with `python -m evals run --json {path}`.") from None
    if not isinstance(found, dict) or not {"scores", "cases"} <= found.keys():
        raise RunError(f"{path} is no run: `scores` and `cases` are missing.")
    return found


def _case(outcome: Outcome) -> dict[str, Any]:
    case, reply = outcome.case, outcome.reply
    kept = ("id", "kind", "language", "persona", "why", "turns", "variants", "inquiry", "slots", "labels")
    return {
        **{name: case[name] for name in kept if name in case},
        "error": reply.error,
        "milliseconds": round(reply.milliseconds, 1),
        "scores": {name: vars(score) for name, score in outcome.scores.items()},
        "answers": list(reply.answers),
    }
