"""IPEDS completions: how many awards an institution conferred by field of study.

The file lost the award level and whether it was a first or second major, so a field repeats within
an institution: its rows are summed. CIP codes lost zeros at both ends (`1` is 01.0000, `44` is
44.0000); `99` alone is a total, the institution's. The sum over fields equals the sum of its `99`
rows, which also shows where the file was cut off: an institution without equal sums is held back.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from catalog.records import Provider, Unit
from ingestion import cells, files
from ingestion.context import Context
from ingestion.institutions import (
    IPEDS_URL,
    LICENCE,
    NCES,
    Figure,
    Filled,
    Subject,
    as_six_digit_cip,
    emit_measures,
    number_of,
    provider_id,
    unitid_of,
)
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILE = SourceFile("federal/ipeds_completions_cip.csv.gz", as_of=None, rows=(60_000, 400_000))
TOTAL = "99"
AWARDS = Figure("ctotalt", "awards_conferred", Unit.COUNT, "ipeds_awards_all_levels", "year not stated; 2014 or later")


@dataclass
class Sum:
    """The rows of one institution and field so far: their sum, and the first of them."""

    first: Row
    awards: float = 0


def read(context: Context) -> None:
    """Merge each row into the sum of its institution and field, and keep the sums."""
    incomplete = _incomplete(context)
    sums: dict[str, Sum] = {}
    for row in context.rows(FILE):
        _read_row(context, row, incomplete, sums)
    for subject, total in sums.items():
        kind: Subject = "provider_cip" if "|" in subject else "provider"
        emit_measures(total.first, subject, [Filled(AWARDS, total.awards)], kind)


def _read_row(context: Context, row: Row, incomplete: frozenset[str], sums: dict[str, Sum]) -> None:
    published, raw = row.raw("cipcode"), row.raw(AWARDS.column)
    field, awards = _field_of(published), number_of(row, AWARDS, raw)
    unitid = unitid_of(row, "unitid")
    if unitid is None:
        return None
    if unitid in incomplete:
        return row.hold("unitid", unitid, "its fields and its total differ: the file is cut off or damaged here")
    if context.shelf.find(Provider, provider_id(unitid)) is None:
        return row.hold("unitid", unitid, "no file names the institution with this UNITID")
    if field is None or awards is None:
        column, value = ("cipcode", published) if field is None else (AWARDS.column, raw)
        return row.hold(column, value, "no field of study, or no number of awards")
    subject = provider_id(unitid) if field == TOTAL else f"{provider_id(unitid)}|{field}"
    sums.setdefault(subject, Sum(row)).awards += awards
    return row.merge(subject)


def _field_of(published: str) -> str | None:
    """Return the six-digit code, `99` for the total, None for neither."""
    try:
        return TOTAL if cells.clean(published) == TOTAL else as_six_digit_cip(published)
    except cells.CellError:
        return None


def _incomplete(context: Context) -> frozenset[str]:
    """Return the institutions whose fields don't sum to their total, from a first pass over the file."""
    balance: Counter[str] = Counter()
    lines = files.delimited_rows(context.path_of(FILE), FILE.path, FILE.delimiter)
    columns = {name.strip(): place for place, name in enumerate(next(lines, []))}
    unitid, cip, awards = (columns.get(name) for name in ("unitid", "cipcode", AWARDS.column))
    if unitid is None or cip is None or awards is None:
        return frozenset()
    for line in lines:
        if len(line) == len(columns) and line[awards].isascii() and line[awards].isdigit():
            balance[line[unitid]] += int(line[awards]) * (-1 if line[cip] == TOTAL else 1)
    return frozenset(school for school, difference in balance.items() if difference)


SOURCE = Source(
    name="ipeds_completions",
    title="IPEDS awards conferred by field of study",
    publisher=NCES,
    url=IPEDS_URL,
    licence=LICENCE,
    vintage="year not stated (2014 or later); the first 1,005 institutions only",
    files=(FILE,),
    read=read,
    after=("ipeds_directory",),
)
