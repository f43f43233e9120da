"""New Jersey's lookups of what a program can lead to: licences, industry credentials, degrees."""

from __future__ import annotations

from collections.abc import Callable

from catalog.records import Credential, CredentialKind
from ingestion import cells
from ingestion.context import Context
from ingestion.new_jersey import repaired
from ingestion.new_jersey_codes import DEGREE_KINDS
from ingestion.row import Row
from ingestion.source import Source, SourceFile

DATES = frozenset({"DATECREATED", "DATELASTMODIFIED"})
LICENSES = SourceFile("nj/nj_TBLLICENSE.csv", as_of="2020", rows=(150, 400), ignored=DATES)
INDUSTRY = SourceFile(
    "nj/nj_TBLINDUSTRYCREDENTIAL.csv", as_of="2020", rows=(1_500, 3_000), ignored=DATES | {"CODE", "ISSUERID"}
)
DEGREES = SourceFile("nj/nj_TBLDEGREELU.csv", as_of="2018", rows=(10, 15))


def license_id(number: str) -> str:
    """Return the id of a licence in the lookup."""
    return f"nj_credentials:license-{number}"


def industry_id(number: str) -> str:
    """Return the id of an industry credential in the lookup."""
    return f"nj_credentials:industry-{number}"


def degree_id(number: str) -> str:
    """Return the id of a degree level in the lookup."""
    return f"nj_credentials:degree-{number}"


def read(context: Context) -> None:
    """Keep each entry; one that the state marked as deleted is kept as retired."""
    for row in context.rows(LICENSES):
        _read_row(row, license_id, CredentialKind.LICENSE, soc=row.parse("CODE", cells.as_soc))
    for row in context.rows(INDUSTRY):
        _read_row(row, industry_id, CredentialKind.CERTIFICATION, soc=None)
    for row in context.rows(DEGREES):
        number, name = row.raw("ID").strip(), repaired(row.text("NAME"))
        if name is None or number not in DEGREE_KINDS:
            row.hold("ID", number, "a degree level without a name, or one that is not known here")
            continue
        kind = DEGREE_KINDS[number]
        row.keep(Credential(id=degree_id(number), name=name, kind=kind, provenance=row.provenance(number)))


def _read_row(row: Row, id_of: Callable[[str], str], kind: CredentialKind, soc: str | None) -> None:
    number, name = row.raw("ID").strip(), repaired(row.text("NAME"))
    deleted, deleted_on = row.flag("ISDELETED"), row.date("DATEDELETED")
    if name is None or not number.isdigit():
        return row.hold("ID", number, "an entry without a number or a name")
    return row.keep(
        Credential(
            id=id_of(number),
            name=name,
            kind=kind,
            soc=(soc,) if soc else (),
            retired=deleted,
            retired_on=deleted_on,
            provenance=row.provenance(id_of(number).partition(":")[2]),
        )
    )


SOURCE = Source(
    name="nj_credentials",
    title="New Jersey licences, industry credentials and degree levels",
    publisher="New Jersey Department of Labor and Workforce Development",
    url="https://github.com/newjersey/d4ad",
    licence="MIT (repository newjersey/d4ad)",
    vintage="2018 to 2020; the publisher states no day",
    files=(LICENSES, INDUSTRY, DEGREES),
    read=read,
)
