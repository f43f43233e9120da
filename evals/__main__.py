"""Command line of the evals: `python -m evals run` asks the cases, prints a table, and fails below the baseline."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from assistant.answer import Question
from assistant.assistant import Assistant
from assistant.opening import open_assistant
from catalog.settings import read_settings
from evals.records import broken_limits, programs, unsupported_dollars

Scores = dict[str, float]


def main(arguments: list[str] | None = None) -> int:
    """Run the suites; returns 1 when a gated score falls below its floor."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(required=True)
    commands.add_parser("run", help="run the offline suites").set_defaults(command=_run)
    return int(parser.parse_args(arguments).command())


def _run() -> int:
    assistant = open_assistant(read_settings(), on_progress=lambda text: print(text, file=sys.stderr))
    scores = {**standards(assistant), **learners(assistant)}
    floors: Scores = json.loads((_here() / "baseline.json").read_text(encoding="utf-8"))
    table = Table("score", "measured", "floor")
    for name, value in scores.items():
        table.add_row(name, f"{value:.3f}", f"{floors[name]:.3f}")
    Console().print(table)
    fallen = [name for name, floor in floors.items() if scores.get(name, 0.0) < floor]
    if fallen:
        print(f"below the baseline: {', '.join(fallen)}", file=sys.stderr)
    return 1 if fallen else 0


def standards(assistant: Assistant) -> Scores:
    """Return how often the standard that was asked for is the one explained."""
    cases = list(_cases("standards"))
    explained = [[each["id"] for each in _ask(assistant, case)["standards"]] for case in cases]
    right = sum(case["standard"] == ids[0] for case, ids in zip(cases, explained, strict=True) if ids)
    return {"standards.right": right / len(cases)}


def learners(assistant: Assistant) -> Scores:
    """Return scores of the learners' questions; a case without programs scores 0, never leaves the mean."""
    records = programs(Path(assistant.snapshot.location))
    cases = list(_cases("programs"))
    answers = [_ask(assistant, case) for case in cases]
    shown = [(case, card) for case, answer in zip(cases, answers, strict=True) for card in answer["programs"]]
    kept = sum(not broken_limits(case, card, records[card["id"]]) for case, card in shown)
    return {
        "learners.answered": sum(bool(a["programs"]) for a in answers) / len(cases),
        "learners.limits_honoured": kept / len(shown) if shown else 0.0,
        "learners.amounts_in_records": sum(not unsupported_dollars(a, records) for a in answers) / len(cases),
        "learners.nothing_dropped": sum(a["dropped_sentences"] == 0 for a in answers) / len(cases),
        "learners.language": sum(a["language"] == c["language"] for c, a in zip(cases, answers, strict=True))
        / len(cases),
    }


def _ask(assistant: Assistant, case: dict[str, Any]) -> dict[str, Any]:
    return assistant.ask(Question(text=case["turns"][-1], history=tuple(case["turns"][:-1]))).model_dump(mode="json")


def _cases(suite: str) -> Iterator[dict[str, Any]]:
    with (_here() / "cases" / f"{suite}.jsonl").open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def _here() -> Path:
    return Path(str(files("evals")))


if __name__ == "__main__":
    sys.exit(main())
