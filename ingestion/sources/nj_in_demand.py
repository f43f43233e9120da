"""New Jersey's lists of fields and occupations in demand, its county waivers, and its online programs.

They mark programs: the lists of 2023 for "in demand", those of 2020 as history.
"""

from __future__ import annotations

from catalog.records import CodeMap
from ingestion import cells
from ingestion.context import Context
from ingestion.row import Row
from ingestion.source import Source, SourceFile

CIPS_2020 = SourceFile("nj/nj_in_demand_cips_2020.csv", as_of="2020", rows=(400, 1_500))
CIPS_2023 = SourceFile(
    "nj/nj_in_demand_cips_2023.csv", as_of="2023-05", rows=(400, 1_500), ignored=frozenset({"cipcode"})
)
SOCS_2020 = SourceFile("nj/nj_in_demand_socs_2020.csv", as_of="2020", rows=(50, 400))
SOCS_2023 = SourceFile("nj/nj_in_demand_socs_2023.csv", as_of="2023-05", rows=(50, 400))
WAIVERS = SourceFile(
    "nj/nj_local_exceptions_20200701.csv", as_of="2020-07-01", rows=(1, 100), ignored=frozenset({"OCCUPATION"})
)
ONLINE = SourceFile("nj/nj_online_program_ids.csv", as_of="2020", rows=(100, 1_000))


def read(context: Context) -> None:
    """Keep each list entry as a pair (code, list); leave the sets for the program source."""
    statewide: set[str] = set()
    waived: dict[str, set[str]] = {}
    for file, code_column, title_column, parser in (
        (CIPS_2020, "CIP", "CIPTitle", cells.as_cip),
        (CIPS_2023, "cip", "ciptitle", cells.as_cip),
        (SOCS_2020, "SOC", "OCCUPATIONTITLE", cells.as_soc),
        (SOCS_2023, "soc", "occupationtitle", cells.as_soc),
    ):
        system = "cip" if parser is cells.as_cip else "soc"
        for row in context.rows(file):
            listed = _keep_pair(row, system, row.parse(code_column, parser), file.as_of or "", row.text(title_column))
            if listed and file is CIPS_2023:
                statewide.add(listed)
    for row in context.rows(WAIVERS):
        county, title, _soc = row.text("COUNTY"), row.text("CIPDESCRIPTION"), row.text("SOC")
        cip = _keep_pair(row, "cip", row.parse("CIP", cells.as_cip), f"county:{(county or '').title()}", title)
        if cip and county:
            waived.setdefault(cip, set()).add(county.title())
    online = {number for number in map(_keep_online, context.rows(ONLINE)) if number}
    context.shelf.notes["nj_in_demand"] = {"statewide": statewide, "waived": waived, "online": online}


def _keep_pair(row: Row, system: str, code: str | None, entry: str, title: str | None) -> str | None:
    if code is None:
        row.hold(system, "", "no readable code")
        return None
    row.keep(
        CodeMap(
            from_system=system,
            from_code=code,
            to_system="nj_in_demand",
            to_code=entry,
            note=title,
            provenance=row.provenance(code),
        )
    )
    return code


def _keep_online(row: Row) -> str | None:
    number = row.raw("PROGRAMID").strip()
    if not number.isdigit():
        row.hold("PROGRAMID", number, "not a program number")
        return None
    row.keep(
        CodeMap(
            from_system="nj_program",
            from_code=number,
            to_system="nj_delivery",
            to_code="online",
            provenance=row.provenance(number),
        )
    )
    return number


SOURCE = Source(
    name="nj_in_demand",
    title="New Jersey in-demand fields and occupations, county waivers, online programs",
    publisher="New Jersey Department of Labor and Workforce Development",
    url="https://github.com/newjersey/d4ad",
    licence="MIT (repository newjersey/d4ad)",
    vintage="2020 and May 2023",
    files=(CIPS_2020, CIPS_2023, SOCS_2020, SOCS_2023, WAIVERS, ONLINE),
    read=read,
)
