"""College Scorecard earnings of May 2025: medians ten and six years after students entered.

The cohorts are those that the data dictionary of January 2025 gives for these columns: of students
with federal aid, those who worked and were not enrolled when pay was measured; yearly pay, in dollars of
2022. The figure is made for the six-digit OPEID: all its campuses share it. Blank means withheld or
not reported, which can't be told apart: no figure is kept then.
"""

from __future__ import annotations

from catalog.records import Place, Unit
from ingestion import cells
from ingestion.context import Context
from ingestion.institutions import (
    LICENCE,
    SCORECARD,
    SCORECARD_URL,
    Figure,
    emit_measures,
    figures_of,
    settle,
    unitid_of,
)
from ingestion.source import Source, SourceFile

FILE = SourceFile("federal/scorecard_earnings_20250519.csv", as_of="2025-05-19", rows=(5_500, 7_500))
FIGURES = (
    Figure(
        "MD_EARN_WNE_P10",
        "median_earnings_10yr_after_entry",
        Unit.USD_PER_YEAR,
        "scorecard_md_earn_wne_p10",
        "entered 2009-10 and 2010-11; pay of 2020 and 2021 in dollars of 2022",
    ),
    Figure(
        "MD_EARN_WNE_P6",
        "median_earnings_6yr_after_entry",
        Unit.USD_PER_YEAR,
        "scorecard_md_earn_wne_p6",
        "entered 2013-14 and 2014-15; pay of 2020 and 2021 in dollars of 2022",
    ),
)


def read(context: Context) -> None:
    """Merge each row into its institution, and keep its medians."""
    for row in context.rows(FILE):
        name, place = row.text("INSTNM"), Place(state=row.parse("STABBR", cells.as_state))
        medians = figures_of(row, FIGURES)
        unitid = unitid_of(row, "UNITID")
        emit_measures(row, unitid and settle(context, row, "UNITID", unitid, name, place), medians)


SOURCE = Source(
    name="scorecard_earnings",
    title="College Scorecard median earnings",
    publisher=SCORECARD,
    url=SCORECARD_URL,
    licence=LICENCE,
    vintage="release of 2025-05-19",
    files=(FILE,),
    read=read,
    after=("ipeds_directory",),
)
