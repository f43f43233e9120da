"""The Standard Occupational Classification of 2018, with definitions."""

from __future__ import annotations

from catalog.records import Code
from ingestion import cells
from ingestion.context import Context
from ingestion.source import Source, SourceFile

FILE = SourceFile("crosswalks/soc2018_definitions.csv.gz", as_of="2018", rows=(1_300, 1_600))
LEVELS = {"Major": "major", "Minor": "minor", "Broad": "broad", "Detailed": "detailed"}


def read(context: Context) -> None:
    """Keep each code with its level; only detailed occupations have a definition."""
    seen: set[str] = set()
    for row in context.rows(FILE):
        raw, group = row.raw("SOCCode"), row.raw("SOCGroup")
        title, definition = row.text("SOCTitle"), row.text("SOCDefinition")
        level = LEVELS.get(cells.clean(group))
        if level is None and cells.clean(group):
            row.issue("SOCGroup", group, f"not one of {', '.join(LEVELS)}")
        try:
            code = cells.as_soc(raw)
        except cells.CellError as error:
            row.hold("SOCCode", raw, str(error))
            continue
        if code is None or title is None or code in seen:
            row.hold("SOCCode", raw, "no code, no title, or a second row with this code")
            continue
        seen.add(code)
        row.keep(
            Code(
                system="soc2018",
                code=code,
                title=title,
                level=level,
                definition=definition,
                provenance=row.provenance(code),
            )
        )


SOURCE = Source(
    name="soc_codes",
    title="Standard Occupational Classification, with definitions",
    publisher="US Bureau of Labor Statistics",
    url="https://www.bls.gov/soc/2018/",
    licence="public domain (US government)",
    vintage="SOC 2018",
    files=(FILE,),
    read=read,
)
