"""Federal Student Aid's list of institutions on heightened cash monitoring, each with the stated reason."""

from __future__ import annotations

from catalog.records import Control, EventKind, Place, Provider, ProviderEvent, ProviderIds
from ingestion import cells
from ingestion.context import Context
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILES = (SourceFile("federal/hcm.csv", as_of=None, rows=(300, 900)),)

RECEIPT = ("ope id", "institution name", "city", "state", "stop pay/monitor method", "method reason desc")
METHODS = ("HCM - Cash Monitoring 1", "HCM - Cash Monitoring 2")
CONTROLS = {
    "Public": Control.PUBLIC,
    "Private, Nonprofit": Control.NONPROFIT,
    "Proprietary": Control.FOR_PROFIT,
    "Foreign Public": Control.PUBLIC,
    "Foreign Private": None,  # does not say whether for profit
    "Foreign For-Profit": Control.FOR_PROFIT,
}


def read(context: Context) -> None:
    """Keep each row as an event, and its institution as a provider of its own."""
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row)


def _read_row(context: Context, row: Row) -> None:
    published = row.raw("ope id")
    name, method, reason = row.text("institution name"), _method(row), row.text("method reason desc")
    place = Place(city=row.text("city"), state=row.parse("state", cells.as_state))
    kind, country = row.text("institution type"), row.text("country")
    if kind is not None and kind not in CONTROLS:
        row.issue("institution type", kind, f"not one of {', '.join(CONTROLS)}")
    try:
        opeid = cells.as_opeid(published)
    except cells.CellError as error:
        return row.hold("ope id", published, str(error))
    if opeid is None or name is None or method is None:
        column = "ope id" if opeid is None else "institution name" if name is None else "stop pay/monitor method"
        return row.hold(column, "", "blank")
    provider = Provider(
        id=f"fsa_hcm:{opeid}",
        name=name,
        ids=ProviderIds(opeid=opeid),
        place=place,
        control=CONTROLS.get(kind or ""),
        kind=f"{kind} ({country})" if kind and country else kind,
        provenance=row.provenance(opeid, cells=RECEIPT),
    )
    if context.shelf.find(Provider, provider.id) is not None:
        return row.hold("ope id", published, "a second row with this OPEID; the first counts")
    row.also(provider)
    return row.keep(
        ProviderEvent(
            id=f"{provider.id}:cash_monitoring",
            provider_id=provider.id,
            subject_name=name,
            kind=EventKind.CASH_MONITORING,
            action=method,
            reason=reason,
            agency="Federal Student Aid",
            provenance=provider.provenance,
        )
    )


def _method(row: Row) -> str | None:
    """Pop the payment method as published; a new one is kept, and reported."""
    method = row.text("stop pay/monitor method")
    if method is not None and method not in METHODS:
        row.issue("stop pay/monitor method", method, f"not one of {', '.join(METHODS)}")
    return method


SOURCE = Source(
    name="fsa_hcm",
    title="Heightened cash monitoring",
    publisher="US Department of Education, Federal Student Aid",
    url="https://studentaid.gov/data-center/school/hcm",
    licence="Public domain (work of the US government)",
    vintage="a quarterly list that does not state its date; in use in June 2019",
    files=FILES,
    read=read,
)
