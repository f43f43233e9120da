"""Two runs side by side: each score, the difference over the cases that both have, and which cases changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from evals.scores import DRAWS, SEED

Saved = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """How one score moved; the interval is one of the paired difference, by bootstrap over cases."""

    suite: str
    metric: str
    before: float | None
    after: float | None
    difference: float | None
    low: float | None
    high: float | None
    better: tuple[str, ...]
    worse: tuple[str, ...]


def differences(before: Saved, after: Saved) -> Iterator[Difference]:
    """Yield how each score of either run moved."""
    for suite in sorted(before["scores"].keys() | after["scores"].keys()):
        names = before["scores"].get(suite, {}).keys() | after["scores"].get(suite, {}).keys()
        for metric in sorted(names):
            yield _difference(suite, metric, before, after)


def _difference(suite: str, metric: str, before: Saved, after: Saved) -> Difference:
    was, now = _by_case(before, suite, metric), _by_case(after, suite, metric)
    pairs = [(key, was[key], now[key]) for key in was if key in now]
    low = high = difference = None
    if pairs:
        values = np.array([new - old for _key, old, new in pairs])
        draws = np.random.default_rng(SEED).integers(0, len(values), size=(DRAWS, len(values)))
        difference = float(values.mean())
        low, high = (float(each) for each in np.percentile(values[draws].mean(axis=1), [2.5, 97.5]))
    return Difference(
        suite,
        metric,
        _mean(before, suite, metric),
        _mean(after, suite, metric),
        difference,
        low,
        high,
        better=tuple(key for key, old, new in pairs if new > old),
        worse=tuple(key for key, old, new in pairs if new < old),
    )


def _by_case(run: Saved, suite: str, metric: str) -> dict[str, float]:
    cases = run["cases"].get(suite, ())
    return {case["id"]: case["scores"][metric]["value"] for case in cases if metric in case["scores"]}


def _mean(run: Saved, suite: str, metric: str) -> float | None:
    value: float | None = run["scores"].get(suite, {}).get(metric, {}).get("all", {}).get("value")
    return value
