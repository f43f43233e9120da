"""Trains the classifier from the cases beside it: `python -m assistant.desk.training [FEEDBACK.jsonl ...]`.

What staff corrected, exported by the desk, is given as further files.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.desk.classifier import OTHERS, QUIET, Classifier, Features, Matrix, Rows, Seen, seen
from assistant.desk.fitting import fit_logistic, fit_softmax
from assistant.desk.flags import FlagRules
from assistant.desk.labels import Category, Urgency

RIDGE, RIDGE_OF_FLAGS = 0.1, 0.3
"""Chosen by cross-validation."""
FOLDS = 8

Case = dict[str, Any]


def cases(further: Iterable[Path] = ()) -> list[Case]:
    """Return the labelled messages of the package, and of further files."""
    folder = Path(str(files("assistant") / "desk" / "cases"))
    paths = [*sorted(folder.glob("*.jsonl")), *further]
    return [
        json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line.strip()
    ]


def seen_of(given: Sequence[Case]) -> list[Seen]:
    """Return the cases as the classifier sees them."""
    rules = FlagRules()
    return [seen(f"{case.get('subject') or ''}\n{case['body']}".strip(), rules) for case in given]


def bears(case: Case, label: str) -> bool:
    """Whether a case bears a flag's label, or wants no answer."""
    if label == QUIET:
        return bool(case["urgency"] == Urgency.LOW.value)
    return label.removeprefix("flag_") in case["flags"]


def train(given: Sequence[Case], rows: Rows) -> dict[str, Matrix]:
    """Return the weights of categories and of the other labels."""
    truth = np.array([list(Category).index(Category(case["category"])) for case in given])
    others = [
        fit_logistic(rows.embedded(), np.array([bears(case, label) for case in given], dtype=np.bool_), RIDGE_OF_FLAGS)
        for label in OTHERS
    ]
    return {
        "categories": fit_softmax(rows.all(), truth, len(Category), RIDGE),
        "others": np.column_stack(others),
    }


def left_out(given: Sequence[Case], rows: Rows) -> list[Mapping[str, float]]:
    """Return the probabilities of each case by a model that was trained without its fold."""
    fold = np.random.default_rng(0).permutation(len(given)) % FOLDS
    found: list[Mapping[str, float]] = [{}] * len(given)
    for number in range(FOLDS):
        inside: npt.NDArray[np.bool_] = fold != number
        weights = train([case for case, kept in zip(given, inside, strict=True) if kept], rows.some(inside))
        told = Classifier(weights=weights).of_rows(rows.some(~inside))
        for at, each in zip(np.flatnonzero(~inside), told, strict=True):
            found[at] = each
    return found


def main(arguments: Sequence[str]) -> int:
    """Train, say how well left-out cases are told, and write the weights."""
    given = cases([Path(each) for each in arguments])
    rows = Features().rows(seen_of(given))
    found = left_out(given, rows)
    right = sum(
        max(Category, key=lambda c: p[c.value]).value == case["category"] for p, case in zip(found, given, strict=True)
    )
    path = Path(__file__).parent / "weights.npz"
    weights = {name: each.astype(np.float32) for name, each in train(given, rows).items()}
    np.savez_compressed(path, allow_pickle=False, **weights)
    sys.stdout.write(
        f"{len(given)} cases, category right in {right / len(given):.1%} of left-out ones; wrote {path.name}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
