"""IPEDS charges: 2014-15 by academic year or by program, and tuition and fees of 2023.

Institutions that charge by the academic year report a year's tuition and fees; those that charge by
the program report up to six programs, largest first, with what the whole program costs. `.` is
missing; the letter beside each figure says whether it was reported. The two are different figures:
a year's charge is in dollars a year, a program's in dollars.
"""

from __future__ import annotations

from collections.abc import Iterator

from catalog.records import Unit
from ingestion import cells
from ingestion.context import Context
from ingestion.institutions import (
    IPEDS_URL,
    LICENCE,
    NCES,
    Figure,
    Filled,
    as_six_digit_cip,
    coded,
    emit_measures,
    figures_of,
    number_of,
    settle,
    unitid_of,
)
from ingestion.row import Row
from ingestion.source import Source, SourceFile

PERIOD = "2014-15"
REPORTED = frozenset({"R", "C", "Z"})
"""Reported, corrected by an analyst, implied zero."""
NO_FIGURE = frozenset({"A", "B", "Y"})
"""Not applicable, left blank, no such professional program."""


def _with_flags(columns: set[str]) -> set[str]:
    return columns | {f"x{column}" for column in columns}


LEVELS = _with_flags({f"{what}{level}" for level in "123567" for what in ("fee", "hrchg")})
TUITION = {f"{what}{level}" for level in "123567" for what in ("xtuit", "tuition")}
PROFESSIONAL = {f"{place}{what}{n}" for n in range(1, 10) for place in ("is", "os") for what in ("prof", "pfee")} | {
    f"x{place}{what}{n}" for n in range(1, 10) for place in ("is", "os") for what in ("pro", "pfe")
}
OTHER_YEARS = _with_flags({f"chg{n}{part}{year}" for n in "123" for part in ("at", "af") for year in "0123"})
EARLIER_YEARS = _with_flags({f"chg{n}ay{year}" for n in "1234" for year in "012"})
LIVING = _with_flags({f"chg{n}ay{year}" for n in "56789" for year in "0123"})
GUARANTEES = {f"chg{n}{kind}gtd" for n in "123" for kind in "tf"}
BY_YEAR = SourceFile(
    "federal/ipeds_ic_ay.csv.gz",
    as_of="2014",
    rows=(4_000, 5_500),
    ignored=frozenset(LEVELS | TUITION | PROFESSIONAL | OTHER_YEARS | EARLIER_YEARS | LIVING | GUARANTEES),
)
BY_PROGRAM = SourceFile(
    "federal/ipeds_ic_py.csv.gz",
    as_of="2014",
    rows=(2_000, 3_500),
    ignored=frozenset(
        _with_flags({f"chg{n}py{year}" for n in "14" for year in "012"})
        | _with_flags({f"chg{n}py{year}" for n in "56789" for year in "0123"})
        | _with_flags({"lnayhr1", "lnaywk1"})
        | {"prgmofr"}
    ),
)
OF_2023 = SourceFile("federal/ipeds_2023_cost.csv", as_of="2023", rows=(5_500, 7_500))


def _yearly(column: str, name: str, definition: str, period: str = PERIOD) -> Figure:
    return Figure(column, name, Unit.USD_PER_YEAR, definition, period)


YEARLY = (
    _yearly("chg1ay3", "tuition_and_fees_in_district", "ipeds_published_tuition_fees"),
    _yearly("chg2ay3", "tuition_and_fees_in_state", "ipeds_published_tuition_fees"),
    _yearly("chg3ay3", "tuition_and_fees_out_of_state", "ipeds_published_tuition_fees"),
    _yearly("chg4ay3", "books_and_supplies", "ipeds_published_books_supplies"),
)
YEARLY_2023 = (
    _yearly("TUITION_FEES_INSTATE2023", "tuition_and_fees_in_state", "ipeds_tuition_fees_2023", "2023"),
    _yearly("TUITION_FEES_2023_OUTSTATE", "tuition_and_fees_out_of_state", "ipeds_tuition_fees_2023", "2023"),
)
TUITION_AND_FEES = Figure("ciptuit", "program_tuition_and_fees", Unit.USD, "ipeds_program_tuition_fees", PERIOD)
BOOKS = Figure("cipsupp", "program_books_and_supplies", Unit.USD, "ipeds_program_books_supplies", PERIOD)
MONTHS = Figure("mthcmp", "program_months", Unit.COUNT, "ipeds_program_months_full_time", PERIOD)
WEEKS = Figure("wkcmp", "program_weeks", Unit.WEEKS, "ipeds_program_weeks_full_time", PERIOD)
CLOCK_HOURS = Figure("ciplgth", "program_clock_hours", Unit.HOURS, "ipeds_program_contact_hours", PERIOD)
CREDIT_HOURS = Figure("ciplgth", "program_credit_hours", Unit.COUNT, "ipeds_program_credit_hours", PERIOD)
HOURS = {"1": CLOCK_HOURS, "2": CREDIT_HOURS}


def read(context: Context) -> None:
    """Merge each row into its institution, and keep the charges that it reports."""
    for row in context.rows(BY_YEAR):
        filled = [_flagged(row, figure, figure.column, f"x{figure.column}") for figure in YEARLY]
        emit_measures(row, _settled(context, row), filter(None, filled))
    for row in context.rows(BY_PROGRAM):
        programs = list(_programs(row))
        subject = _settled(context, row)
        for cip, charges in programs:
            emit_measures(row, subject and f"{subject}|{cip}", charges, "provider_cip")
    for row in context.rows(OF_2023):
        name, charges = row.text("Institution Name"), figures_of(row, YEARLY_2023)
        unitid = unitid_of(row, "UnitID")
        emit_measures(row, unitid and settle(context, row, "UnitID", unitid, name), charges)


def _settled(context: Context, row: Row) -> str | None:
    unitid = unitid_of(row, "unitid")
    return unitid and settle(context, row, "unitid", unitid, None)


def _flagged(row: Row, figure: Figure, column: str, flag_column: str) -> Filled | None:
    """Pop a figure and the letter beside it; None unless the letter says that it was reported."""
    flag, raw = row.raw(flag_column).strip(), row.raw(column)
    missing = raw.strip() in ("", ".")
    if missing and flag in NO_FIGURE:
        return None
    if missing or flag not in REPORTED:
        row.issue(column, raw, f"beside it {flag_column} is {flag!r}, which does not fit; not used")
        return None
    value = number_of(row, figure, raw)
    return None if value is None else Filled(figure, value)


def _programs(row: Row) -> Iterator[tuple[str, list[Filled]]]:
    """Pop the six programs, largest first: CIP code and charges; of two with one CIP code the first counts."""
    seen: set[str] = set()
    for rank in "123456":
        published, charges = row.raw(f"cipcode{rank}"), _program_charges(row, rank)
        try:
            cip = as_six_digit_cip(published)
        except cells.CellError as error:
            row.issue(f"cipcode{rank}", published, str(error))
            continue
        if cip in seen:
            row.issue(f"cipcode{rank}", published, "a second program with this CIP code; the larger one counts")
        elif cip is not None:
            seen.add(cip)
            yield cip, charges


def _program_charges(row: Row, rank: str) -> list[Filled]:
    """The largest program's charges have columns of their own where it takes full-time beginners."""
    hours = coded(row, f"prgmsr{rank}", HOURS)
    wanted = [(TUITION_AND_FEES, f"ciptuit{rank}", f"xciptui{rank}"), (BOOKS, f"cipsupp{rank}", f"xcipsup{rank}")]
    if rank == "1":
        wanted += [(TUITION_AND_FEES, "chg1py3", "xchg1py3"), (BOOKS, "chg4py3", "xchg4py3")]
        wanted += [(WEEKS, "wkcmp1", "xwkcmp1")]
    wanted += [(MONTHS, f"mthcmp{rank}", f"xmthcmp{rank}"), (hours or CLOCK_HOURS, f"ciplgth{rank}", f"xciplgt{rank}")]
    found = [_flagged(row, figure, column, flag) for figure, column, flag in wanted]
    return [each for each in found if each is not None and (hours or each.figure is not CLOCK_HOURS)]


SOURCE = Source(
    name="ipeds_charges",
    title="IPEDS tuition, fees and program charges",
    publisher=NCES,
    url=IPEDS_URL,
    licence=LICENCE,
    vintage="academic year 2014-15; selected columns of 2023",
    files=(BY_YEAR, BY_PROGRAM, OF_2023),
    read=read,
    after=("ipeds_directory",),
)
