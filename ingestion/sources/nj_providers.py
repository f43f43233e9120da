"""New Jersey's tables of training providers, two dated copies: who they are, and their list status."""

from __future__ import annotations

from catalog.records import EventKind, Provider, ProviderEvent
from ingestion.context import Context
from ingestion.new_jersey import provider_of, status_of
from ingestion.row import Row
from ingestion.source import Source, SourceFile

MAILING = frozenset({"MSTREET1", "MSTREET2", "MCITY", "MSTATE", "MZIP"})
IGNORED = MAILING | {"LICENSINGAGENCYID", "TYPEID", "DTSUBMITTED", "ACCESSAJBATB"}

FILES = (
    SourceFile("nj/nj_providers_20191118.csv.gz", as_of="2019-11-18", rows=(1_500, 2_500), ignored=IGNORED),
    SourceFile("nj/nj_providers_20200811.csv.gz", as_of="2020-08-11", rows=(1_500, 2_500), ignored=IGNORED),
)


def read(context: Context) -> None:
    """Keep each provider once, with the later table's facts; each status becomes a dated event."""
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row)


def _read_row(context: Context, row: Row) -> None:
    number = row.raw("PROVIDERID").strip()
    status = status_of(row, "STATUSNAME")
    provider = provider_of(row, number, str.upper, "STATUSNAME")
    if not number.isdigit():
        return row.hold("PROVIDERID", number, "not a provider number")
    if provider is None:
        return row.hold("NAME", "", "a provider without a name")
    provider = provider.model_copy(update={"list_status": status, "list_status_as_of": provider.provenance.as_of})
    earlier = context.shelf.find(Provider, provider.id)
    if earlier is None:
        row.keep(provider)
    elif earlier.provenance.as_of == provider.provenance.as_of:
        return row.hold("PROVIDERID", number, f"a second row with this number; row {earlier.provenance.row} counts")
    else:
        row.merge(provider.id)
        context.shelf.replace(provider)
    if status is not None:
        row.also(_status_event(provider, status))
    return None


def _status_event(provider: Provider, status: str) -> ProviderEvent:
    """A table's date is the day of the copy, not of the decision: `on` stays unknown."""
    return ProviderEvent(
        id=f"{provider.id}:list_status:{provider.provenance.as_of}",
        provider_id=provider.id,
        subject_name=provider.name,
        kind=EventKind.LIST_STATUS,
        action=status,
        provenance=provider.provenance,
    )


SOURCE = Source(
    name="nj_providers",
    title="New Jersey training providers",
    publisher="New Jersey Department of Labor and Workforce Development",
    url="https://github.com/newjersey/d4ad",
    licence="MIT (repository newjersey/d4ad)",
    vintage="copies of 2019-11-18 and 2020-08-11",
    files=FILES,
    read=read,
)
