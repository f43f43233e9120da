"""Wages and employment by occupation in the United States, May 2024."""

from __future__ import annotations

from catalog.records import Unit
from ingestion import cells
from ingestion.context import Context
from ingestion.oews import EMPLOYMENT, Figure, area_subject, keep_figures
from ingestion.source import Source, SourceFile

SHEET = "national_M2024_dl"
AREA = {"AREA", "AREA_TITLE", "AREA_TYPE", "NAICS", "NAICS_TITLE", "I_GROUP", "OWN_CODE"}
PRECISION = {"EMP_PRSE", "MEAN_PRSE", "JOBS_1000", "LOC_QUOTIENT", "PCT_TOTAL", "PCT_RPT"}
UNUSED = {"OCC_TITLE", "O_GROUP", "H_PCT25", "H_PCT75", "A_PCT25", "A_PCT75", "ANNUAL", "HOURLY"}

FILE = SourceFile(
    "wages/national_M2024_dl.xlsx",
    as_of="2024-05",
    rows=(750, 1_000),
    ignored=frozenset(AREA | PRECISION | UNUSED),
)
FIGURES = (
    Figure("TOT_EMP", "employment", Unit.COUNT, EMPLOYMENT),
    Figure("H_MEAN", "wage_hourly_mean", Unit.USD_PER_HOUR),
    Figure("H_PCT10", "wage_hourly_p10", Unit.USD_PER_HOUR),
    Figure("H_MEDIAN", "wage_hourly_median", Unit.USD_PER_HOUR),
    Figure("H_PCT90", "wage_hourly_p90", Unit.USD_PER_HOUR),
    Figure("A_MEAN", "wage_annual_mean", Unit.USD_PER_YEAR),
    Figure("A_PCT10", "wage_annual_p10", Unit.USD_PER_YEAR),
    Figure("A_MEDIAN", "wage_annual_median", Unit.USD_PER_YEAR),
    Figure("A_PCT90", "wage_annual_p90", Unit.USD_PER_YEAR),
)


def read(context: Context) -> None:
    """Keep the figures of each occupation; `*` is not released, `#` above the top code."""
    for row in context.sheet_rows(FILE, SHEET):
        soc, area = row.parse("OCC_CODE", cells.as_soc), row.raw("PRIM_STATE").strip()
        if area != "US":
            row.hold("PRIM_STATE", area, "not a national row")
            continue
        keep_figures(row, area_subject(soc, area) if soc else None, FIGURES, "May 2024", "OCC_CODE")


SOURCE = Source(
    name="oews_national",
    title="Occupational employment and wages, United States",
    publisher="US Bureau of Labor Statistics",
    url="https://www.bls.gov/oes/tables.htm",
    licence="public domain (US government)",
    vintage="May 2024",
    files=(FILE,),
    read=read,
)
