"""How sure a figure of few people is: 95 % intervals of rates, counts and mean ratings."""

from __future__ import annotations

import math
from typing import NamedTuple

Z = 1.959963984540054
"""Standard normal deviate of a two-sided 95 % interval."""


class Interval(NamedTuple):
    """The lower and upper end of an interval, in the figure's own unit."""

    low: float
    high: float


def wilson(rate: float, n: float) -> Interval:
    """Return the Wilson score interval of a rate over n people; raises ValueError outside 0..1 or n <= 0."""
    if not 0 <= rate <= 1 or not n > 0:
        raise ValueError(f"no interval of a rate of {rate} over {n}")
    square = Z * Z
    middle = rate + square / (2 * n)
    spread = Z * math.sqrt(rate * (1 - rate) / n + square / (4 * n * n))
    whole = 1 + square / n
    return Interval(max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole))


def mean_rating(mean: float, n: int, lowest: float, highest: float) -> Interval:
    """Return an interval of a mean rating whose spread is not published.

    A rating can't spread more than half the scale around its mean, so the interval is never too narrow.
    """
    if not lowest <= mean <= highest or n <= 0:
        raise ValueError(f"no interval of a mean rating of {mean} over {n}")
    spread = Z * math.sqrt((mean - lowest) * (highest - mean) / n)
    margin = max(spread, (highest - lowest) / (2 * n))
    return Interval(max(lowest, mean - margin), min(highest, mean + margin))
