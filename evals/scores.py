"""One score and many: what a metric says of a case, and the mean with its 95 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

DRAWS = 2_000
SEED = 20_261_124


@dataclass(frozen=True)
class Score:
    """What a metric says of one answer: the mean over `of` things that were looked at, and why.

    `of` is 1 for a judgement of the whole answer. A share of shown programs has one part for each; an answer that
    shows none has nothing to be judged, `of` is 0.
    """

    value: float
    reason: str
    of: int = 1


@dataclass(frozen=True)
class Mean:
    """The mean of a metric over its cases; `value` is None where there is nothing to judge."""

    value: float | None
    low: float | None
    high: float | None
    cases: int
    of: int


def mean(scores: Sequence[Score]) -> Mean:
    """Return the mean over all parts of all cases with a 95 % interval.

    Yes-or-no scores of whole answers have Wilson's interval; all others one by bootstrap over cases, with a fixed seed.
    """
    judged = [score for score in scores if score.of]
    values = np.array([score.value for score in judged], dtype=float)
    parts = np.array([score.of for score in judged], dtype=float)
    total = parts.sum()
    if not total:
        return Mean(None, None, None, len(scores), 0)
    value = float((values * parts).sum() / total)
    if set(parts) == {1.0} and set(values) <= {0.0, 1.0}:
        low, high = wilson(int(values.sum()), len(values))
    else:
        low, high = _bootstrap(values, parts)
    return Mean(value, low, high, len(scores), int(total))


def wilson(successes: int, n: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share."""
    from scipy.stats import binomtest

    interval = binomtest(successes, n).proportion_ci(method="wilson")
    return float(interval.low), float(interval.high)


def _bootstrap(values: np.ndarray, parts: np.ndarray) -> tuple[float, float]:
    drawn = np.random.default_rng(SEED).integers(0, len(values), size=(DRAWS, len(values)))
    totals = parts[drawn].sum(axis=1)
    shares = (values * parts)[drawn].sum(axis=1)[totals > 0] / totals[totals > 0]
    low, high = np.percentile(shares, [2.5, 97.5])
    return float(low), float(high)
