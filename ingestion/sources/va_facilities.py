"""VA's crosswalk of facility codes: which school a code stands for, with its OPEID and UNITID."""

from __future__ import annotations

import re

from catalog.records import Place, Provider
from ingestion import cells, va
from ingestion.context import Context
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILES = (SourceFile("federal/va_facility_crosswalk.csv.gz", as_of="2017-03", rows=(8_000, 20_000)),)

VA_ONLY = re.compile(r"VAONLY\d+")


def read(context: Context) -> None:
    """Keep each facility code as a provider; `NONE` stands for an unknown id."""
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row)


def _read_row(context: Context, row: Row) -> None:
    place = Place(city=row.text("city"), state=row.parse("state", cells.as_state))
    opeid, unitid = row.parse("ope", cells.as_opeid), row.parse("ipeds", _as_unitid)
    found = va.facility(row, "facility code", "institution name")
    if found is None:
        return None
    provider = va.described(found, place=place, opeid=opeid, unitid=unitid)
    if context.shelf.find(Provider, provider.id) is not None:
        return row.hold("facility code", provider.ids.va_facility or "", "a second row with this code")
    return row.keep(provider)


def _as_unitid(raw: str) -> str | None:
    """Numbers that VA gave to schools outside IPEDS are no UNITIDs."""
    return None if VA_ONLY.fullmatch(cells.clean(raw)) else cells.as_unitid(raw)


SOURCE = Source(
    name="va_facilities",
    title="VA facility codes",
    publisher=va.PUBLISHER,
    url=va.URL,
    licence=va.LICENCE,
    vintage="March 2017",
    files=FILES,
    read=read,
)
