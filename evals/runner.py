"""Cases x assistant -> outcomes: every turn is asked as people ask it, errors are kept, each metric says its score."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.answer import Answer, Persona, Question
from assistant.assistant import Assistant
from assistant.checked import Checked, Inquiry
from evals.metrics import metrics
from evals.records import Records
from evals.reply import Case, Reply
from evals.scores import Mean, Score, mean
from prompts import Texts


@dataclass(frozen=True)
class Outcome:
    """One case with its reply and its scores by metric."""

    case: Case
    reply: Reply
    scores: Mapping[str, Score] = field(default_factory=dict)


def run(
    suite: str,
    cases: Iterable[Case],
    assistant: Assistant,
    records: Records,
    on_progress: Callable[[str], None] = lambda _text: None,
) -> list[Outcome]:
    """Ask every case and score every reply."""
    outcomes = []
    for number, case in enumerate(cases, start=1):
        reply = ask(case, assistant, records)
        outcomes.append(Outcome(case, reply, dict(_scores(suite, case, reply))))
        if number % 20 == 0:
            on_progress(f"{suite}: {number} asked")
    return outcomes


def ask(case: Case, assistant: Assistant, records: Records) -> Reply:
    """Ask a case, and keep what goes wrong as its outcome."""
    answers: list[dict[str, Any]] = []
    start = time.perf_counter()
    try:
        answers += (each.model_dump(mode="json") for each in _answers(case, assistant))
    except Exception as error:  # noqa: BLE001 (whatever goes wrong is the outcome of the case)
        return Reply(tuple(answers), records, error=_last_lines(error))
    return Reply(tuple(answers), records, milliseconds=(time.perf_counter() - start) * 1000)


def _answers(case: Case, assistant: Assistant) -> Iterator[Answer | Checked]:
    """Yield the answers to a case.

    `turns` are asked one after the other, each with those before it as its history; `variants` are conversations of
    one turn, asked apart; an `inquiry` goes to the provider check.
    """
    if "inquiry" in case:
        inquiry = Inquiry.model_validate(case["inquiry"])
        yield assistant.checker.check(inquiry, Texts(case.get("language", "en")))
        return
    persona = Persona(case["persona"]) if case.get("persona") in set(Persona) else Persona.LEARNER
    for text in case.get("variants", ()):
        yield assistant.ask(Question(text=text, persona=persona))
    turns = case.get("turns", ())
    for place, turn in enumerate(turns):
        yield assistant.ask(Question(text=turn, persona=persona, history=tuple(turns[:place])))


def means(outcomes: Iterable[Outcome], groups: Callable[[Case], Iterable[str]]) -> dict[str, dict[str, Mean]]:
    """Return the mean of each metric for each group that cases belong to."""
    gathered: dict[str, dict[str, list[Score]]] = {}
    for outcome in outcomes:
        for name, score in outcome.scores.items():
            for group in groups(outcome.case):
                gathered.setdefault(name, {}).setdefault(group, []).append(score)
    return {name: {group: mean(scores) for group, scores in groups.items()} for name, groups in gathered.items()}


def language_and_kind(case: Case) -> Iterator[str]:
    """Yield the groups of a case: all, its language, its kind, and whether it has several turns."""
    yield "all"
    for name in ("language", "kind"):
        if name in case:
            yield case[name]
    if len(case.get("turns", ())) > 1:
        yield "several_turns"


def _scores(suite: str, case: Case, reply: Reply) -> Iterator[tuple[str, Score]]:
    for metric in metrics():
        if suite in metric.suites and metric.applies(case):
            yield metric.name, metric.judged(case, reply)


def _last_lines(error: Exception) -> str:
    return (
        "".join(traceback.format_exception_only(error)).strip() + " at " + traceback.format_tb(error.__traceback__)[-1]
    )
