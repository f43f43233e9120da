"""College Scorecard by field of study: the publisher's layout, filled for one college, six pooled files.

A field of study is an institution, a four-digit CIP code (its first zero is lost) and a credential
level. `PS` is withheld for privacy; blank means that the figure was not made for that file or not
reported, which can't be told apart: no figure is kept then. The years of each cohort are those of the
publisher's data dictionary of January 2025. Debts are federal loans taken out at this institution by
those who completed; CIP codes are of the 2010 edition up to the file 1718_1819, then of 2020.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from catalog.records import Reported, Unit
from ingestion import cells
from ingestion.context import Context
from ingestion.institutions import (
    LICENCE,
    SCORECARD,
    SCORECARD_URL,
    Figure,
    Filled,
    emit_measures,
    number_of,
    settle,
    unitid_of,
)
from ingestion.row import Row
from ingestion.source import Source, SourceFile

WITHHELD = frozenset({"PS", "PrivacySuppressed"})
LEVELS = frozenset("12345678")
FILE_NAME = re.compile(r"FieldOfStudyData([0-9]{4}_[0-9]{4})_PP\.csv")


def _years(first: int) -> str:
    return f"{first}-{(first + 1) % 100:02}"


def _two_years(first: int) -> str:
    return f"completed {_years(first)} and {_years(first + 1)}"


def _pay(first: int, measured: int) -> str:
    """Two years' completers, their pay of two calendar years in dollars of the year after those."""
    return f"{_two_years(first)}; pay of {measured} and {measured + 1} in dollars of {measured + 2}"


class Column(NamedTuple):
    """A figure, and its cohort in each of the publisher's pooled files that has it."""

    figure: Figure
    cohorts: Mapping[str, str]


def _median_pay(years: str, column: str, n_column: str, cohorts: Mapping[str, str]) -> Column:
    definition = f"scorecard_fos_{column.lower()}"
    name = f"median_earnings_{years}_after_completion"
    return Column(Figure(column, name, Unit.USD_PER_YEAR, definition, n_column=n_column), cohorts)


def _above_threshold(years: str, cohorts: Mapping[str, str]) -> Column:
    column, name = f"EARN_GT_THRESHOLD_{years.upper()}", f"earning_above_high_school_graduate_{years}"
    n_column = f"EARN_COUNT_WNE_{years.upper()}"
    return Column(Figure(column, name, Unit.COUNT, "scorecard_fos_earn_gt_threshold", n_column=n_column), cohorts)


ONE_YEAR = {"1819_1920": _pay(2017, 2019), "1920_2021": _pay(2018, 2020)}
FOUR_YEARS = {"1819_1920": _pay(2014, 2019)}
FIVE_YEARS = {"1920_2021": _pay(2014, 2020)}
FIRST_YEARS = {"1415_1516": 2014, "1516_1617": 2015, "1617_1718": 2016, "1718_1819": 2017, "1819_1920": 2018}
EDITIONS = frozenset({*FIRST_YEARS, "1920_2021"})
COLUMNS = (
    Column(
        Figure("IPEDSCOUNT2", "awards_conferred", Unit.COUNT, "scorecard_fos_ipedscount2"),
        {**{edition: _years(first + 1) for edition, first in FIRST_YEARS.items()}, "1920_2021": _years(2020)},
    ),
    Column(
        Figure(
            "DEBT_ALL_STGP_EVAL_MDN",
            "median_debt_of_graduates",
            Unit.USD,
            "scorecard_fos_debt_all_stgp_eval_mdn",
            n_column="DEBT_ALL_STGP_EVAL_N",
        ),
        {edition: _two_years(first) for edition, first in FIRST_YEARS.items()},
    ),
    _median_pay(
        "1yr",
        "EARN_MDN_HI_1YR",
        "EARN_COUNT_WNE_HI_1YR",
        {"1516_1617": _pay(2014, 2016), "1617_1718": _pay(2015, 2017), "1718_1819": _pay(2016, 2018)},
    ),
    _median_pay("2yr", "EARN_MDN_HI_2YR", "EARN_COUNT_WNE_HI_2YR", {"1617_1718": _pay(2014, 2017)}),
    _median_pay("3yr", "EARN_NE_MDN_3YR", "EARN_COUNT_NE_3YR", {"1718_1819": _pay(2014, 2018)}),
    _median_pay("1yr", "EARN_MDN_1YR", "EARN_COUNT_WNE_1YR", ONE_YEAR),
    _median_pay("4yr", "EARN_MDN_4YR", "EARN_COUNT_WNE_4YR", FOUR_YEARS),
    _median_pay("5yr", "EARN_MDN_5YR", "EARN_COUNT_WNE_5YR", FIVE_YEARS),
    _above_threshold("1yr", ONE_YEAR),
    _above_threshold("4yr", FOUR_YEARS),
    _above_threshold("5yr", FIVE_YEARS),
)

GROUPS = ("PELL", "NOPELL", "MALE", "NOMALE")
LOANS = {f"{group}_{loan}" for group in ("ALL", "MALE", "NOTMALE", "PELL", "NOPELL") for loan in ("STGP", "PP")}
DEBTS = {f"DEBT_{loan}_{where}_{what}" for loan in LOANS for where in ("ANY", "EVAL") for what in ("N", "MEAN", "MDN")}
PAYMENTS = {f"DEBT_ALL_{loan}_{where}_MDN10YRPAY" for loan in ("STGP", "PP") for where in ("ANY", "EVAL")}
OUTCOMES = ("N", "DFLT", "DLNQ", "FBR", "DFR", "NOPROG", "MAKEPROG", "PAIDINFULL", "DISCHARGE")
REPAYMENTS = {f"BBRR{years}_FED_COMP_{outcome}" for years in "1234" for outcome in OUTCOMES}
PAY_OF_GROUPS = {f"EARN_COUNT_{group}_WNE_{years}YR" for group in GROUPS for years in "145"}
PAY_OF_GROUPS |= {f"EARN_{group}_WNE_MDN_{years}YR" for group in GROUPS for years in "145"}
PAY_OF_GROUPS |= {f"EARN_COUNT_{group}_NE_3YR" for group in GROUPS} | {f"EARN_{group}_NE_MDN_3YR" for group in GROUPS}
COUNTS = {f"EARN_{what}_{years}YR" for what in ("COUNT_NWNE", "COUNT_HIGH_CRED", "IN_STATE") for years in "145"}
COUNTS |= {f"EARN_{what}_HI_{years}YR" for what in ("COUNT_NWNE", "CNTOVER150") for years in "12"}
COUNTS |= {"EARN_COUNT_WNE_3YR", "EARN_CNTOVER150_3YR", "IPEDSCOUNT1"}
TEXTS = {"OPEID6", "CONTROL", "MAIN", "CIPDESC", "CREDDESC", "DISTANCE"}
N_COLUMNS = tuple(dict.fromkeys(column.figure.n_column for column in COLUMNS if column.figure.n_column))
READ = {column.figure.column for column in COLUMNS} | set(N_COLUMNS)
FILE = SourceFile(
    "federal/scorecard_field_of_study_one_college.csv.gz",
    as_of="2021",
    rows=(100, 300_000),
    ignored=frozenset((DEBTS | PAYMENTS | REPAYMENTS | PAY_OF_GROUPS | COUNTS | TEXTS) - READ),
)


def read(context: Context) -> None:
    """Merge each row into its institution, and keep the figures of its field of study."""
    for row in context.rows(FILE):
        _read_row(context, row)


def _read_row(context: Context, row: Row) -> None:
    name, published_cip, level, file_name = (row.raw(each) for each in ("INSTNM", "CIPCODE", "CREDLEV", "file_name"))
    edition = FILE_NAME.fullmatch(file_name.strip())
    filled = _figures(row, edition[1] if edition else "")
    unitid = unitid_of(row, "UNITID")
    if unitid is None:
        return None
    if edition is None or edition[1] not in EDITIONS:
        return row.hold("file_name", file_name, "not one of the pooled files whose cohorts are known")
    digits = cells.clean(published_cip)
    if not (digits.isascii() and digits.isdigit() and len(digits) in (3, 4)):
        return row.hold("CIPCODE", published_cip, "not a four-digit CIP code")
    if level.strip() not in LEVELS:
        return row.hold("CREDLEV", level, "not a credential level from 1 to 8")
    provider = settle(context, row, "UNITID", unitid, cells.clean(name) or None)
    cip = f"{digits.zfill(4)[:2]}.{digits.zfill(4)[2:]}"
    return emit_measures(row, provider and f"{provider}|{cip}|{level.strip()}", filled, "field_of_study")


def _figures(row: Row, edition: str) -> list[Filled]:
    """Pop the figures; one that this edition does not have by the dictionary is left out, even if withheld."""
    counts = {column: row.parse(column, _as_count) for column in N_COLUMNS}
    filled = []
    for column in COLUMNS:
        raw, period = row.raw(column.figure.column).strip(), column.cohorts.get(edition)
        figure, n = replace(column.figure, period=period), counts.get(column.figure.n_column or "")
        if raw in WITHHELD:
            if period is not None:
                filled.append(Filled(figure, None, n, Reported.SUPPRESSED))
            continue
        value = number_of(row, figure, raw)
        if value is not None and period is None:
            row.issue(figure.column, raw, "the dictionary gives no cohort for this figure in this file; not used")
        elif value is not None:
            filled.append(Filled(figure, value, n))
    return filled


def _as_count(raw: str) -> int | None:
    return None if raw.strip() in WITHHELD else cells.as_integer(raw)


SOURCE = Source(
    name="scorecard_field_of_study",
    title="College Scorecard, fields of study",
    publisher=SCORECARD,
    url=SCORECARD_URL,
    licence=LICENCE,
    vintage="pooled files 2014-15 to 2020-21 of one college, in the layout of the 2025 release",
    files=(FILE,),
    read=read,
    after=("ipeds_directory",),
)
