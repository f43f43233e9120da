"""What IPEDS and the College Scorecard share: ids of institutions, their codes, and figures in columns."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeVar

from catalog.records import Control, Measure, Place, Provider, ProviderIds, Reported, Unit
from ingestion import cells
from ingestion.context import Context
from ingestion.merging import keep_or_merge
from ingestion.row import Row

NCES = "US Department of Education, National Center for Education Statistics"
IPEDS_URL = "https://nces.ed.gov/ipeds/use-the-data"
SCORECARD = "US Department of Education, College Scorecard"
SCORECARD_URL = "https://collegescorecard.ed.gov/data/"
LICENCE = "Public domain (work of the US government)"

JUDGED = frozenset(
    {
        "award_rate_4yr",
        "award_rate_6yr",
        "completion_rate_150pct",
        "median_earnings_4yr_after_completion",
        "median_earnings_6yr_after_entry",
        "median_earnings_10yr_after_entry",
        "undergraduates",
    }
)
"""Figures that rules rest on: their measures bear the published cells."""

T = TypeVar("T")
Subject = Literal["provider", "provider_cip", "field_of_study"]

UNKNOWN_CODES = frozenset({"", ".", "-1", "-2", "-3", "99"})
CONTROLS = {"1": Control.PUBLIC, "2": Control.NONPROFIT, "3": Control.FOR_PROFIT}
KINDS = {"1": "four-year", "2": "two-year", "3": "less-than-two-year"}

ALIAS_BREAK = re.compile(r"\||\s{2,}")
NOT_AN_ALIAS = re.compile(
    r"(n/?a|none|null|inc|llc|ltd|corp|co|the|[a-z]{1,2}|([a-z]\.){1,2}|[\d\W]*)\.?", re.IGNORECASE
)


def provider_id(unitid: str) -> str:
    """Return the id of an institution's record."""
    return f"ipeds:{unitid}"


def unitid_of(row: Row, column: str) -> str | None:
    """Pop a UNITID; the row is held back, and None returned, when it is none.

    The Scorecard gives locations of an institution eight digits: the institution's six, and a number.
    """
    raw = row.raw(column)
    text = cells.clean(raw).removesuffix(".0")
    if not (text.isascii() and text.isdigit() and len(text) in (6, 8)):
        row.hold(column, raw, "not a UNITID of six digits, or of eight for a location")
        return None
    return text


def as_opeid(raw: str) -> str | None:
    """Return an eight-digit OPEID; raises CellError for other text.

    IPEDS marks institutions that report apart but have no OPEID of their own by another first
    digit than zero (`32098800` for a part of 020988); the zero is put back. `000000-2` means none.
    """
    if cells.clean(raw).strip("0") in ("", "-2"):
        return None
    opeid = cells.as_opeid(raw)
    return None if opeid is None else f"0{opeid[1:]}"


def as_ein(raw: str) -> str | None:
    """Return a nine-digit tax id, restoring a lost leading zero; raises CellError for other text."""
    text = cells.clean(raw)
    if text in UNKNOWN_CODES:
        return None
    if not (text.isascii() and text.isdigit() and len(text) in (8, 9)) or int(text) == 0:
        raise cells.CellError("not a tax id of nine digits")
    return text.zfill(9)


def as_six_digit_cip(raw: str) -> str | None:
    """Return a six-digit CIP code from one that lost zeros at either end (`1` is 01.0000); `-2` is None."""
    text = cells.clean(raw)
    if text in ("", ".", "-2"):
        return None
    match = re.fullmatch(r"([0-9]{1,2})(?:\.([0-9]{1,4}))?", text)
    if match is None:
        raise cells.CellError("not a CIP code")
    return f"{match[1].zfill(2)}.{(match[2] or '').ljust(4, '0')}"


def coded(row: Row, column: str, meanings: Mapping[str, T]) -> T | None:
    """Pop a code; a code that is not among the meanings, nor one for unknown, is reported."""
    code = cells.clean(row.raw(column))
    if code not in meanings and code not in UNKNOWN_CODES:
        row.issue(column, code, f"not one of {', '.join(meanings)}")
    return meanings.get(code)


def with_commas(text: str | None) -> str | None:
    """Return a text whose commas had become `|` as it was meant."""
    return None if text is None else re.sub(r"\s*\|\s*", ", ", text).strip(", ")


def aliases_of(row: Row, column: str, place: Place | None = None) -> tuple[str, ...]:
    """Pop a list of other names, split at `|` and at double spaces.

    In some files commas have become `|` too: leftovers such as `Inc.`, a state's code or the place's
    city are dropped.
    """
    city = (place.city or "").casefold() if place else ""
    parts = (cells.clean(part).strip(" ,;") for part in ALIAS_BREAK.split(row.raw(column).strip()))
    return tuple(dict.fromkeys(part for part in parts if not NOT_AN_ALIAS.fullmatch(part) and part.casefold() != city))


def institution(row: Row, unitid: str, name: str, opeid: str | None = None, **facts: Any) -> Provider:
    """Return the provider record of an institution, or of a location with a UNITID of eight digits.

    The last two digits of an OPEID number the branches: one with a number is a campus. Without an
    OPEID the level is unknown.
    """
    location = len(unitid) == 8
    level = None if opeid is None else "campus" if not opeid.endswith("00") else "institution"
    shared: dict[str, Any] = {
        "level": "location" if location and level == "institution" else level,
        "parent_id": provider_id(unitid[:6]) if location else None,
        "ids": ProviderIds(unitid=None if location else unitid, opeid=opeid),
        "provenance": row.provenance(unitid),
    }
    return Provider(id=provider_id(unitid), name=name, **(shared | facts))


def settle(
    context: Context, row: Row, column: str, unitid: str, name: str | None, place: Place | None = None
) -> str | None:
    """Give a row of figures its fate and return its institution's id; `column` held the UNITID.

    The row is merged into a known institution, which takes over a new name only; kept as a new one
    under its name; or held back, and None returned, when no file so far names it.
    """
    known = context.shelf.find(Provider, provider_id(unitid))
    if known is None and name is None:
        row.hold(column, unitid, "no file names the institution with this UNITID")
        return None
    if known is not None and (name is None or name.casefold() == known.name.casefold()):
        row.merge(known.id)
        return known.id
    return keep_or_merge(row, context.shelf, institution(row, unitid, name or "", place=place or Place())).id


@dataclass(frozen=True)
class Figure:
    """A column that holds a figure, and what it means; below `lowest` it can't be right.

    `n_column` holds the number of people behind the figure. Percentages are divided by 100.
    """

    column: str
    name: str
    unit: Unit
    definition: str
    period: str | None = None
    n_column: str | None = None
    percent: bool = False
    lowest: float = 0


class Filled(NamedTuple):
    """A figure that a row holds; `value` is None where it is withheld."""

    figure: Figure
    value: float | None
    n: int | None = None
    reported: Reported = Reported.VALUE


def figures_of(row: Row, figures: Iterable[Figure]) -> list[Filled]:
    """Pop the figures' columns and return those that are filled; blank is not a figure.

    Figures that can't be right (a share above one, a negative count) are reported and left out.
    """
    filled: list[Filled] = []
    counts: dict[str | None, int | None] = {None: None}
    for figure in figures:
        value = number_of(row, figure, row.raw(figure.column))
        if figure.n_column not in counts:
            counts[figure.n_column] = row.int(figure.n_column or "")
        if value is not None:
            filled.append(Filled(figure, value, counts[figure.n_column]))
    return filled


def number_of(row: Row, figure: Figure, raw: str) -> float | None:
    """Return a figure's number from its cell, None when it is blank or can't be right, which is reported."""
    try:
        value = cells.as_number(raw)
    except cells.CellError as error:
        row.issue(figure.column, raw, str(error))
        return None
    if value is None:
        return None
    value = value / 100 if figure.percent else value
    if value < figure.lowest or (figure.unit is Unit.FRACTION and value > 1):
        row.issue(figure.column, raw, "out of the range of such a figure")
        return None
    return value


def emit_measures(row: Row, subject: str | None, filled: Iterable[Filled], kind: Subject = "provider") -> None:
    """Emit the measures of a subject; none without a subject, since then the row was held back."""
    if subject is None:
        return
    plain = row.provenance(subject)
    for figure, value, n, reported in filled:
        columns = [c for c in (figure.column, figure.n_column) if c and row.knows(c)]
        judged = figure.name in JUDGED
        row.also(
            Measure(
                subject_kind=kind,
                subject_id=subject,
                name=figure.name,
                value=value,
                unit=figure.unit,
                reported=reported,
                n=n,
                period=figure.period,
                definition=figure.definition,
                provenance=row.provenance(subject, cells=columns) if judged else plain,
            )
        )
