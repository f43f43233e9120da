"""O*NET occupations in the database's text layout, release 27: also alternate titles and related occupations."""

from __future__ import annotations

from ingestion.context import Context
from ingestion.onet import Tables
from ingestion.source import Source, SourceFile

FOLDER, TAB = "onet/db27_text", "\t"
AS_OF = "2022-08"
OCCUPATIONS = SourceFile(f"{FOLDER}/Occupation Data.txt.gz", as_of=AS_OF, rows=(900, 1_200), delimiter=TAB)
JOB_ZONES = SourceFile(
    f"{FOLDER}/Job Zones.txt",
    as_of=AS_OF,
    rows=(800, 1_200),
    delimiter=TAB,
    ignored=frozenset({"Date", "Domain Source"}),
)
TECHNOLOGIES = SourceFile(
    f"{FOLDER}/Technology Skills.txt.gz",
    as_of=AS_OF,
    rows=(20_000, 60_000),
    delimiter=TAB,
    ignored=frozenset({"Commodity Code", "Commodity Title"}),
)
TITLES = SourceFile(
    f"{FOLDER}/Alternate Titles.txt.gz",
    as_of=AS_OF,
    rows=(40_000, 80_000),
    delimiter=TAB,
    ignored=frozenset({"Source(s)"}),
)
RELATED = SourceFile(
    f"{FOLDER}/Related Occupations.txt.gz",
    as_of=AS_OF,
    rows=(15_000, 25_000),
    delimiter=TAB,
    ignored=frozenset({"Relatedness Tier"}),
)


def read(context: Context) -> None:
    """Keep each occupation, with what its tables say of it."""
    tables = Tables(context)
    tables.read_occupations(OCCUPATIONS)
    tables.read_job_zones(JOB_ZONES)
    tables.read_technologies(TECHNOLOGIES)
    tables.read_alternate_titles(TITLES)
    tables.read_related(RELATED)
    tables.finish()


SOURCE = Source(
    name="onet_27",
    title="O*NET occupations, release 27",
    publisher="US Department of Labor, Employment and Training Administration",
    url="https://www.onetcenter.org/db_releases.html",
    licence="CC BY 4.0 (O*NET database)",
    vintage="about release 27; latest date in it August 2022",
    files=(OCCUPATIONS, JOB_ZONES, TECHNOLOGIES, TITLES, RELATED),
    read=read,
)
