"""One published row: a source pops the cells that it understands and gives the row one fate."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import TYPE_CHECKING, TypeVar

from catalog.errors import SourceError, shorten
from catalog.records import Provenance, Record
from ingestion import cells

if TYPE_CHECKING:
    from ingestion.context import FileReader

T = TypeVar("T")


class Row:
    """The cells of one row, popped by column name.

    A cell that can't be read becomes an issue and `None`. Exactly one of `keep`, `merge` and
    `hold` must be called; further records that the row yields go through `also`.
    """

    __slots__ = ("_cells", "_popped", "_reader", "fate", "number")

    def __init__(self, reader: FileReader, number: int, cells_by_column: dict[str, str]) -> None:
        self._reader, self.number, self._cells = reader, number, cells_by_column
        self._popped: dict[str, str] = {}
        self.fate: str | None = None

    def raw(self, column: str) -> str:
        """Pop a cell as published; raises SourceError when the file has no such column."""
        try:
            text = self._popped[column] = self._cells.pop(column)
        except KeyError:
            raise self._reader.no_such_column(column) from None
        return text

    def has(self, column: str) -> bool:
        """Whether the file has the column and it was not popped yet."""
        return column in self._cells

    def knows(self, column: str) -> bool:
        """Whether the file has the column, popped or not."""
        return column in self._popped or column in self._cells

    def leftovers(self) -> list[str]:
        """Return the columns that nobody popped."""
        return list(self._cells)

    def parse(self, column: str, parser: Callable[[str], T | None]) -> T | None:
        """Pop a cell through a parser of `ingestion.cells`; a bad value is reported, and None."""
        raw = self.raw(column)
        try:
            return parser(raw)
        except cells.CellError as error:
            self.issue(column, raw, str(error))
            return None

    def text(self, column: str) -> str | None:
        """Pop a text cell."""
        return self.parse(column, cells.as_text)

    def float(self, column: str) -> float | None:
        """Pop a number."""
        return self.parse(column, cells.as_number)

    def int(self, column: str) -> int | None:
        """Pop a whole number."""
        return self.parse(column, cells.as_integer)

    def flag(self, column: str, *, one_is_yes_two_is_no: bool = False) -> bool | None:
        """Pop a yes/no cell."""
        return self.parse(column, lambda raw: cells.as_flag(raw, one_is_yes_two_is_no=one_is_yes_two_is_no))

    def date(self, column: str) -> date | None:
        """Pop a date."""
        return self.parse(column, cells.as_date)

    def provenance(self, record_id: str, url: str | None = None, *, cells: Iterable[str] = ()) -> Provenance:
        """Return the provenance of this row, for a record or a figure.

        `cells` names the columns that the record rests on: their text as published is its receipt.
        """
        file = self._reader.file
        return Provenance(
            source=self._reader.source.name,
            record_id=record_id,
            url=url or file.url or self._reader.source.url,
            as_of=file.as_of,
            file=file.path,
            row=self.number,
            cells=tuple(f"{column}={self._published(column)}" for column in cells),
        )

    def _published(self, column: str) -> str:
        if column in self._popped:
            return self._popped[column]
        try:
            return self._cells[column]
        except KeyError:
            raise self._reader.no_such_column(column) from None

    def issue(self, column: str, value: str, reason: str) -> None:
        """Report one cell, without giving up the row."""
        self._reader.issue(self.number, column, value, reason, kind="field")

    def keep(self, record: Record) -> None:
        """The row becomes a record of its own."""
        self._settle("kept", str(getattr(record, "id", "")) or None)
        self._reader.context.emit(record)

    def merge(self, into: str) -> None:
        """The row went into the record with this id."""
        self._settle("merged", into)

    def hold(self, column: str, value: str, reason: str) -> None:
        """The row is held back, and reported with the cell that is the reason."""
        self._settle("held_back", None)
        self._reader.issue(self.number, column, value, reason, kind="row")

    def also(self, record: Record) -> None:
        """Emit a further record that this row yields."""
        self._reader.context.emit(record)

    def _settle(self, fate: str, record_id: str | None) -> None:
        if self.fate is not None:
            name = self._reader.file.path
            raise SourceError(name, "row has two fates", row=self.number, remedy="Correct the source's code.")
        self.fate = fate
        self._reader.settle(self.number, fate, record_id)

    def __repr__(self) -> str:
        return f"Row({self._reader.file.path}:{self.number}, {shorten(str(self._cells))})"
