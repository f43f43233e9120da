"""Command line of the evals: `python -m evals run | compare | neighbours | bench`."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from assistant.answer import Question
from assistant.assistant import Assistant
from assistant.opening import open_assistant
from catalog.errors import NavigatorError, SettingsError
from catalog.settings import Settings, read_settings
from evals.comparing import differences
from evals.gate import accepted, baseline_path, failures, prompt_digests, read_baseline
from evals.heldout import commit, is_held_out, log_run
from evals.judge import Judge
from evals.obedient import NAME as OBEDIENT
from evals.obedient import obedient_endpoint
from evals.page import page
from evals.poison import open_poisoned
from evals.records import Records
from evals.reply import Case
from evals.runner import Outcome, language_and_kind, means, run
from evals.saved import Run, RunError, load, save
from evals.suites import SUITES, Suite
from evals.table import compared, tables, worst

EMBEDDED = "embedded"
ACCEPT = "Where a change is meant: look at the scores, then `python -m evals run --accept`."
WIDTH = 170
"""Columns of a table that goes to a file or a pipe."""
WARM_UP = "welding near Newark"
"""Asked once before the cases, so that loading models is not timed as an answer."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns 1 when the gate fails, 2 when something can't be read."""
    parser = _parser()
    options = parser.parse_args(arguments)
    if getattr(options, "cases", None) and len(options.suite or ()) != 1:
        parser.error("--cases needs one --suite")
    try:
        return int(options.command(options))
    except NavigatorError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(required=True)
    running = commands.add_parser("run", help="ask the cases and score the answers")
    running.add_argument("--suite", choices=SUITES, action="append", help="only this one (can be given again)")
    running.add_argument("--cases", type=Path, help="another file of cases for the one suite that is named; no gate")
    running.add_argument("--writer", default=EMBEDDED, metavar="embedded|obedient|MODEL", help="who words the answers")
    running.add_argument("--judge", action="store_true", help="have the model of NAVIGATOR_JUDGE_URL grade as well")
    running.add_argument("--json", type=Path, help="where scores and cases go as JSON")
    running.add_argument("--html", type=Path, help="where the report goes as one page")
    running.add_argument("--show-failures", type=int, default=0, metavar="N", help="print the N worst cases in full")
    running.add_argument(
        "--accept", action="store_true", help="make these scores the baseline; with all suites, the prompts too"
    )
    running.set_defaults(command=_run)
    comparing = commands.add_parser("compare", help="say how the scores of two saved runs differ")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.set_defaults(command=_compare)
    beside = commands.add_parser("neighbours", help="ask other searches the learners' cases, beside our assistant")
    beside.add_argument("--cases", type=Path, help="another file of learners' cases")
    beside.set_defaults(command=_neighbours, suite=["learners"])
    bench = commands.add_parser("bench", help="measure what size costs, on multiplied programs")
    bench.add_argument("--programs", type=int, nargs="+", default=[10_000], metavar="N", help="sizes, in one run")
    bench.add_argument("--json", type=Path, help="where the figures go as JSON")
    bench.add_argument("--folder", type=Path, help="on which disk; what is written there is deleted afterwards")
    bench.set_defaults(command=_bench)
    return parser


def _run(options: argparse.Namespace) -> int:
    start = time.perf_counter()
    with _settings(options.writer) as settings:
        done = _measured(options, settings)
    console = _console()
    for name, groups in done.scores.items():
        for made in tables(name, groups):
            console.print(made)
    if options.cases and is_held_out(options.cases):
        cases = len(SUITES[options.suite[0]].cases(options.cases))
        _say(f"logged in {log_run(options.cases, cases, done.scores[options.suite[0]])}")
    for name, found in done.outcomes.items():
        for text in worst(found, options.show_failures):
            print(f"{name} {text}\n")
    if options.json:
        save(done, options.json)
    _say(f"{time.perf_counter() - start:.0f} s in all")
    return _judged(options, done)


@contextmanager
def _settings(writer: str) -> Iterator[Settings]:
    """Yield the settings with the writer that was asked for; the obedient model is served while the block runs."""
    settings = read_settings()
    if writer == OBEDIENT:
        with obedient_endpoint() as endpoint:
            yield settings.model_copy(update={"model": writer, "openai_base_url": endpoint.url})
            if not endpoint.asked:
                raise RunError("The obedient model was never asked: do the answers use a model at all?")
    else:
        yield settings.model_copy(update={"model": None if writer == EMBEDDED else writer})


def _measured(options: argparse.Namespace, settings: Settings) -> Run:
    chosen = [SUITES[name] for name in options.suite or SUITES]
    cases = {suite.name: suite.cases(options.cases) for suite in chosen}
    assistant = open_assistant(settings, on_progress=_say, many=True)
    outcomes = {suite.name: _asked(suite, cases[suite.name], assistant, settings) for suite in chosen}
    errors = sum(each.reply.error is not None for found in outcomes.values() for each in found)
    if errors:
        _say(f"{errors} cases ended in an error; each scores its default")
    if options.judge:
        judge = _judge(settings)
        outcomes = {name: [judge.judged(each) for each in found] for name, found in outcomes.items()}
    if options.writer not in (EMBEDDED, OBEDIENT) and not any(
        _is_worded(each) for found in outcomes.values() for each in found
    ):
        raise RunError(f"No answer was worded by {options.writer}: is a model reached under that name?")
    is_summed = bool(options.cases and is_held_out(options.cases))
    return Run(
        writer=options.writer,
        commit=commit(Path(__file__).parent),
        snapshot=assistant.snapshot.content_hash[:16],
        date=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        scores={name: means(found, language_and_kind) for name, found in outcomes.items()},
        outcomes={} if is_summed else outcomes,
    )


def _asked(suite: Suite, cases: list[Case], assistant: Assistant, settings: Settings) -> list[Outcome]:
    if suite.poisoned:
        with open_poisoned(assistant.snapshot, cases, settings, _say) as poisoned:
            return _run_suite(suite.name, cases, poisoned)
    return _run_suite(suite.name, cases, assistant)


def _judge(settings: Settings) -> Judge:
    if not settings.judge_url or not settings.judge_model:
        raise SettingsError("--judge needs NAVIGATOR_JUDGE_URL and NAVIGATOR_JUDGE_MODEL.")
    key = settings.judge_key.get_secret_value() if settings.judge_key else None
    return Judge(settings.judge_url, settings.judge_model, key)


def _is_worded(outcome: Outcome) -> bool:
    return any(not answer.get("writer", EMBEDDED).startswith(EMBEDDED) for answer in outcome.reply.answers)


def _run_suite(name: str, cases: list[Case], assistant: Assistant) -> list[Outcome]:
    assistant.ask(Question(text=WARM_UP))
    return run(name, cases, assistant, Records(Path(assistant.snapshot.location)), on_progress=_say)


def _judged(options: argparse.Namespace, done: Run) -> int:
    """Hold a run against the baseline, or make it the baseline; other cases and other writers have none."""
    has_baseline = not options.cases and options.writer == EMBEDDED
    baseline = read_baseline(baseline_path())
    prompts = prompt_digests()
    fallen = list(failures(done.scores, baseline, prompts)) if has_baseline else []
    if options.html:
        floors = {key: bar["value"] - bar["tolerance"] for key, bar in baseline["scores"].items()}
        options.html.write_text(page(done, floors if has_baseline else {}, fallen), encoding="utf-8")
    if options.accept and has_baseline:
        new = accepted(done.scores, baseline["prompts"] if options.suite else prompts, baseline)
        baseline_path().write_text(json.dumps(new, indent=1) + "\n", encoding="utf-8")
        _say(f"accepted as the baseline, {len(new['scores'])} scores; the gate had {len(fallen)} objections")
        return 0
    for each in fallen:
        _say(each)
    if has_baseline:
        _say(f"the gate failed. {ACCEPT}" if fallen else "the gate passed")
    return 1 if fallen else 0


def _compare(options: argparse.Namespace) -> int:
    _console().print(compared(differences(load(options.before), load(options.after))))
    return 0


def _neighbours(options: argparse.Namespace) -> int:
    from evals.neighbours.command import run as run_neighbours

    return run_neighbours(options)


def _bench(options: argparse.Namespace) -> int:
    from evals.bench import run as run_bench

    return run_bench(options)


def _console() -> Console:
    return Console() if sys.stdout.isatty() else Console(width=WIDTH)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
