"""Every figure and citation of a sentence must occur in the evidence that it cites, in its own unit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.answer import FindingCard, MeasureCard, ProgramCard
from assistant.markup import escaped
from catalog.records import Record, Unit
from prompts.library import money, number, percent

DAYS_BAND_WEEKS = 1.0
DAYS_BAND_FIGURES = ["1", "2", "3", "7"]
RATING_SCALE = "6"
MARK = re.compile(r"\[(\d+)\]")
NUMERAL = r"\d+(?:,\d{3})*(?:\.\d+)?"
FIGURE = re.compile(rf"\${NUMERAL}|{NUMERAL}\s?%|(?<![\w.]){NUMERAL}")


@dataclass
class Ledger:
    """The figures that each cited record holds, as they may be written; 0 is the question and our counts."""

    allowed: dict[int, set[str]] = field(default_factory=dict)
    texts: dict[int, list[str]] = field(default_factory=dict)

    def add(self, citation: int, figures: Iterable[str], texts: Iterable[str] = ()) -> None:
        """Take figures and published texts of a record."""
        self.allowed.setdefault(citation, set()).update(figures)
        self.texts.setdefault(citation, []).extend(texts)

    def add_card(self, card: ProgramCard) -> None:
        """Take a program's figures."""
        cost = [money(v) for v in card.cost.model_dump().values() if v is not None]
        length = [number(v) for v in card.length.model_dump().values() if isinstance(v, int | float) and v is not True]
        if card.length.weeks_max is not None and card.length.weeks_max <= DAYS_BAND_WEEKS:
            length += DAYS_BAND_FIGURES
        texts = [escaped(t) for t in (card.name, card.provider, card.city, "; ".join(card.leads_to), card.as_of) if t]
        miles = [number(card.distance_miles)] if card.distance_miles is not None else []
        self.add(card.citation, [*cost, *length, *miles], texts)
        for measure in card.measures:
            self.add(measure.citation, _figures(measure), [*texts, *([measure.as_of] if measure.as_of else [])])
        for finding in card.findings:
            self.add_finding(finding)

    def add_finding(self, card: FindingCard) -> None:
        """Take the words of a finding, which code composed from its record: they are never dropped."""
        self.add(card.citation or 0, FIGURE.findall(card.message), [card.message])

    def problem_of(self, sentence: str) -> str | None:
        """Return why a sentence can't be shown, or None."""
        cited = [int(found) for found in MARK.findall(sentence)]
        unknown = [found for found in cited if found not in self.allowed]
        if unknown:
            return f"cites {unknown[0]}, which is not among the sources"
        body = MARK.sub("", sentence)
        for text in sorted({t for c in (0, *cited) for t in self.texts.get(c, ())}, key=len, reverse=True):
            body = body.replace(text, " ")
        figures = {f for c in (0, *cited) for f in self.allowed.get(c, ())}
        for found in FIGURE.findall(body):
            if found.replace(" ", "") not in figures:
                return f"the figure {found} is not in the record that it cites"
        return None


def _figures(measure: MeasureCard) -> set[str]:
    out = {number(measure.n)} if measure.n is not None else set()
    out |= {str(measure.n)} if measure.n is not None else set()
    if measure.value is not None:
        if measure.unit is Unit.FRACTION:
            out.add(percent(measure.value))
        elif measure.unit.value.startswith("usd"):
            out.add(money(measure.value))
        else:
            out |= {number(measure.value), RATING_SCALE}
    return out


def verified(lines: Iterable[str], ledger: Ledger) -> tuple[list[str], list[str]]:
    """Return the lines that stand, and why the others were dropped."""
    kept, problems = [], []
    for line in lines:
        problem = ledger.problem_of(line)
        if problem is None:
            kept.append(line)
        else:
            problems.append(problem)
    return kept, problems


def numbers_in(record: Record) -> set[str]:
    """Return every number of a record as it may be written, for records without units of their own."""
    return {number(v) for v in _leaves(record.model_dump()) if isinstance(v, int | float) and not isinstance(v, bool)}


def _leaves(value: Any) -> Iterable[Any]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _leaves(inner)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield value
