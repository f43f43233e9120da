"""What the three tables of the accreditation database (DAPIP) share: ids, dates and whom a row is about."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from ingestion.cells import FIRST_YEAR, LAST_YEAR, CellError, clean
from ingestion.row import Row

PUBLISHER = "US Department of Education, Office of Postsecondary Education"
URL = "https://ope.ed.gov/dapip/#/download-data-files"
LICENCE = "Public domain (work of the US government)"
VINTAGE = "November 2020"
AS_OF = "2020-11"

NO_OPEID = frozenset({"", "-", "-1", "-2", "0"})
NO_DATE = date(1900, 1, 1)
DAY = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{4})")


class Scope(NamedTuple):
    """Whom a row is about: the campus, the agency, the programme, and which accreditation of it.

    `key` is the publisher's own compound key; the tables of accreditations and of actions share it.
    """

    dapip_id: str
    agency_id: str
    agency: str
    program_id: str
    program: str
    sequence: int

    @property
    def key(self) -> str:
        """Return campus, agency, programme and sequence number, joined by colons."""
        return f"{self.dapip_id}:{self.agency_id}:{self.program_id}:{self.sequence}"


def provider_id(dapip_id: str) -> str:
    """Return the id of a campus's record."""
    return f"dapip:{dapip_id}"


def profile_url(dapip_id: str) -> str:
    """Return the publisher's page about a campus."""
    return f"https://ope.ed.gov/dapip/#/institution-profile/{dapip_id}"


def scope_of(row: Row) -> Scope | None:
    """Pop the columns that say whom a row is about; None, with the row held back, when one is missing."""
    ids = {column: row.raw(column).strip() for column in ("DapipId", "AgencyId", "ProgramId", "SequentialId")}
    agency, program = row.text("AgencyName"), row.text("ProgramName")
    for column, value in ids.items():
        if not value.isdigit():
            row.hold(column, value, "not a number, so nobody knows whom the row is about")
            return None
    if agency is None or program is None:
        row.hold("AgencyName" if agency is None else "ProgramName", "", "blank")
        return None
    return Scope(ids["DapipId"], ids["AgencyId"], agency, ids["ProgramId"], program, int(ids["SequentialId"]))


def as_day(raw: str) -> date | None:
    """Return a date; months and days come without zeros, midnight is tacked on, a few have dashes.

    The first of January 1900 stands for an unknown date.
    """
    text = clean(raw).removesuffix("12:00:00 AM").strip()
    if text in ("", "-"):
        return None
    match = DAY.fullmatch(text)
    if match is None:
        raise CellError("not a date")
    month, day, year = (int(part) for part in match.groups())
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise CellError(f"year {year} is not plausible")
    try:
        found = date(year, month, day)
    except ValueError:
        raise CellError("not a date of the calendar") from None
    return None if found == NO_DATE else found


def as_opeid(raw: str) -> str | None:
    """Return an OPEID; unlike elsewhere zeros are never lost here, so a short one is an error."""
    text = clean(raw)
    if text in NO_OPEID:
        return None
    if re.fullmatch(r"\d{6}[A-Z]\d", text):
        raise CellError("an OPEID whose branch has a letter; not used for links")
    if not re.fullmatch(r"\d{8}", text):
        raise CellError("not an eight-digit OPEID")
    return text


def as_single_unitid(raw: str) -> str | None:
    """Return the UNITID; where several are listed none is taken, since each is an institution of its own."""
    text = clean(raw)
    if text in NO_OPEID:
        return None
    if "," in text:
        raise CellError("several UNITIDs; none is used for links")
    if not re.fullmatch(r"\d{6}", text):
        raise CellError("not a UNITID")
    return text


def unmangled(text: str) -> str:
    """Return a text whose UTF-8 had been read as Windows-1252 (`â€“` for a dash) as it was meant."""
    if "â€" not in text:
        return text
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text
