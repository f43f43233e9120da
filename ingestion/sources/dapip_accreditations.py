"""The accreditation database's table of accreditations, of institutions and of single programs."""

from __future__ import annotations

from catalog.records import Accreditation, Provider
from ingestion import dapip
from ingestion.context import Context
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILES = (
    SourceFile(
        "federal/dapip_accreditation_records.csv.gz",
        as_of=dapip.AS_OF,
        rows=(35_000, 65_000),
        ignored=frozenset({"DepartmentDescription"}),
    ),
)

DATE_FLAGS = {"Estimated": True, "Actual": False}


def read(context: Context) -> None:
    """Keep each row as one accreditation; ended ones stay, with the day on which they ended."""
    rows_by_key: dict[str, int] = {}
    for file in FILES:
        for row in context.rows(file):
            _read_row(context, row, rows_by_key)


def _read_row(context: Context, row: Row, rows_by_key: dict[str, int]) -> None:
    status = row.text("AccreditationStatus")
    since, estimated = row.parse("AccreditationDate", dapip.as_day), _estimated(row)
    review = row.parse("ReviewDate", dapip.as_day)
    ended = row.parse("AccreditationEndDate", dapip.as_day)
    ending_action = row.text("EndingActionId")
    scope = dapip.scope_of(row)
    if scope is None:
        return None
    if status is None:
        return row.hold("AccreditationStatus", "", "an accreditation without status")
    provider = dapip.provider_id(scope.dapip_id)
    if context.shelf.find(Provider, provider) is None:
        return row.hold("DapipId", scope.dapip_id, "no such campus in the table of campuses")
    earlier = rows_by_key.setdefault(scope.key, row.number)
    if earlier != row.number:
        return row.hold("SequentialId", str(scope.sequence), f"row {earlier} is the same accreditation")
    return row.keep(
        Accreditation(
            id=f"{provider}:accreditation:{scope.agency_id}-{scope.program_id}-{scope.sequence}",
            provider_id=provider,
            agency=scope.agency,
            agency_id=scope.agency_id,
            scope=scope.program,
            status=status,
            since=since,
            since_estimated=estimated if since else None,
            review_on=review,
            ended_on=ended,
            ending_action_id=ending_action,
            provenance=row.provenance(scope.key, dapip.profile_url(scope.dapip_id)),
        )
    )


def _estimated(row: Row) -> bool | None:
    flag = row.text("InitialDateFlag")
    if flag is not None and flag not in DATE_FLAGS:
        row.issue("InitialDateFlag", flag, f"not one of {', '.join(DATE_FLAGS)}")
    return DATE_FLAGS.get(flag or "")


SOURCE = Source(
    name="dapip_accreditations",
    title="Accreditations of institutions and programs",
    publisher=dapip.PUBLISHER,
    url=dapip.URL,
    licence=dapip.LICENCE,
    vintage=dapip.VINTAGE,
    files=FILES,
    read=read,
    after=("dapip_campuses",),
)
