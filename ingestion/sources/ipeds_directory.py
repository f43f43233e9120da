"""IPEDS directories of institutions: 2014 in full, 2023 with selected columns.

In the 2014 file commas have become `|`, and in rows whose list of other names held one too many
the columns after that list are shifted: there the system and the county are not read. Participation
in federal student aid (`title_iv`) is that of 2014, since the 2023 file does not state it.
"""

from __future__ import annotations

from datetime import date

from catalog.records import EventKind, Place, Provider, ProviderEvent
from ingestion import cells
from ingestion.context import Context
from ingestion.institutions import (
    CONTROLS,
    IPEDS_URL,
    KINDS,
    LICENCE,
    NCES,
    aliases_of,
    as_ein,
    as_opeid,
    coded,
    institution,
    provider_id,
    unitid_of,
    with_commas,
)
from ingestion.merging import keep_or_merge
from ingestion.row import Row
from ingestion.source import Source, SourceFile

LINKS = {"adminurl", "faidurl", "applurl", "npricurl", "veturl", "athurl"}
OFFERS = {"hloffer", "ugoffer", "groffer", "hdegofr1", "deggrant", "hospital", "medical", "rptmth", "instcat"}
GROUPS = {"hbcu", "tribal", "locale", "openpubl", "landgrnt", "instsize", "dfrcgid", "dfrcuscg"}
CARNEGIE = {"ccbasic", "ccipug", "ccipgrad", "ccugprof", "ccenrprf", "ccsizset", "carnegie"}
AREAS = {"obereg", "cbsa", "cbsatype", "csa", "necta", "cngdstcd"}
STATES_OF_RECORD = {"cyactive", "postsec", "pseflag", "pset4flg"}
OF_2014 = SourceFile(
    "federal/ipeds_hd.csv.gz",
    as_of="2014",
    rows=(7_000, 8_500),
    ignored=frozenset(LINKS | OFFERS | GROUPS | CARNEGIE | AREAS | STATES_OF_RECORD),
)
OF_2023 = SourceFile(
    "federal/ipeds_2023_institutions.csv.gz",
    as_of="2023",
    rows=(5_500, 7_500),
    ignored=frozenset({"FIPS", "HISTORICALLY_BLACK", "TRIBAL", "CATEGORY"}),
)

# 3 is "deferment only": neither a yes nor a no.
TITLE_IV = {"1": True, "2": True, "3": None, "4": True, "5": False, "6": False, "7": False, "8": True}
ENDED = {"C": "Combined with another institution", "D": "Out of business", "M": "Closed in the current year"}
ACTIVITIES = {**ENDED, "A": None, "N": None, "R": None, "G": None}
ADMINISTRATIVE = {"0": True, **dict.fromkeys("123456789", False)}


def read(context: Context) -> None:
    """Keep the institutions of 2014, merge those of 2023 into them, then keep the closures.

    An institution that the later directory lists again has not closed for good: no closure is kept.
    The ids that the later directory lists are left as a note under this source's name.
    """
    closures: dict[str, ProviderEvent] = {}
    for row in context.rows(OF_2014):
        _read_2014(context, row, closures)
    listed = {_read_2023(context, row, closures) for row in context.rows(OF_2023)}
    context.shelf.notes[SOURCE.name] = frozenset(listed)
    for closure in closures.values():
        context.emit(closure)


def _read_2014(context: Context, row: Row, closures: dict[str, ProviderEvent]) -> None:
    published_names = row.raw("instnm")
    name = with_commas(cells.clean(published_names))
    system_id, county = _after_the_shift(context, row)
    opeid = row.parse("opeid", as_opeid)
    successor, action = row.parse("newid", cells.as_unitid), coded(row, "act", ACTIVITIES)
    died, closed_on = row.raw("deathyr"), row.parse("closedat", _as_closing_date)
    facts = _codes(row, "sector", "iclevel", "control")
    ein, title_iv = row.parse("ein", as_ein), coded(row, "opeflag", TITLE_IV)
    place = _place(row, "addr", "city", "stabbr", "zip").model_copy(update={"county": county})
    website, aliases = row.text("webaddr"), aliases_of(row, "ialias", place)
    unitid = unitid_of(row, "unitid")
    if unitid is None:
        return None
    if not name:
        return row.hold("instnm", published_names, "an institution without a name")
    provider = institution(
        row,
        unitid,
        name,
        opeid,
        aliases=aliases,
        place=place,
        website=website,
        title_iv=title_iv,
        closed_on=closed_on,
        parent_id=provider_id(successor) if successor else system_id,
        **facts,
    )
    provider = provider.model_copy(update={"ids": provider.ids.model_copy(update={"ein": ein})})
    keep_or_merge(row, context.shelf, provider)
    if action is not None or closed_on is not None or died.strip() not in ("", "-2"):
        closures[provider.id] = _closure(row, provider, action, successor)
    return None


def _codes(row: Row, sector: str, level: str, control: str) -> dict[str, object]:
    office = coded(row, sector, ADMINISTRATIVE)
    kind, run_by = coded(row, level, KINDS), coded(row, control, CONTROLS)
    facts: dict[str, object] = {"kind": kind, "control": run_by}
    return {**facts, "kind": "administrative unit", "level": "system"} if office else facts


def _place(row: Row, street: str | None, city: str, state: str, code: str) -> Place:
    return Place(
        street=(with_commas(row.text(street)) or None) if street else None,
        city=with_commas(row.text(city)) or None,
        state=row.parse(state, cells.as_state),
        zip=row.parse(code, cells.as_zip),
    )


def _after_the_shift(context: Context, row: Row) -> tuple[str | None, str | None]:
    """Return the id of the institution's system and the county, neither when the columns are shifted.

    They are in place when the coordinates are coordinates and the county's code begins with the state's.
    """
    state_code, county_code, county = row.raw("fips").strip(), row.raw("countycd").strip(), row.text("countynm")
    longitude, latitude = row.raw("longitud"), row.raw("latitude")
    member, code, name = row.raw("f1systyp").strip(), row.raw("f1syscod").strip(), with_commas(row.text("f1sysnam"))
    in_state = county_code in ("", "-2") or _is_county_of(state_code, county_code)
    if not (in_state and _are_coordinates(longitude, latitude)):
        row.issue("longitud", longitude, "the columns after 'ialias' are shifted in this row; not used")
        return None, None
    if member != "1" or not name or not code.isdigit():
        return None, county
    system = Provider(id=f"ipeds_system:{code}", name=name, level="system", provenance=row.provenance(code))
    if context.shelf.find(Provider, system.id) is None:
        row.also(system)
    return system.id, county


def _are_coordinates(longitude: str, latitude: str) -> bool:
    try:
        east, north = cells.as_number(longitude), cells.as_number(latitude)
    except cells.CellError:
        return False
    if east is None or north is None:
        return False
    return (-180 <= east <= -60 or 130 <= east <= 180) and -15 <= north <= 72


def _is_county_of(state_code: str, county_code: str) -> bool:
    return state_code.isdigit() and county_code.isdigit() and int(county_code) // 1000 == int(state_code)


def _as_closing_date(raw: str) -> date | None:
    return None if cells.clean(raw) in ("-2", "-3") else cells.as_date(raw)


def _closure(row: Row, provider: Provider, action: str | None, successor: str | None) -> ProviderEvent:
    receipt = ("unitid", "instnm", "act", "deathyr", "closedat", "newid")
    return ProviderEvent(
        id=f"{provider.id}:closure:{provider.provenance.as_of}",
        provider_id=provider.id,
        subject_name=provider.name,
        kind=EventKind.CLOSURE,
        action=action or "Closed",
        reason=f"now part of UNITID {successor}" if successor else None,
        agency=NCES,
        on=provider.closed_on,
        provenance=row.provenance(provider.provenance.record_id, cells=receipt),
    )


def _read_2023(context: Context, row: Row, closures: dict[str, ProviderEvent]) -> str | None:
    name, opeid = row.text("INSTITUTION"), row.parse("OPEID", as_opeid)
    facts = _codes(row, "SECTOR", "LEVEL", "CONTROL")
    place = _place(row, None, "CITY", "STATE", "ZIP")
    unitid = unitid_of(row, "UnitID")
    if unitid is None:
        return None
    if name is None:
        row.hold("INSTITUTION", "", "an institution without a name")
        return None
    merged = keep_or_merge(row, context.shelf, institution(row, unitid, name, opeid, place=place, **facts))
    closure = closures.pop(merged.id, None)
    if closure is not None:
        row.issue("UnitID", unitid, f"listed in 2023, though 2014 says: {closure.action}; counted as open")
        context.shelf.replace(merged.model_copy(update={"closed_on": None}))
    return merged.id


SOURCE = Source(
    name="ipeds_directory",
    title="IPEDS directory of institutions",
    publisher=NCES,
    url=IPEDS_URL,
    licence=LICENCE,
    vintage="directory of 2014 (HD2014); selected columns of 2023",
    files=(OF_2014, OF_2023),
    read=read,
)
