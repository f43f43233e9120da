"""The metrics, found by their folder: one file is one metric.

A metric's module has a docstring (what it measures), `SUITES` (where it is measured), `DEFAULT` (the score of an
answer that is missing), `applies(case)`, and `score(case, reply)`. `TOLERANCE` says by how much its mean may fall
below the baseline; without it that is `USUAL_TOLERANCE`.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from evals.reply import Case, Reply
from evals.scores import Score

USUAL_TOLERANCE = 0.02


@dataclass(frozen=True)
class Metric:
    """One metric, as its module defines it."""

    name: str
    what: str
    suites: tuple[str, ...]
    default: float
    tolerance: float
    applies: Callable[[Case], bool]
    score: Callable[[Case, Reply], Score]

    def judged(self, case: Case, reply: Reply) -> Score:
        """Return the score of a reply; a missing answer has the default and stays in the mean."""
        if reply.error is not None:
            return Score(self.default, f"no answer: {reply.error}")
        return self.score(case, reply)


@cache
def metrics() -> tuple[Metric, ...]:
    """Return every metric of the folder, by name."""
    names = sorted(module.name for module in pkgutil.iter_modules(__path__))
    return tuple(_metric(name) for name in names)


def _metric(name: str) -> Metric:
    module = import_module(f"{__name__}.{name}")
    what = (module.__doc__ or "").strip().splitlines()[0]
    tolerance = getattr(module, "TOLERANCE", USUAL_TOLERANCE)
    return Metric(name, what, module.SUITES, module.DEFAULT, tolerance, module.applies, module.score)
