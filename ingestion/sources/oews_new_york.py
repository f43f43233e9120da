"""Wages and employment by occupation in New York State and its ten labor market regions."""

from __future__ import annotations

from catalog.records import Unit
from ingestion import cells
from ingestion.context import Context
from ingestion.oews import EMPLOYMENT, Figure, area_subject, keep_figures
from ingestion.source import Source, SourceFile

FILE = SourceFile(
    "wages/oews_newyork.csv.gz", as_of=None, rows=(6_000, 8_500), ignored=frozenset({"Area", "Occupational Title"})
)
STATE, REGION = "1", "10"
FIGURES = (
    Figure("Employment", "employment", Unit.COUNT, EMPLOYMENT),
    Figure("Mean Wage", "wage_annual_mean", Unit.USD_PER_YEAR),
    Figure("Median Wage", "wage_annual_median", Unit.USD_PER_YEAR),
    Figure("Entry Wage", "wage_annual_entry", Unit.USD_PER_YEAR, "oews_ny_entry_wage"),
    Figure("Experienced Wage", "wage_annual_experienced", Unit.USD_PER_YEAR, "oews_ny_experienced_wage"),
)


def read(context: Context) -> None:
    """Keep the figures of each occupation and area; all pay is annual."""
    for row in context.rows(FILE):
        kind, area = row.raw("Area Type").strip(), row.text("Area Name")
        soc = row.parse("Standard Occupational Code", cells.as_soc)
        if kind not in (STATE, REGION) or area is None:
            row.hold("Area Type", kind, "neither the state nor one of its regions")
            continue
        subject = area_subject(soc, "NY", area if kind == REGION else None) if soc else None
        keep_figures(row, subject, FIGURES, None, "Standard Occupational Code")


SOURCE = Source(
    name="oews_new_york",
    title="Occupational employment and wages, New York",
    publisher="New York State Department of Labor",
    url="https://dol.ny.gov/occupational-employment-and-wage-statistics",
    licence="public record of New York State",
    vintage="the file states no year",
    files=(FILE,),
    read=read,
)
