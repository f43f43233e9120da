"""Wages and employment by occupation in Washington State and its areas, 2022."""

from __future__ import annotations

from catalog.records import Unit
from ingestion import cells
from ingestion.context import Context
from ingestion.oews import EMPLOYMENT, Figure, area_subject, keep_figures
from ingestion.source import Source, SourceFile

FILE = SourceFile(
    "wages/oews_washington_2022.csv.gz",
    as_of="2022",
    rows=(6_000, 8_000),
    ignored=frozenset({"ID", "Occupational title"}),
)
YEAR, STATEWIDE = 2022, "000053"
FIGURES = (
    Figure("Employment", "employment", Unit.COUNT, EMPLOYMENT),
    Figure("Average wage", "wage_hourly_mean", Unit.USD_PER_HOUR),
    Figure("25th Percentile", "wage_hourly_p25", Unit.USD_PER_HOUR),
    Figure("50th Percentile", "wage_hourly_median", Unit.USD_PER_HOUR),
    Figure("75th Percentile", "wage_hourly_p75", Unit.USD_PER_HOUR),
    Figure("Annual wage", "wage_annual_mean", Unit.USD_PER_YEAR),
)


def read(context: Context) -> None:
    """Keep the figures of each occupation and area.

    Average wage and percentiles are hourly; only "Annual wage", a mean, is annual. High
    percentiles are blank without a mark, so that their being above a top code is not known.
    """
    for row in context.rows(FILE):
        year, soc = row.int("Year"), row.parse("SOC code", cells.as_soc)
        code, area = row.raw("Area code").strip(), row.text("Area name")
        if year != YEAR or area is None:
            row.hold("Year", str(year), f"not an estimate of {YEAR} with a named area")
            continue
        subject = area_subject(soc, "WA", None if code == STATEWIDE else area) if soc else None
        keep_figures(row, subject, FIGURES, str(YEAR), "SOC code")


SOURCE = Source(
    name="oews_washington",
    title="Occupational employment and wages, Washington",
    publisher="Washington State Employment Security Department",
    url="https://esd.wa.gov/labormarketinfo/occupations",
    licence="public record of Washington State",
    vintage="2022",
    files=(FILE,),
    read=read,
)
