"""What the wage tables (OEWS) of the nation and the states share: cells, units and subjects.

A figure keeps the unit in which it is published: hourly pay is not multiplied into annual pay, since
an occupation may have a mean in one unit only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from catalog.records import Measure, Reported, Unit
from ingestion import cells
from ingestion.naming import slug
from ingestion.row import Row

WAGE, EMPLOYMENT = "oews_wage", "oews_employment"
MARKS = {
    "*": Reported.NOT_RELEASED,
    "**": Reported.NOT_RELEASED,
    "#": Reported.ABOVE_TOP_CODE,
}
PLAUSIBLE = {Unit.USD_PER_HOUR: (2.0, 1_000.0), Unit.USD_PER_YEAR: (4_000.0, 2_000_000.0), Unit.COUNT: (0.0, 3e8)}


class Figure(NamedTuple):
    """One published column: the measure that it holds, its unit, and the key of its definition."""

    column: str
    name: str
    unit: Unit
    definition: str = WAGE


class Cell(NamedTuple):
    """A wage cell: a value, or the mark that stands in its place."""

    value: float | None
    reported: Reported


def area_subject(soc: str, state: str, area: str | None = None) -> str:
    """Return the id of an occupation in a place: `29-1141|NY`, or `29-1141|NY:long-island`."""
    return f"{soc}|{state}:{slug(area)}" if area else f"{soc}|{state}"


def keep_figures(row: Row, subject: str | None, figures: Iterable[Figure], period: str | None, where: str) -> None:
    """Settle a row by its figures; a blank cell was never published and gives no measure.

    `where` names the column to blame when the row has no subject or no figure.
    """
    found = [(figure, _cell(row, figure)) for figure in figures]
    measures = [
        Measure(
            subject_kind="soc_area",
            subject_id=subject or "",
            name=figure.name,
            value=cell.value,
            unit=figure.unit,
            reported=cell.reported,
            period=period,
            definition=figure.definition,
            provenance=row.provenance(subject or ""),
        )
        for figure, cell in found
        if cell is not None
    ]
    if subject is None:
        return row.hold(where, "", "no readable occupation or area code")
    if not measures:
        return row.hold(where, subject, "no figure is published")
    row.keep(measures[0])
    for measure in measures[1:]:
        row.also(measure)
    return None


def _cell(row: Row, figure: Figure) -> Cell | None:
    def parse(raw: str) -> Cell | None:
        text = cells.clean(raw)
        if text in MARKS:
            return Cell(None, MARKS[text])
        number = cells.as_number(text)
        if number is None:
            return None
        low, high = PLAUSIBLE[figure.unit]
        if not low <= number <= high:
            raise cells.CellError(f"not plausible as {figure.unit.value}")
        return Cell(number, Reported.VALUE)

    return row.parse(figure.column, parse)
