"""The order of programs: fit first, then evidence of quality, then cost, then distance; nothing else moves a rank."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from assistant.fitting import HOME_LIST, Fit
from assistant.relevance import nearness
from assistant.understand.query import Query
from assistant.understand.topic import RIGHT
from assistant.understand.words import keys
from catalog.snapshot import Snapshot
from vectorstore.search import Searcher

FIGURES = ("placement_q2", "completion_rate", "earnings_q2")
"""Rules whose bars speak of what became of those who took part."""
ORDERED = 200
"""At most as many programs are ordered by nearness of words."""
Key = tuple[float | int | str, ...]


def _or_last(value: float | None) -> float:
    return math.inf if value is None else value


ORDERS: Mapping[str, Callable[[Fit], float]] = {
    "cheapest": lambda fit: _or_last(fit.cost),
    "fastest": lambda fit: _or_last(fit.weeks),
    "best_paid": lambda fit: math.inf if fit.quarterly_wage_usd is None else -fit.quarterly_wage_usd,
    "most_employed": lambda fit: math.inf if fit.employment is None else -fit.employment,
}
"""What a person may ask to be put first; unknown comes last."""


class Ranker:
    """Orders the programs of one snapshot; safe to share between threads."""

    def __init__(self, snapshot: Snapshot, searcher: Searcher) -> None:
        self._snapshot, self._searcher = snapshot, searcher

    def ranked(self, query: Query, fits: Iterable[Fit]) -> list[Fit]:
        """Return fits, the best first; of a school's programs under one title only the best."""
        words = set(keys(query.subject.words or query.topic))
        order = sorted(fits, key=lambda fit: self._key(query, fit, words, {}))
        near = nearness(self._searcher, query.topic or query.text, [fit.program_id for fit in order[:ORDERED]])
        order.sort(key=lambda fit: self._key(query, fit, words, near))
        return list(_collapsed(order))

    def is_alerted(self, fit: Fit) -> bool:
        """Whether an alert concerns the program, its field at the school, or the school."""
        return not self._alerted.isdisjoint(fit.subjects)

    def _key(self, query: Query, fit: Fit, words: set[str], near: Mapping[str, int]) -> Key:
        return (
            len(fit.given_up),
            fit.match.grade != RIGHT,
            not fit.program_id.startswith(HOME_LIST),
            len(fit.unknown),
            ORDERS[query.order.value](fit) if query.order else 0,
            self.is_alerted(fit),
            ORDERS[query.leaning](fit) if query.leaning else 0,
            -fit.match.witnesses,
            fit.match.place if len(query.subject.topics) == 1 else 0,
            fit.match.others,
            -len(words & set(fit.title)),
            self._evidence(fit),
            _or_last(fit.cost),
            _or_last(fit.distance_miles),
            near.get(fit.program_id, ORDERED),
            fit.program_id,
        )

    def _evidence(self, fit: Fit) -> int:
        """Known and not below a bar, then unknown, then below a bar."""
        if not self._below.isdisjoint(fit.subjects):
            return 2
        return 0 if fit.employment is not None else 1

    @cached_property
    def _alerted(self) -> frozenset[str]:
        return frozenset(
            row[0] for row in self._snapshot.query("SELECT subject_id FROM findings WHERE verdict = 'alert'")
        )

    @cached_property
    def _below(self) -> frozenset[str]:
        sql = "SELECT subject_id FROM findings WHERE verdict = 'below' AND rule IN (SELECT unnest(?))"
        return frozenset(row[0] for row in self._snapshot.query(sql, [list(FIGURES)]))


def _collapsed(fits: Sequence[Fit]) -> Iterable[Fit]:
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for fit in fits:
        twin = (fit.provider_id, fit.title)
        if twin not in seen:
            seen.add(twin)
            yield fit
