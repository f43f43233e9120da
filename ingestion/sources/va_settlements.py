"""VA's list of settlements and other legal notices about schools, most of them keyed by UNITID.

One notice about a chain is repeated on each of its campuses, and several campuses can share one
UNITID: such rows differ only in `subject_name`, or in the provider.
"""

from __future__ import annotations

import re

from catalog.records import EventKind, Provider, ProviderEvent, ProviderIds
from ingestion import va
from ingestion.context import Context
from ingestion.events import Acts
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILES = (SourceFile("federal/va_settlement.csv", as_of="2020-04", rows=(100, 600)),)

RECEIPT = ("unitid", "instnm", "school_system_name", "settlement_description", "settlement_date", "settlement_link")
UNITID = re.compile(r"\d{6}")


def read(context: Context) -> None:
    """Keep each notice as an event of the institution, or the VA facility, that the id names."""
    acts = Acts()
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row, acts)


def _read_row(context: Context, row: Row, acts: Acts) -> None:
    action, on, link = row.text("settlement_description"), row.date("settlement_date"), row.text("settlement_link")
    system, code = row.text("school_system_name"), row.text("school_system_code")
    provider = _provider(context, row)
    if provider is None:
        return None
    if action is None:
        return row.hold("settlement_description", "", "a notice without words")
    name = provider.name
    event = ProviderEvent(
        id=f"{provider.id}:settlement:{on or 'undated'}",
        provider_id=provider.id,
        subject_name=name,
        kind=EventKind.SETTLEMENT if "settle" in action.lower() else EventKind.CAUTION_FLAG,
        action=action,
        scope=f"school system {code}" if code else None,
        on=on,
        # In 2020 VA wrote the school's own name into the column of the system's.
        system_name=system if system and system.casefold() != name.casefold() else None,
        url=link,
        provenance=row.provenance(provider.provenance.record_id, cells=RECEIPT),
    )
    return acts.keep(row, event)


def _provider(context: Context, row: Row) -> Provider | None:
    """Return the row's school under the name that the row gives; an id that no other file has is new."""
    number = row.raw("unitid").strip()
    if not UNITID.fullmatch(number):
        facility = va.facility_of(row, "unitid", number, "instnm")
        if facility is not None and va.is_new(context.shelf, facility):
            row.also(facility)
        return facility
    name = row.text("instnm")
    if name is None:
        row.hold("instnm", "", "a school without a name")
        return None
    institution = Provider(
        id=f"ipeds:{number}", name=name, ids=ProviderIds(unitid=number), provenance=row.provenance(number)
    )
    # To a known institution the name is not added: some rows bear the id of another school.
    if context.shelf.find(Provider, institution.id) is None:
        row.also(institution)
    return institution


SOURCE = Source(
    name="va_settlements",
    title="Settlements and legal notices",
    publisher=va.PUBLISHER,
    url=va.URL,
    licence=va.LICENCE,
    vintage="April 2020",
    files=FILES,
    read=read,
    after=("ipeds_directory", "va_facilities"),
)
