"""IPEDS award rates of 2023: the share of entrants with an award four and six years on.

The columns were renamed by whoever selected them. That only degree-granting institutions are filled
in and that the cohorts count more than first-time full-time students shows the survey component:
*Outcome Measures*, all undergraduates who entered in 2015-16. It is not the graduation rate within
150 % of normal time, and must not be held against a bar for that one. Percentages are whole numbers.
"""

from __future__ import annotations

from catalog.records import Unit
from ingestion.context import Context
from ingestion.institutions import IPEDS_URL, LICENCE, NCES, Figure, emit_measures, figures_of, settle, unitid_of
from ingestion.source import Source, SourceFile

FILE = SourceFile("federal/ipeds_2023_gradrates.csv", as_of="2023", rows=(5_500, 7_500))
PERIOD = "entered 2015-16"


def _rate(column: str, years: int) -> Figure:
    return Figure(
        column,
        f"award_rate_{years}yr",
        Unit.FRACTION,
        f"ipeds_outcome_measures_award_{years}yr",
        PERIOD,
        n_column="TOTAL_COHORT_2015",
        percent=True,
    )


FIGURES = (_rate("PCT_AWARD_6YRS", 6), _rate("PCT_AWARD_4YEARS", 4))


def read(context: Context) -> None:
    """Merge each row into its institution, and keep its two rates with the cohort as `n`."""
    for row in context.rows(FILE):
        name, rates = row.text("Institution Name"), figures_of(row, FIGURES)
        unitid = unitid_of(row, "UnitID")
        emit_measures(row, unitid and settle(context, row, "UnitID", unitid, name), rates)


SOURCE = Source(
    name="ipeds_graduation",
    title="IPEDS award rates of entrants",
    publisher=NCES,
    url=IPEDS_URL,
    licence=LICENCE,
    vintage="collection of 2023, entrants of 2015-16; selected columns",
    files=(FILE,),
    read=read,
    after=("ipeds_directory",),
)
