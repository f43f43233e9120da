"""Stock LangChain-Chroma over the same programs: passages with cost, state and weeks, searched with `where`.

A program without a published figure has no such field, and `where` leaves it out. The vectors are those of USE.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from catalog.settings import Settings
from catalog.snapshot import Snapshot
from evals.neighbours.chroma import Packaged, packaged, stored
from evals.size.clocks import Figures, latencies, megabytes, peak_megabytes, recall, timed
from evals.size.ours import NEAREST, WARM_UP
from evals.size.questions import Asked, Where, questions
from vectorstore.passages import Passage, dense_passages

MODEL = "use"
AT_ONCE = 5_000
"""Chroma takes no more than 5,461 at a time."""
SHOWN = 10
COLUMNS = "SELECT id, cost_total_usd, place_state, length_weeks_min FROM programs ORDER BY id"
Fields = dict[str, dict[str, Any]]


def build(location: Path, home: Path) -> Figures:
    """Add every program to a collection on disk, with its vector from the cache of the home folder."""
    passages, fields = _programs(location)
    folder = home / "stock"
    store = stored(folder, _model(home))

    def add() -> None:
        for start in range(0, len(passages), AT_ONCE):
            piece = passages[start : start + AT_ONCE]
            store.add_texts([p.text for p in piece], [fields[p.id] for p in piece], ids=[p.id for p in piece])

    _none, seconds = timed(add)
    return {
        "index build without embedding, s": seconds,
        "index build, programs/s": len(passages) / seconds,
        "index on disk, MB": megabytes(folder),
    }


def ask(location: Path, home: Path) -> Figures:
    """Open the collection, ask all questions, compare with exact search; for a process of its own."""
    model = _model(home)
    store, opening = timed(lambda: stored(home / "stock", model))

    def search(each: Asked, shown: int = SHOWN) -> list[str]:
        return [str(found.id) for found in store.similarity_search(each.text, k=shown, filter=each.where)]

    _found, first = timed(lambda: search(Asked(WARM_UP, "", None)))
    asked = questions()
    figures: Figures = {"open, s": opening, "first answer, s": first}
    figures |= latencies(search, asked)
    figures["memory at most, MB"] = peak_megabytes()
    passages, fields = _programs(location)
    matrix = np.array(model.embed_documents([each.text for each in passages]), dtype=np.float32)
    for name, group in asked.items():
        exact = [_exact(each, model, matrix, passages, fields) for each in group]
        label = "" if name == "none" else f", {name} limits"
        figures[f"recall@{NEAREST} against exact search{label}"] = recall([search(e, NEAREST) for e in group], exact)
    return figures


def _model(home: Path) -> Packaged:
    return packaged(MODEL, Settings(home=home))


def _programs(location: Path) -> tuple[Sequence[Passage], Fields]:
    snapshot = Snapshot(location)
    passages = [each for each in dense_passages(snapshot) if each.kind == "program"]
    rows = snapshot.query(COLUMNS)
    snapshot.close()
    named = {key: {"kind": "program", "cost": cost, "state": state, "weeks": weeks} for key, cost, state, weeks in rows}
    return passages, {key: {k: v for k, v in each.items() if v is not None} for key, each in named.items()}


def _exact(
    asked: Asked, model: Packaged, matrix: npt.NDArray[np.float32], passages: Sequence[Passage], fields: Fields
) -> list[str]:
    rows = np.array([row for row, each in enumerate(passages) if fits(asked.where, fields[each.id])], dtype=np.int64)
    scores = matrix[rows] @ np.array(model.embed_query(asked.text), dtype=np.float32)
    return [passages[row].id for row in rows[np.argsort(-scores, kind="stable")[:NEAREST]]]


def fits(where: Where, fields: dict[str, Any]) -> bool:
    """Whether a program has all that a `where` of `questions.yaml` asks for."""
    if where is None:
        return True
    if "$and" in where:
        return all(fits(part, fields) for part in where["$and"])
    ((name, test),) = where.items()
    ((operator, value),) = test.items()
    if name not in fields:
        return False
    return bool(fields[name] <= value if operator == "$lte" else fields[name] == value)
