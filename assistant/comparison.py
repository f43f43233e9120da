"""Two to five programs side by side: a row for each property, with what is not known said in its cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from assistant.answer import Comparison, MeasureCard, ProgramCard
from assistant.cards import SHARED
from assistant.markup import escaped
from assistant.verify import DAYS_BAND_WEEKS, Ledger
from assistant.wages import area_words, marks_of
from assistant.writer import WITHHELD, mark
from catalog.records import Reported
from prompts import Texts

LEAST, MOST = 2, 5
COST_PARTS = ("tuition_usd", "fees_usd", "books_usd", "supplies_usd", "other_usd")
QUARTERLY = ("average_quarterly_wage_q2", "median_earnings_q2")
JOINT = "; "
BAR, ESCAPED_BAR = re.compile(r"(?<!\\)\|"), r"\\|"
"""Published names come escaped; this keeps any other bar from ending a cell."""

Cell = Callable[[ProgramCard], str]


def compare(cards: Sequence[ProgramCard], ledger: Ledger, texts: Texts) -> Comparison:
    """Return the programs side by side; the first cell of a row is its label, the first row the programs' names.

    A cell with a figure that the records which it cites do not hold is not shown. Raises ValueError for fewer than
    two or more than five programs.
    """
    if not LEAST <= len(cards) <= MOST:
        raise ValueError(f"{LEAST} to {MOST} programs can be compared, not {len(cards)}")
    cells = _Cells(texts)
    rows = [
        (texts(f"compare.{name}"), *(_checked(cell(card) or texts("compare.unknown"), ledger, texts) for card in cards))
        for name, cell in cells.rows()
    ]
    return Comparison(program_ids=tuple(card.id for card in cards), rows=tuple(rows))


def properties(card: ProgramCard, texts: Texts) -> list[tuple[str, str]]:
    """Return the properties of one program, each with its label; one that is not published is left out."""
    rows = ((texts(f"compare.{name}"), cell(card)) for name, cell in _Cells(texts).rows())
    return [(label, said) for label, said in rows if said]


def _checked(cell: str, ledger: Ledger, texts: Texts) -> str:
    return texts("compare.not_shown") if ledger.problem_of(cell) else cell


def table_lines(comparison: Comparison) -> Iterator[str]:
    """Yield the comparison as the lines of a Markdown table."""
    head, *rows = comparison.rows
    yield _line(head)
    yield _line(["---"] * len(head))
    for row in rows:
        yield _line(row)


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(BAR.sub(ESCAPED_BAR, cell) for cell in cells)} |"


class _Cells:
    """The words of each property of one program, with the marks of the records that hold it; empty where unknown."""

    def __init__(self, texts: Texts) -> None:
        self._say = texts

    def rows(self) -> Iterator[tuple[str, Cell]]:
        """Yield the properties in the order of the table."""
        yield "program", self.program
        yield "school", self.school
        yield "place", self.place
        yield "cost", self.cost
        yield "length", self.length
        yield "schedule", self.schedule
        yield "delivery", self.delivery
        yield "leads_to", self.leads_to
        yield "completion", lambda card: self.measures(card, ("completion_rate",))
        yield "employment", lambda card: self.measures(card, ("employment_rate_q2",))
        yield "quarter_pay", lambda card: self.measures(card, QUARTERLY)
        yield "year_pay", self.wages
        yield "warnings", self.warnings
        yield "funding", self.funding
        yield "unknowns", self.unknowns
        yield "as_of", lambda card: _marked(card.as_of, card)

    def program(self, card: ProgramCard) -> str:
        return _marked(escaped(card.name), card)

    def school(self, card: ProgramCard) -> str:
        return _marked(escaped(card.provider or ""), card)

    def place(self, card: ProgramCard) -> str:
        place = ", ".join(part for part in (card.city, card.state) if part)
        if place and card.distance_miles is not None:
            place = self._say("compare.place_miles", place=escaped(place), miles=card.distance_miles)
            return _marked(place, card)
        return _marked(escaped(place), card)

    def cost(self, card: ProgramCard) -> str:
        cost = card.cost
        if cost.total_usd is None:
            return ""
        if cost.total_usd == 0:
            return _marked(self._say("compare.cost_zero"), card)
        amounts = ((name, getattr(cost, name)) for name in COST_PARTS)
        parts = ", ".join(self._say(f"cost_part.{name}", amount=amount) for name, amount in amounts if amount)
        return _marked(self._say("compare.cost_total", total=cost.total_usd, parts=parts), card)

    def length(self, card: ProgramCard) -> str:
        length, parts = card.length, []
        if length.clock_hours is not None:
            parts.append(self._say("program.hours", hours=length.clock_hours))
        if length.weeks_max is not None and length.weeks_max <= DAYS_BAND_WEEKS:
            parts.append(self._say("program.days", high=length.weeks_max))
        elif length.weeks_min is not None or length.weeks_max is not None:
            parts.append(self._say("program.weeks", low=length.weeks_min, high=length.weeks_max))
        if length.credit_hours:
            parts.append(self._say("program.credits", credits=length.credit_hours))
        if length.competency_based:
            parts.append(self._say("program.self_paced"))
        return _marked(", ".join(parts), card)

    def schedule(self, card: ProgramCard) -> str:
        return _marked(self._say("compare.evening"), card) if card.evening else ""

    def delivery(self, card: ProgramCard) -> str:
        return _marked(self._say(f"program.delivery_{card.delivery.value}"), card) if card.delivery else ""

    def leads_to(self, card: ProgramCard) -> str:
        return _marked(escaped(JOINT.join(card.leads_to)), card)

    def measures(self, card: ProgramCard, names: Sequence[str]) -> str:
        found = [each for each in card.measures if each.name in names]
        return JOINT.join(f"{self._measure(each)} {mark(each.citation)}" for each in found)

    def _measure(self, measure: MeasureCard) -> str:
        known = measure.reported is Reported.VALUE and measure.value is not None
        key = measure.definition.removesuffix(SHARED) if known else WITHHELD[measure.reported]
        said = self._say(
            f"measure.{key}",
            what=self._say(f"measure_name.{measure.name}"),
            value=measure.value,
            n=measure.n,
            as_of=measure.as_of,
        )
        return f"{said} ({self._say('compare.shared')})" if measure.shared_by_field else said

    def wages(self, card: ProgramCard) -> str:
        return JOINT.join(
            self._say(
                "compare.wage",
                title=wage.title,
                wage=wage.usd_per_year,
                area=area_words(wage.area, self._say),
                as_of=wage.as_of,
            )
            + f" {marks_of(wage)}"
            for wage in card.wages[:1]
        )

    def warnings(self, card: ProgramCard) -> str:
        """Name the rules that raise an alert or are not met; their words stand with the program."""
        found = [each for each in card.findings if each.verdict in ("alert", "below")]
        if not found:
            return self._say("compare.no_warning")
        said: dict[str, str] = {}
        for each in found:
            words = f"{self._say(f'verdict.{each.verdict}')}: {self._say(f'rule.{each.rule}')}"
            said.setdefault(words, f"{words} {mark(each.citation)}" if each.citation is not None else words)
        return JOINT.join(said.values())

    def funding(self, card: ProgramCard) -> str:
        return JOINT.join(
            f"{self._say(f'funding_help.{each.kind}')}: {self._say(f'funding_chance.{each.verdict}')}"
            for each in card.funding
        )

    def unknowns(self, card: ProgramCard) -> str:
        return JOINT.join(card.unknowns) or self._say("compare.nothing_open")


def _marked(said: str | None, card: ProgramCard) -> str:
    return f"{said} {mark(card.citation)}" if said else ""
