"""Command line of the evals: `python -m evals run` asks the cases, prints a table, and fails below the baseline."""

from __future__ import annotations

import argparse
import json
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

from rich.console import Console

from assistant.opening import open_assistant
from catalog.errors import NavigatorError
from catalog.settings import read_settings
from evals.heldout import is_held_out, log_run
from evals.records import Records
from evals.runner import Outcome, language_and_kind, means, run
from evals.scores import Mean
from evals.suites import SUITES
from evals.table import failures, tables


def main(arguments: list[str] | None = None) -> int:
    """Run the suites; returns 1 when a gated score falls below its floor, 2 when the cases can't be read."""
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(required=True)
    running = commands.add_parser("run", help="ask the cases and score the answers")
    running.add_argument("--suite", choices=SUITES, action="append", help="only this one (can be given again)")
    running.add_argument("--cases", type=Path, help="another file of cases for the one suite that is named")
    running.add_argument("--json", type=Path, help="where scores and cases go as JSON")
    running.add_argument("--show-failures", type=int, default=0, metavar="N", help="print the N worst cases in full")
    running.set_defaults(command=_run)
    options = parser.parse_args(arguments)
    if options.cases and len(options.suite or ()) != 1:
        parser.error("--cases needs one --suite")
    try:
        return int(options.command(options))
    except NavigatorError as error:
        print(error, file=sys.stderr)
        return 2


def _run(options: argparse.Namespace) -> int:
    chosen = [SUITES[name] for name in options.suite or SUITES]
    cases = {suite.name: suite.cases(options.cases) for suite in chosen}
    assistant = open_assistant(read_settings(), on_progress=_say, many=True)
    records = Records(Path(assistant.snapshot.location))
    scores: dict[str, dict[str, dict[str, Mean]]] = {}
    outcomes: dict[str, list[Outcome]] = {}
    for name, lines in cases.items():
        outcomes[name] = run(name, lines, assistant, records, on_progress=_say)
        scores[name] = means(outcomes[name], language_and_kind)
    console = Console() if sys.stdout.isatty() else Console(width=120)
    for name, groups in scores.items():
        for made in tables(name, groups):
            console.print(made)
    if options.cases and is_held_out(options.cases):
        _say(f"logged in {log_run(options.cases, len(cases[options.suite[0]]), scores[options.suite[0]])}")
        outcomes = {}
    for name, found in outcomes.items():
        for text in failures(found, options.show_failures):
            print(f"{name} {text}\n")
    if options.json:
        options.json.write_text(json.dumps(_as_json(scores, outcomes), ensure_ascii=False, indent=1), encoding="utf-8")
    return 0 if options.cases else _held_against_floors(scores)


def _held_against_floors(scores: dict[str, dict[str, dict[str, Mean]]]) -> int:
    floors = json.loads((Path(str(files("evals"))) / "baseline.json").read_text(encoding="utf-8"))
    fallen = []
    for key, floor in floors.items():
        suite, _, metric = key.partition(".")
        if suite in scores:
            value = scores[suite][metric]["all"].value
            if value is None or value < floor:
                fallen.append(f"{key} is {value}, its floor {floor}")
    if fallen:
        print(f"below the baseline: {'; '.join(fallen)}", file=sys.stderr)
    return 1 if fallen else 0


def _as_json(scores: dict[str, dict[str, dict[str, Mean]]], outcomes: dict[str, list[Outcome]]) -> dict[str, Any]:
    return {
        "scores": {
            suite: {metric: {group: vars(mean) for group, mean in groups.items()} for metric, groups in found.items()}
            for suite, found in scores.items()
        },
        "cases": {suite: [_case(outcome) for outcome in found] for suite, found in outcomes.items()},
    }


def _case(outcome: Outcome) -> dict[str, Any]:
    return {
        "id": outcome.case["id"],
        "turns": outcome.case["turns"],
        "error": outcome.reply.error,
        "milliseconds": round(outcome.reply.milliseconds, 1),
        "scores": {name: vars(score) for name, score in outcome.scores.items()},
        "answer": outcome.reply.last if outcome.reply.answers else None,
    }


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
