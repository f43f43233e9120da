"""`python -m evals neighbours`: a table of our assistant beside its neighbours."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from pathlib import Path

from rich import box
from rich.console import Console
from rich.table import Table

from assistant.opening import open_assistant
from catalog.settings import read_settings
from evals.heldout import is_held_out, log_run
from evals.neighbours.comparison import MEASURED, Result, compared, is_measured
from evals.records import Records
from evals.scores import Mean
from evals.suites import SUITES

SUITE = "learners"
WIDTH = 200


def run(options: argparse.Namespace) -> int:
    """Ask and print; of held-out cases only sums, and they are logged."""
    cases = SUITES[SUITE].cases(options.cases)
    settings = read_settings().model_copy(update={"model": None})
    assistant = open_assistant(settings, on_progress=_say, many=True)
    results = compared(cases, assistant, Records(Path(assistant.snapshot.location)), settings, _say)
    number = sum(is_measured(case) for case in cases)
    Console(width=WIDTH).print(table(results, f"{number} cases; the mean, its 95 % interval, and of how many"))
    if options.cases and is_held_out(options.cases):
        named = {f"{each.name}, {each.asked}: {name}": found for each in results for name, found in each.scores.items()}
        _say(f"logged in {log_run(options.cases, number, named)}")
    return 0


def table(results: Iterable[Result], caption: str) -> Table:
    """Return the results in the form of Markdown."""
    made = Table("search", "asked", *MEASURED, box=box.MARKDOWN, caption=caption)
    for each in results:
        cells = [f"not measured: {each.missing}"] if each.missing else [_cell(each, name) for name in MEASURED]
        made.add_row(each.name, each.asked, *cells)
    return made


def _cell(result: Result, metric: str) -> str:
    found: Mean | None = result.scores.get(metric, {}).get("all")
    if found is None or found.value is None:
        return "nothing to judge"
    return f"{found.value:.3f} ({found.low:.3f} to {found.high:.3f}; {found.of})"


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
