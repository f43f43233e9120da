"""IPEDS enrolment by distance, 2020 to 2024: all students, those who study only and partly at a distance.

A blank beside a known total may mean none or not reported, which can't be told apart: no figure is
kept then. `SDE_ENROLL_TOTAL` is 2024's count of students who take some, but not all, courses so.
"""

from __future__ import annotations

from catalog.records import Unit
from ingestion.context import Context
from ingestion.institutions import IPEDS_URL, LICENCE, NCES, Figure, emit_measures, figures_of, settle, unitid_of
from ingestion.source import Source, SourceFile

FILE = SourceFile("federal/ipeds_2023_distance.csv.gz", as_of="2024", rows=(5_500, 7_500))
YEARS = ("2020", "2021", "2022", "2023", "2024")


def _count(column: str, name: str, year: str) -> Figure:
    return Figure(column, name, Unit.COUNT, f"ipeds_{name}", year)


FIGURES = (
    *(_count(f"TOTAL_ENROLL_{year}", "students", year) for year in YEARS),
    *(_count(f"DE_ENROLL_{year}", "students_only_at_a_distance", year) for year in YEARS),
    *(_count(f"SDE_ENROLL_{year}", "students_partly_at_a_distance", year) for year in YEARS[:-1]),
    _count("SDE_ENROLL_TOTAL", "students_partly_at_a_distance", YEARS[-1]),
)


def read(context: Context) -> None:
    """Merge each row into its institution, and keep the counts of each year."""
    for row in context.rows(FILE):
        name, counts = row.text("INSTITUTION"), figures_of(row, FIGURES)
        unitid = unitid_of(row, "UnitID")
        emit_measures(row, unitid and settle(context, row, "UnitID", unitid, name), counts)


SOURCE = Source(
    name="ipeds_distance",
    title="IPEDS enrolment by distance",
    publisher=NCES,
    url=IPEDS_URL,
    licence=LICENCE,
    vintage="columns for 2020 to 2024, in a selection named after 2023",
    files=(FILE,),
    read=read,
    after=("ipeds_directory",),
)
