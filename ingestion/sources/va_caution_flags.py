"""VA's caution flags on schools: a dated legal or administrative act each, not a verdict on a program."""

from __future__ import annotations

from datetime import date

from catalog.records import EventKind, Provider, ProviderEvent
from ingestion import va
from ingestion.context import Context
from ingestion.events import Acts
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILES = (SourceFile("federal/va_caution_flag.csv", as_of="2020-10-07", rows=(100, 600)),)

RECEIPT = (
    "id",
    "instnm",
    "settlement title",
    "settlement description",
    "settlement date",
    "settlement link",
    "school closing date",
    "sec 702",
)
NO_IN_STATE_TUITION = "Does not offer the in-state tuition that Section 702 requires"


def read(context: Context) -> None:
    """Keep each flag as an event; a closing date, and a failed Section 702 test, become events of their own."""
    acts = Acts()
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row, acts)


def _read_row(context: Context, row: Row, acts: Acts) -> None:
    title, description = row.text("settlement title"), row.text("settlement description")
    on, closing = row.date("settlement date"), row.date("school closing date")
    link, system = row.text("settlement link"), row.text("school system name")
    # True means that the school complies; VA's own tool flags it only when false.
    complies = row.flag("sec 702")
    provider = va.facility(row, "id", "instnm")
    if provider is None:
        return None
    action = title or description
    if action is None:
        return row.hold("settlement title", "", "a flag without words")
    if va.is_new(context.shelf, provider):
        row.also(provider)
    if closing is not None:
        acts.also(row, _closure(row, provider, closing, ": ".join(part for part in (title, description) if part)))
    if complies is False:
        acts.also(row, _flag(row, provider, "section_702", NO_IN_STATE_TUITION))
    event = _flag(row, provider, f"caution_flag:{on or 'undated'}", action)
    more = {
        "reason": description if description != action else None,
        "on": on,
        "url": link,
        "scope": f"school system {system}" if system else None,
    }
    return acts.keep(row, event.model_copy(update=more))


def _flag(row: Row, provider: Provider, stem: str, action: str) -> ProviderEvent:
    return ProviderEvent(
        id=f"{provider.id}:{stem}",
        provider_id=provider.id,
        subject_name=provider.name,
        kind=EventKind.CAUTION_FLAG,
        action=action,
        provenance=row.provenance(provider.provenance.record_id, cells=RECEIPT),
    )


def _closure(row: Row, provider: Provider, closing: date, words: str) -> ProviderEvent:
    """The date stays an event, with the flag's words: the file also gives one to a school abroad that went on."""
    event = _flag(row, provider, f"closure:{closing.isoformat()}", "School closing date")
    return event.model_copy(update={"kind": EventKind.CLOSURE, "on": closing, "reason": words})


SOURCE = Source(
    name="va_caution_flags",
    title="VA caution flags",
    publisher=va.PUBLISHER,
    url=va.URL,
    licence=va.LICENCE,
    vintage="production extract of 2020-10-07",
    files=FILES,
    read=read,
    after=("va_facilities",),
)
