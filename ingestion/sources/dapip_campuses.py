"""The accreditation database's table of institutions, their further locations, and sites that train."""

from __future__ import annotations

import re
from typing import Literal

from catalog.records import Place, Provider, ProviderIds
from ingestion import dapip
from ingestion.context import Context
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILES = (
    SourceFile(
        "federal/dapip_institute_campuses.csv.gz",
        as_of=dapip.AS_OF,
        rows=(25_000, 45_000),
        # The date on which a row was last touched says nothing about the campus; the parent's name is the parent's.
        ignored=frozenset({"ParentName", "UpdateDate"}),
    ),
)

ADDRESS = re.compile(
    r"(?:(?P<street>.*?),+\s*)?(?P<city>[^,]+),+\s+(?P<state>[A-Z]{2})(?:\s+(?P<zip>\d{5})(?:-\d{0,4})?)?"
)
STAND_IN_STREET = re.compile(r"x\s*-", re.IGNORECASE)
NO_ZIP = "00000"
LOCATION_TYPES = frozenset({"Institution", "Additional Location", "Site"})


def read(context: Context) -> None:
    """Keep each row as a provider of its own, below its parent where it has one."""
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row)


def _read_row(context: Context, row: Row) -> None:
    number = row.raw("DapipId").strip()
    name, kind = _known(row.text("LocationName")), _kind(row)
    parent = _parent(row)
    opeid = row.parse("OpeId", dapip.as_opeid)
    unitid = row.parse("IpedsUnitIds", dapip.as_single_unitid)
    place = _place(row)
    if not number.isdigit():
        return row.hold("DapipId", number, "not a number")
    if name is None:
        return row.hold("LocationName", "", "a location without a name")
    if context.shelf.find(Provider, dapip.provider_id(number)) is not None:
        return row.hold("DapipId", number, "a second row with this number; the first counts")
    return row.keep(
        Provider(
            id=dapip.provider_id(number),
            name=dapip.unmangled(name),
            level=_level(kind, parent, unitid),
            parent_id=dapip.provider_id(parent) if parent else None,
            ids=ProviderIds(opeid=opeid, unitid=unitid, dapip=number),
            place=place,
            kind=kind,
            provenance=row.provenance(number, dapip.profile_url(number)),
        )
    )


def _known(text: str | None) -> str | None:
    return None if text == "-" else text


def _kind(row: Row) -> str | None:
    kind = _known(row.text("LocationType"))
    if kind is not None and kind not in LOCATION_TYPES:
        row.issue("LocationType", kind, f"not one of {', '.join(sorted(LOCATION_TYPES))}")
        return None
    return kind


def _parent(row: Row) -> str | None:
    parent = _known(row.text("ParentDapipId"))
    if parent is not None and not parent.isdigit():
        row.issue("ParentDapipId", parent, "not a number")
        return None
    return parent


def _level(
    kind: str | None, parent: str | None, unitid: str | None
) -> Literal["institution", "campus", "location"] | None:
    """A further location that reports to IPEDS by itself is a campus.

    A site without parent (a hospital with a residency, say) is neither an institution nor a part of one.
    """
    if kind == "Institution":
        return "institution"
    if kind == "Additional Location" or (kind == "Site" and parent):
        return "campus" if unitid else "location"
    return None


def _place(row: Row) -> Place:
    """Split the address from its end: city, state and ZIP code follow the last commas."""
    raw = row.raw("Address")
    text = _known(" ".join(raw.split()))
    if not text:
        return Place()
    match = ADDRESS.fullmatch(text)
    if match is None:
        row.issue("Address", raw, "does not end in a city, a state and a ZIP code")
        return Place()
    street = (match["street"] or "").strip(" ,")
    return Place(
        street=None if not street or STAND_IN_STREET.match(street) else street,
        city=match["city"].strip(),
        state=match["state"],
        zip=None if match["zip"] == NO_ZIP else match["zip"],
    )


SOURCE = Source(
    name="dapip_campuses",
    title="Accredited institutions and their locations",
    publisher=dapip.PUBLISHER,
    url=dapip.URL,
    licence=dapip.LICENCE,
    vintage=dapip.VINTAGE,
    files=FILES,
    read=read,
)
