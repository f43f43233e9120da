"""How many programs match, and what the typical one costs and takes: a query over columns, unknown values counted."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from assistant.answer import Counted, CountGroup, Spread
from assistant.fitting import OLDER_LIST
from assistant.verify import Ledger
from catalog.records import AsOf
from catalog.snapshot import Snapshot
from prompts import Texts
from prompts.library import money, number

FEW = 3
"""Fewer figures than this have no typical one."""

# A school that lists one program several times at one price counts it once, as answers show it once.
QUERY = """
    WITH matching AS (
        SELECT starts_with(p.id, ?) AS older, coalesce(v.entity_id, p.provider_id) AS school,
            p.cost_total_usd AS cost, max(p.length_clock_hours) AS hours,
            max({'low': p.length_weeks_min, 'high': p.length_weeks_max}) FILTER (
                p.length_weeks_min IS NOT NULL OR p.length_weeks_max IS NOT NULL) AS weeks,
            min(p.provenance_as_of) AS first, max(p.provenance_as_of) AS last
        FROM programs p LEFT JOIN providers v ON v.id = p.provider_id
        WHERE p.id IN (SELECT unnest(?))
        GROUP BY older, school, lower(p.name), p.provider_id, cost
    )
    SELECT older, min(first) AS first_as_of, max(last) AS last_as_of, count(*) AS programs,
        count(DISTINCT school) AS schools,
        count(*) FILTER (cost > 0) AS cost_n, median(cost) FILTER (cost > 0) AS cost_median,
        min(cost) FILTER (cost > 0) AS cost_low, max(cost) AS cost_high,
        count(*) FILTER (cost = 0) AS cost_zero, count(*) FILTER (cost IS NULL) AS cost_unknown,
        count(hours) AS hours_n, median(hours) AS hours_median, min(hours) AS hours_low, max(hours) AS hours_high,
        count(*) FILTER (hours IS NULL) AS hours_unknown, mode(weeks ORDER BY weeks) AS weeks, count(weeks) AS weeks_n
    FROM matching GROUP BY older ORDER BY older
"""
COLUMNS = (
    *("older", "first_as_of", "last_as_of", "programs", "schools"),
    *("cost_n", "cost_median", "cost_low", "cost_high", "cost_zero", "cost_unknown"),
    *("hours_n", "hours_median", "hours_low", "hours_high", "hours_unknown", "weeks", "weeks_n"),
)


def counted(snapshot: Snapshot, ids: Collection[str]) -> Counted:
    """Count the programs with these ids; those of the older list are counted apart, for their prices are older too."""
    rows = snapshot.query(QUERY, [f"{OLDER_LIST}:", list(ids)])
    return Counted(groups=tuple(_group(dict(zip(COLUMNS, row, strict=True))) for row in rows))


def _group(row: dict[str, Any]) -> CountGroup:
    weeks = row["weeks"] or {"low": None, "high": None}
    return CountGroup(
        older=row["older"],
        first_as_of=row["first_as_of"],
        last_as_of=row["last_as_of"],
        programs=row["programs"],
        schools=row["schools"],
        cost_usd=_spread(row, "cost"),
        cost_zero=row["cost_zero"],
        cost_unknown=row["cost_unknown"],
        clock_hours=_spread(row, "hours"),
        clock_hours_unknown=row["hours_unknown"],
        weeks_min=weeks["low"],
        weeks_max=weeks["high"],
        weeks_n=row["weeks_n"],
    )


def _spread(row: dict[str, Any], name: str) -> Spread | None:
    if not row[f"{name}_n"]:
        return None
    return Spread(
        n=row[f"{name}_n"],
        median=round(row[f"{name}_median"], 2),
        low=row[f"{name}_low"],
        high=row[f"{name}_high"],
    )


def count_lines(found: Counted, topic: str, limits: str, texts: Texts) -> Iterator[str]:
    """Yield what was counted; `topic` and `limits` are words that are safe to show, `limits` may be empty."""
    if not found.groups:
        yield texts("count.none", topic=topic, limits=limits)
        return
    yield texts("count.total", count=found.programs, topic=topic, limits=limits)
    for group in found.groups:
        yield from _group_lines(group, texts)
    yield texts("count.note")


def _group_lines(group: CountGroup, texts: Texts) -> Iterator[str]:
    key = "count.older" if group.older else "count.newer"
    lists = _span(group.first_as_of, group.last_as_of, texts)
    yield texts(key, count=group.programs, schools=group.schools, lists=lists)
    facts = [*_cost(group, texts), *_length(group, texts)]
    yield from (f"- {fact}" for fact in facts)


def _cost(group: CountGroup, texts: Texts) -> Iterator[str]:
    spread = group.cost_usd
    if spread is None:
        yield texts("count.no_cost")
    elif spread.n < FEW or spread.low == spread.high:
        yield texts("count.few_costs", n=spread.n, low=spread.low, high=spread.high)
    else:
        yield texts("count.cost", n=spread.n, median=spread.median, low=spread.low, high=spread.high)
    if group.cost_zero:
        yield texts("count.cost_zero", count=group.cost_zero)
    if group.cost_unknown and spread is not None:
        yield texts("count.cost_unknown", count=group.cost_unknown)


def _length(group: CountGroup, texts: Texts) -> Iterator[str]:
    spread = group.clock_hours
    if spread is not None and (spread.n < FEW or spread.low == spread.high):
        yield texts("count.few_hours", n=spread.n, low=spread.low, high=spread.high)
    elif spread is not None:
        yield texts("count.hours", n=spread.n, median=spread.median, low=spread.low, high=spread.high)
    if group.clock_hours_unknown:
        yield texts("count.hours_unknown", count=group.clock_hours_unknown)
    if group.weeks_n:
        band = texts("program.weeks", low=group.weeks_min, high=group.weeks_max)
        yield texts("count.weeks", band=band, n=group.weeks_n)


def _span(first: AsOf | None, last: AsOf | None, texts: Texts) -> str:
    if first is None or last is None:
        return texts("count.undated")
    return first if first == last else texts("count.span", first=first, last=last)


def enter_counts(found: Counted, ledger: Ledger) -> None:
    """Allow the figures of a count in the text: they are ours, made by a query over the records."""
    ledger.add(0, {number(found.programs)})
    for group in found.groups:
        whole: list[float] = [
            group.programs,
            group.schools,
            group.cost_zero,
            group.cost_unknown,
            group.clock_hours_unknown,
        ]
        whole += [group.weeks_n, *(weeks for weeks in (group.weeks_min, group.weeks_max) if weeks is not None)]
        ledger.add(0, {number(each) for each in whole}, [day for day in (group.first_as_of, group.last_as_of) if day])
        for spread, written in ((group.cost_usd, money), (group.clock_hours, number)):
            if spread is not None:
                ledger.add(0, {number(spread.n), *(written(f) for f in (spread.median, spread.low, spread.high))})
