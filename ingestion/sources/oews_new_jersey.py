"""Wages and employment of a few occupations in New Jersey, May 2019.

A spreadsheet turned most codes of this excerpt into months (`11-2021` into `Nov-21`). The title,
looked up among the survey's own titles, gives the code back when month and last digits agree.
"""

from __future__ import annotations

import re

from catalog.records import Unit
from ingestion import cells
from ingestion.context import Context
from ingestion.occupations import Crosswalks
from ingestion.oews import EMPLOYMENT, Figure, area_subject, keep_figures
from ingestion.row import Row
from ingestion.source import Source, SourceFile

AREA = {"area", "area_title", "area_type", "naics", "naics_title", "i_group", "own_code"}
PRECISION = {"emp_prse", "mean_prse", "jobs_1000", "loc_quotient", "pct_total"}
UNUSED = {"o_group", "h_pct25", "h_pct75", "a_pct25", "a_pct75", "annual", "hourly"}

FILE = SourceFile(
    "wages/oews_nj_2019_excerpt.csv", as_of="2019-05", rows=(10, 1_000), ignored=frozenset(AREA | PRECISION | UNUSED)
)
FIGURES = (
    Figure("tot_emp", "employment", Unit.COUNT, EMPLOYMENT),
    Figure("h_mean", "wage_hourly_mean", Unit.USD_PER_HOUR),
    Figure("h_pct10", "wage_hourly_p10", Unit.USD_PER_HOUR),
    Figure("h_median", "wage_hourly_median", Unit.USD_PER_HOUR),
    Figure("h_pct90", "wage_hourly_p90", Unit.USD_PER_HOUR),
    Figure("a_mean", "wage_annual_mean", Unit.USD_PER_YEAR),
    Figure("a_pct10", "wage_annual_p10", Unit.USD_PER_YEAR),
    Figure("a_median", "wage_annual_median", Unit.USD_PER_YEAR),
    Figure("a_pct90", "wage_annual_p90", Unit.USD_PER_YEAR),
)
MONTH = re.compile(r"Nov-(\d{2})")
"""A code of major group 11, the only group whose number is a month: its last two digits are left."""


def read(context: Context) -> None:
    """Keep the figures of each occupation; `*` is not released, `#` above the top code."""
    crosswalks: Crosswalks | None = context.shelf.notes.get("crosswalks")
    for row in context.rows(FILE):
        soc = _code(row, crosswalks)
        keep_figures(row, area_subject(soc, "NJ") if soc else None, FIGURES, "May 2019", "occ_code")


def _code(row: Row, crosswalks: Crosswalks | None) -> str | None:
    """Pop the code, brought back from a month's name where a spreadsheet made one of it."""
    raw, title = row.raw("occ_code").strip(), row.text("occ_title") or ""
    month = MONTH.fullmatch(raw)
    if month is None:
        try:
            return cells.as_soc(raw)
        except cells.CellError as error:
            row.issue("occ_code", raw, str(error))
            return None
    code = crosswalks.oews2019_of_title.get(title.lower(), "") if crosswalks else ""
    if not (code.startswith("11-") and code.endswith(month[1])):
        row.issue("occ_code", raw, f"a month instead of a code, and the title {title!r} does not give it back")
        return None
    return code


SOURCE = Source(
    name="oews_new_jersey",
    title="Occupational employment and wages, New Jersey (excerpt)",
    publisher="US Bureau of Labor Statistics",
    url="https://www.bls.gov/oes/tables.htm",
    licence="public domain (US government)",
    vintage="May 2019, 19 rows",
    files=(FILE,),
    read=read,
    after=("crosswalks",),
)
