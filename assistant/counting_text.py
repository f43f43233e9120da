"""The words of a count: how many, what the middle one costs and takes, each figure with the program that has it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.answer import Counted, CountGroup, Spread
from assistant.evidence import Sources
from assistant.markup import plain
from assistant.verify import Ledger
from assistant.writer import mark
from catalog.records import Program
from catalog.snapshot import Snapshot
from prompts import Texts
from prompts.library import money, number

FEW = 3
"""Fewer figures than this have no typical one."""


class CountWriter:
    """Writes what was counted, citing the programs that have the figures and entering all of it in the ledger."""

    def __init__(self, snapshot: Snapshot, sources: Sources, ledger: Ledger, texts: Texts) -> None:
        self._snapshot, self._sources, self._ledger, self._say = snapshot, sources, ledger, texts

    def lines(self, found: Counted, topic: str, limits: str) -> Iterator[str]:
        """Yield what was counted; `topic` and `limits` are words that are safe to show, `limits` may be empty."""
        if not any(group.programs or group.maybe for group in found.groups):
            yield self._say("count.none", topic=topic, limits=limits)
            return
        self._allow(found.programs)
        yield self._say("count.total", count=found.programs, topic=topic, limits=limits)
        for group in found.groups:
            yield from self._group(group)
        yield self._say("count.note")

    def _group(self, group: CountGroup) -> Iterator[str]:
        self._allow(group.programs, group.schools, group.maybe)
        yield self._say("count.older" if group.older else "count.newer", lists=self._span(group))
        yield f"- {self._say('count.programs', count=group.programs, schools=group.schools)}"
        if group.maybe:
            yield f"- {self._say('count.maybe', count=group.maybe)}"
        yield from (f"- {fact}" for fact in self.facts(group))

    def facts(self, group: CountGroup) -> Iterator[str]:
        """Yield what the programs of a group cost and take, and how many do not say."""
        self._allow(group.cost_zero, group.cost_unknown, group.clock_hours_unknown, group.weeks_n)
        programs = self._programs(group)
        if group.cost_usd is None and group.programs:
            yield self._say("count.no_cost")
        elif group.cost_usd is not None:
            yield self._say("count.priced", n=group.cost_usd.n)
            yield self._spread("cost", group.cost_usd, programs)
        if group.cost_zero:
            yield self._say("count.cost_zero", count=group.cost_zero)
        if group.cost_unknown and group.cost_usd is not None:
            yield self._say("count.cost_unknown", count=group.cost_unknown)
        if group.clock_hours is not None:
            yield self._spread("hours", group.clock_hours, programs)
        if group.clock_hours_unknown:
            yield self._say("count.hours_unknown", count=group.clock_hours_unknown)
        if group.weeks_n:
            self._allow(*(weeks for weeks in (group.weeks_min, group.weeks_max) if weeks is not None))
            band = self._say("program.weeks", low=group.weeks_min, high=group.weeks_max)
            yield self._say("count.weeks", band=band, n=group.weeks_n)

    def _programs(self, group: CountGroup) -> Mapping[str, Program]:
        ids: list[str] = []
        for spread in (group.cost_usd, group.clock_hours):
            if spread is not None:
                ids += [spread.low_program, *spread.middle_programs, spread.high_program]
        return self._snapshot.get(Program, ids)

    def _spread(self, name: str, spread: Spread, programs: Mapping[str, Program]) -> str:
        """Say the middle, the least and the most, each with its mark; few figures, or equal ones, have no middle."""
        self._allow(spread.n)
        written = money if name == "cost" else number
        ends = ((spread.low, spread.low_program), (spread.high, spread.high_program))
        low, high = (self._cited(written(value), programs[key]) for value, key in ends)
        pairs = zip(spread.middle, spread.middle_programs, strict=True)
        middle = f" {self._say('count.between')} ".join(
            self._cited(written(value), programs[key]) for value, key in pairs
        )
        if spread.low == spread.high:
            return self._say(f"count.{name}_one", low=low)
        if spread.n < FEW:
            return self._say(f"count.{name}_few", low=low, high=high)
        return self._say(f"count.{name}", middle=middle, two=len(spread.middle) > 1, low=low, high=high)

    def _cited(self, figure: str, program: Program) -> str:
        citation = self._sources.cite(program.provenance, plain(program.name))
        self._ledger.add(citation, {figure}, [figure])
        return f"{figure} {mark(citation)}"

    def _allow(self, *counts: float) -> None:
        """Counts are ours, made by a query over the records."""
        self._ledger.add(0, {number(count) for count in counts})

    def _span(self, group: CountGroup) -> str:
        ends = ((group.first_as_of, group.first_program), (group.last_as_of, group.last_program))
        known = {day: key for day, key in reversed(ends) if day and key}
        programs = self._snapshot.get(Program, known.values())
        first, *last = [self._cited(day, programs[known[day]]) for day in sorted(known)] or [self._say("count.undated")]
        return self._say("count.span", first=first, last=last[0]) if last else first
