"""Our assistant over a multiplied snapshot: index, opening, memory, whole answers, recall of the retriever."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from assistant.answer import Question
from assistant.assistant import Assistant
from assistant.opening import LOOKED_UP
from catalog.settings import Settings
from catalog.snapshot import Snapshot
from evals.size.clocks import Figures, latencies, megabytes, peak_megabytes, recall, timed
from evals.size.questions import Asked, questions
from vectorstore.index import build_index, ensure_index
from vectorstore.search import Searcher

NEAREST = 20
WARM_UP = "bartending classes"


def build(location: Path, home: Path) -> Figures:
    """Build the index of a snapshot whose vectors are in the cache of the home folder."""
    snapshot = Snapshot(location)
    folder, seconds = timed(lambda: build_index(snapshot, Settings(home=home, model=None)))
    snapshot.close()
    programs = snapshot.manifest.tables["programs"].rows
    return {
        "index build without embedding, s": seconds,
        "index build, programs/s": programs / seconds,
        "index on disk, MB": megabytes(folder),
    }


def ask(location: Path, home: Path) -> Figures:
    """Open the assistant, ask all questions, compare its search with the exact one; for a process of its own."""
    assistant, opening = timed(lambda: _opened(location, home))
    _answer, first = timed(lambda: assistant.ask(Question(text=WARM_UP)))
    asked = questions()
    figures: Figures = {"open, s": opening, "first answer, s": first}
    figures |= latencies(lambda each: assistant.ask(Question(text=each.text)), asked)
    figures["memory at most, MB"] = peak_megabytes()
    return figures | {f"recall@{NEAREST} against exact search": _recall(assistant, asked)}


def _opened(location: Path, home: Path) -> Assistant:
    snapshot = Snapshot(location)
    snapshot.hold(*LOOKED_UP)
    return Assistant(snapshot, ensure_index(snapshot, Settings(home=home, model=None)).searcher())


def _recall(assistant: Assistant, asked: Mapping[str, list[Asked]]) -> float | None:
    """Given all programs by id and no kind, the search looks at each vector instead of asking the graph."""
    topics = [each.topic for each in asked["none"]]
    searcher: Searcher = assistant.searcher
    every = frozenset(assistant.snapshot.ids("programs"))
    found = [[hit.id for hit in searcher.search(topic, limit=NEAREST)] for topic in topics]
    exact = [[hit.id for hit in searcher.search(topic, kinds=(), ids=every, limit=NEAREST)] for topic in topics]
    return recall(found, exact)
