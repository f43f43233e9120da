"""VA's list of schools that are closing."""

from __future__ import annotations

from catalog.records import EventKind, ProviderEvent
from ingestion import va
from ingestion.context import Context
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILES = (SourceFile("federal/va_school_closure.csv", as_of="2018-06", rows=(50, 600)),)

RECEIPT = ("facility code", "institution name", "school closing", "school closing date", "school closing message")


def read(context: Context) -> None:
    """Keep each row as a closure of its facility."""
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row)


def _read_row(context: Context, row: Row) -> None:
    closing, on = row.flag("school closing"), row.date("school closing date")
    message, notes = row.text("school closing message"), row.text("notes")
    provider = va.facility(row, "facility code", "institution name")
    if provider is None:
        return None
    if not closing:
        return row.hold("school closing", "" if closing is None else "false", "the row does not say that it closes")
    if va.is_new(context.shelf, provider):
        row.also(provider)
    return row.keep(
        ProviderEvent(
            id=f"{provider.id}:school_closure",
            provider_id=provider.id,
            subject_name=provider.name,
            kind=EventKind.CLOSURE,
            action=message or "School closing",
            reason=notes,
            on=on,
            provenance=row.provenance(provider.provenance.record_id, cells=RECEIPT),
        )
    )


SOURCE = Source(
    name="va_closures",
    title="VA list of closing schools",
    publisher=va.PUBLISHER,
    url=va.URL,
    licence=va.LICENCE,
    vintage="June 2018",
    files=FILES,
    read=read,
    after=("va_facilities",),
)
