"""O*NET occupations in the database's spreadsheet layout, release 29, which has titles beside the codes."""

from __future__ import annotations

from ingestion.context import Context
from ingestion.onet import Tables
from ingestion.source import Source, SourceFile

FOLDER = "onet/db29_excel"
AS_OF = "2024-11"
OCCUPATIONS = SourceFile(f"{FOLDER}/Occupation Data.csv.gz", as_of=AS_OF, rows=(900, 1_200))
JOB_ZONES = SourceFile(
    f"{FOLDER}/Job Zones.csv.gz", as_of=AS_OF, rows=(800, 1_200), ignored=frozenset({"Date", "Domain Source"})
)
TECHNOLOGIES = SourceFile(
    f"{FOLDER}/Technology Skills.csv.gz",
    as_of=AS_OF,
    rows=(20_000, 60_000),
    ignored=frozenset({"Commodity Code", "Commodity Title"}),
)


def read(context: Context) -> None:
    """Bring the occupations of the earlier release up to date, table by table."""
    tables = Tables(context)
    tables.read_occupations(OCCUPATIONS)
    tables.read_job_zones(JOB_ZONES)
    tables.read_technologies(TECHNOLOGIES)
    tables.finish()


SOURCE = Source(
    name="onet_29",
    title="O*NET occupations, release 29",
    publisher="US Department of Labor, Employment and Training Administration",
    url="https://www.onetcenter.org/db_releases.html",
    licence="CC BY 4.0 (O*NET database)",
    vintage="about release 29; latest date in it November 2024",
    files=(OCCUPATIONS, JOB_ZONES, TECHNOLOGIES),
    read=read,
    after=("onet_27",),
)
