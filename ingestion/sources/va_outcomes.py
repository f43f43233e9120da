"""How student veterans fare at a school, by VA: retention, persistence, graduation and transfer.

The number of veterans behind a rate is not published. Facilities of one institution often bear the
same figures, so they are no independent observations.
"""

from __future__ import annotations

from catalog.records import Measure, Unit
from ingestion import cells, va
from ingestion.context import Context
from ingestion.merging import keep_or_merge
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILES = (SourceFile("federal/va_outcome.csv.gz", as_of="2020-02", rows=(7_000, 20_000)),)

KINDS = {"4-year": "4-year school", "2-year": "2-year school", "NCD": "non-college-degree school"}
RATES = {
    "retention_rate_veteran_ba": ("veteran_retention_rate", "va_veteran_retention_ba"),
    "retention_rate_veteran_otb": ("veteran_retention_rate", "va_veteran_retention_otb"),
    "persistance_rate_veteran_ba": ("veteran_persistence_rate", "va_veteran_persistence_ba"),
    "persistance_rate_veteran_otb": ("veteran_persistence_rate", "va_veteran_persistence_otb"),
    "graduation_rate_veteran": ("veteran_graduation_rate", "va_veteran_graduation"),
    "transfer_out_rate_veteran": ("veteran_transfer_out_rate", "va_veteran_transfer_out"),
}
"""By column: the measure's name, and its definition; `ba` is for bachelor's students, `otb` for others."""


def read(context: Context) -> None:
    """Keep or complete each facility, with a measure for each rate that is not blank."""
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row)


def _read_row(context: Context, row: Row) -> None:
    level = row.text("school_level_va")
    if level is not None and level not in KINDS:
        row.issue("school_level_va", level, f"not one of {', '.join(KINDS)}")
    rates = {column: row.parse(column, as_rate) for column in RATES}
    found = va.facility(row, "va_facility_code", "va_facility_name")
    if found is None:
        return
    provider = va.described(found, kind=KINDS.get(level or ""))
    keep_or_merge(row, context.shelf, provider)
    for column, rate in rates.items():
        if rate is None:
            continue
        name, definition = RATES[column]
        row.also(
            Measure(
                subject_kind="provider",
                subject_id=provider.id,
                name=name,
                value=rate,
                unit=Unit.FRACTION,
                definition=definition,
                provenance=row.provenance(provider.provenance.record_id, cells=("va_facility_code", column)),
            )
        )


def as_rate(raw: str) -> float | None:
    """Return a rate from 0 to 1."""
    rate = cells.as_number(raw)
    if rate is not None and not 0 <= rate <= 1:
        raise cells.CellError("not a rate from 0 to 1")
    return rate


SOURCE = Source(
    name="va_outcomes",
    title="Outcomes of student veterans",
    publisher=va.PUBLISHER,
    url=va.URL,
    licence=va.LICENCE,
    vintage="February 2020; the cohorts' years are not stated",
    files=FILES,
    read=read,
    after=("va_facilities",),
)
