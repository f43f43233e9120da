"""New Jersey's outcomes of completers, by provider and field of study, two, four and eight quarters on.

A rate is the share of completers who were found in New Jersey's wage records; pay is a quarter's.
`-99999` means withheld: rates when fewer than five completed, pay when fewer than five were found.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.records import Measure, Reported, Unit
from ingestion import cells
from ingestion.context import Context
from ingestion.new_jersey import provider_id
from ingestion.row import Row
from ingestion.source import Source, SourceFile

WITHHELD = -99999
WHOSE = ("providerid", "cipcode")
"""The columns that say whom a row is about."""
FILE = SourceFile("nj/nj_outcomes_by_provider_cip.csv", as_of="2020-06", rows=(1_000, 3_000))


def subject_id(provider: str, cip: str) -> str:
    """Return the id of the subject of an outcome: a provider and a field of study."""
    return f"{provider}|{cip}"


def read(context: Context) -> None:
    """Keep each row as its measures; a second row of the same provider and field is held back."""
    seen: set[str] = set()
    for row in context.rows(FILE):
        number, published_cip = row.raw("providerid").strip(), row.raw("cipcode")
        cip = _six_digits(published_cip)
        subject = subject_id(provider_id(number), cip or "")
        measures = list(_measures(row, subject))
        if not number.isdigit() or cip is None:
            row.hold("cipcode", published_cip, "no provider number, or no six-digit CIP code")
        elif subject in seen:
            row.hold("providerid", number, f"a second row for {subject}")
        else:
            seen.add(subject)
            row.keep(measures[0])
            for measure in measures[1:]:
                row.also(measure)


def _six_digits(published: str) -> str | None:
    try:
        cip = cells.as_cip(published)
    except cells.CellError:
        return None
    return cip if cip and len(cip) == len("51.0801") else None


def _measures(row: Row, subject: str) -> Iterator[Measure]:
    for quarter in ("2", "4", "8"):
        columns = {part: f"{part}{quarter}" for part in ("NumCompleted", "NumUsedWageCalc", "PerEmployed")}
        completers, found = row.int(columns["NumCompleted"]), row.int(columns["NumUsedWageCalc"])
        rate, pay = row.float(columns["PerEmployed"]), row.float(f"AvgQuarterlyWage{quarter}")
        counted = (*WHOSE, columns["NumCompleted"])
        yield _measure(row, subject, f"completers_q{quarter}", completers, Unit.COUNT, "nj_completers", counted)
        nobody, receipt = found == 0 and rate == 0, (*WHOSE, *columns.values())
        name = f"employment_rate_q{quarter}"
        yield _measure(row, subject, name, rate, Unit.FRACTION, "nj_wage_match", receipt, completers, nobody=nobody)
        name, nobody = f"average_quarterly_wage_q{quarter}", found == 0
        receipt = (*WHOSE, columns["NumUsedWageCalc"], f"AvgQuarterlyWage{quarter}")
        yield _measure(row, subject, name, pay, Unit.USD_PER_QUARTER, "nj_average_wage", receipt, found, nobody=nobody)
    for quarter in ("4", "8"):
        kept, rate = row.int(f"NumUsedRetentionCalc{quarter}"), row.float(f"PerRetention{quarter}")
        receipt = (*WHOSE, f"NumUsedRetentionCalc{quarter}", f"PerRetention{quarter}")
        yield _measure(row, subject, f"retention_rate_q{quarter}", rate, Unit.FRACTION, "nj_retention", receipt, kept)


def _measure(
    row: Row,
    subject: str,
    name: str,
    value: float | None,
    unit: Unit,
    definition: str,
    receipt: tuple[str, ...],
    n: int | None = None,
    *,
    nobody: bool = False,
) -> Measure:
    """A withheld figure is `None`; where nobody was found in wage records a rate of 0 proves nothing."""
    if nobody:
        reported = Reported.NOBODY_FOUND
    elif value == WITHHELD or value is None:
        reported = Reported.SUPPRESSED
    else:
        reported = Reported.VALUE
    return Measure(
        subject_kind="provider_cip",
        subject_id=subject,
        name=name,
        value=value if reported is Reported.VALUE else None,
        unit=unit,
        reported=reported,
        n=n,
        definition=definition,
        provenance=row.provenance(subject.partition(":")[2], cells=receipt),
    )


SOURCE = Source(
    name="nj_outcomes",
    title="New Jersey training outcomes by provider and field of study",
    publisher="New Jersey Department of Labor and Workforce Development",
    url="https://github.com/newjersey/d4ad",
    licence="MIT (repository newjersey/d4ad)",
    vintage="published June 2020; cohort years are not stated",
    files=(FILE,),
    read=read,
)
