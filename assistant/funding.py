"""Whether help with the cost of a program is likely, unlikely or can't be told: WIOA, Pell, Workforce Pell, GI Bill.

It is said of the program and its school, never of the person: need, service and the office's decision are not in
these records. A state looks at its list again every two years, so an older list settles nothing; a school's place in
federal aid is less short-lived, and counts while a federal register of the last five years still has the school.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum
from typing import Literal

from assistant.evidence import ProgramEvidence
from assistant.registers import TITLE_IV_AS_OF, School
from catalog.ageing import is_stale
from catalog.records import AsOf, CredentialKind, Length, ListStatus, Program, Provider, Record, Verdict

SHORT_HOURS, LONG_HOURS = 150.0, 600.0
SHORT_WEEKS, LONG_WEEKS = 8.0, 15.0
CLOSING = "closed_or_closing"
NATIONAL_LIST = "dol_etp:"
"""The Department of Labor's list holds what the states report as eligible; it has no status of its own."""
SEARCH_LIST = "nj_search_list_2018:"


class Help(StrEnum):
    """A kind of help with the cost."""

    WIOA = "wioa"
    PELL = "pell"
    WORKFORCE_PELL = "workforce_pell"
    GI_BILL = "gi_bill"


Chance = Literal["likely", "unlikely", "cannot_tell"]
Source = Literal["program", "aided", "facility", "seen"]


class Funding(Record):
    """What the records say of one kind of help.

    `reason` is the key of a text of the group `funding_<help>`, `values` fill it. `as_of` is the date of the fact that
    decided; `records` says which records hold it, `standard` which standard holds the limits that the text states. Whom
    to ask is the text `funding_ask.<help>`.
    """

    help: Help
    chance: Chance
    reason: str
    as_of: AsOf | None = None
    values: Mapping[str, str | None] = {}
    records: tuple[Source, ...] = ()
    standard: str | None = None


def funding_of(evidence: ProgramEvidence, school: School, on: date) -> tuple[Funding, ...]:
    """Return what is known of each kind of help for one program, as it stands on a day."""
    program = evidence.program
    kinds = (_wioa(program, on), _pell(program, school, on), _workforce_pell(program, school), _gi_bill(school, on))
    closing = any(each.rule == CLOSING and each.verdict is Verdict.ALERT for each in evidence.findings)
    return tuple(_unless_closing(each) for each in kinds) if closing else kinds


def outside_federal_aid(kinds: Sequence[Funding]) -> bool:
    """Whether neither kind of Pell Grant is likely to pay for the program."""
    pell = {each.help: each.chance for each in kinds}
    return pell.get(Help.PELL) == pell.get(Help.WORKFORCE_PELL) == "unlikely"


def _unless_closing(kind: Funding) -> Funding:
    """No help is called likely where the records say that the school closed or may be closing."""
    if kind.chance != "likely":
        return kind
    return kind.model_copy(update={"chance": "cannot_tell", "reason": "closing", "values": {}})


def _wioa(program: Program, on: date) -> Funding:
    status, as_of = program.list_status, program.list_status_as_of or program.provenance.as_of
    stale = is_stale(as_of, "list", on)
    chance: Chance = "cannot_tell"
    if program.id.startswith(SEARCH_LIST):
        reason = "older_list"
    elif status is None and not program.id.startswith(NATIONAL_LIST):
        reason = "not_on_list"
    elif stale:
        reason = "status_then"
    elif status in (None, ListStatus.APPROVED):
        chance, reason = "likely", "on_list"
    else:
        chance, reason = "unlikely", "status_now"
    values = {"status": status.value if status else None}
    return Funding(help=Help.WIOA, chance=chance, reason=reason, as_of=as_of, values=values, records=("program",))


def _pell(program: Program, school: School, on: date) -> Funding:
    chance, reason = _pell_reason(program, school, on)
    return _federal(Help.PELL, chance, reason, program, school)


BY_LENGTH = frozenset({"too_short", "short_program", "longer", "length_unclear", "fits_length"})
"""Reasons that state the law's limits of length."""
OF_LIST = frozenset({"outside", "list_says_no"})
"""Reasons that rest on what the state list says of the program."""


def _pell_reason(program: Program, school: School, on: date) -> tuple[Chance, str]:
    degree = program.credential_kind is CredentialKind.DEGREE
    if not degree and is_too_short(program.length):
        return "unlikely", "too_short"
    if not degree and is_short(program.length):
        return "unlikely", "short_program"
    if school.title_iv is not True:
        return _outside(program, school)
    if not degree and not is_long(program.length):
        return "cannot_tell", "length_unclear"
    if program.federal_aid_claimed is False:
        return "cannot_tell", "list_says_no"
    return ("likely", "takes_part") if school.is_seen(on) else ("cannot_tell", "took_part")


def _workforce_pell(program: Program, school: School) -> Funding:
    chance, reason = _workforce_reason(program, school)
    return _federal(Help.WORKFORCE_PELL, chance, reason, program, school)


def _workforce_reason(program: Program, school: School) -> tuple[Chance, str]:
    """At best it can't be told: approvals by a governor and the tests of results are in no record."""
    length = program.length
    if is_too_short(length):
        return "unlikely", "too_short"
    if program.credential_kind is CredentialKind.DEGREE or is_long(length) or (length.weeks_min or 0) >= LONG_WEEKS:
        return "unlikely", "longer"
    if school.title_iv is not True:
        return _outside(program, school)
    return ("cannot_tell", "fits_length") if _fits(length) else ("cannot_tell", "length_unclear")


def _outside(program: Program, school: School) -> tuple[Chance, str]:
    if school.title_iv is False:
        return "unlikely", "not_taking_part"
    return ("unlikely", "outside") if program.federal_aid_claimed is False else ("cannot_tell", "school_unknown")


def _federal(kind: Help, chance: Chance, reason: str, program: Program, school: School) -> Funding:
    """Of the program's own record only a statement with its date is cited: its length stands beside it."""
    records: tuple[Source, ...] = ()
    as_of = program.provenance.as_of
    if reason in OF_LIST:
        records = ("program",)
    elif reason not in BY_LENGTH and school.aided is not None:
        records, as_of = ("aided", "seen") if reason == "takes_part" else ("aided",), TITLE_IV_AS_OF
    return Funding(
        help=kind,
        chance=chance,
        reason=reason,
        as_of=as_of,
        values={"seen": _as_of(school.seen)},
        records=records,
        standard="workforce_pell_length" if reason in BY_LENGTH else None,
    )


def _as_of(record: Provider | None) -> AsOf | None:
    return record.provenance.as_of if record else None


def _gi_bill(school: School, on: date) -> Funding:
    facility = school.facility
    if facility is None:
        return Funding(help=Help.GI_BILL, chance="cannot_tell", reason="no_code")
    seen = school.is_seen(on)
    return Funding(
        help=Help.GI_BILL,
        chance="likely" if seen else "cannot_tell",
        reason="has_code" if seen else "had_code",
        as_of=_as_of(facility),
        values={"code": facility.ids.va_facility, "seen": _as_of(school.seen)},
        records=("facility", "seen") if seen else ("facility",),
    )


def is_too_short(length: Length) -> bool:
    """Whether a program is too short for any Pell Grant."""
    hours, weeks = length.clock_hours, length.weeks_max
    return (hours is not None and hours < SHORT_HOURS) or (weeks is not None and weeks < SHORT_WEEKS)


def is_short(length: Length) -> bool:
    """Whether a program is certainly too short for an ordinary Pell Grant."""
    hours, weeks = length.clock_hours, length.weeks_max
    return (hours is not None and hours < LONG_HOURS) or (weeks is not None and weeks < LONG_WEEKS)


def is_long(length: Length) -> bool:
    """Whether a program is long enough for an ordinary Pell Grant: 600 hours fill 15 weeks of 40."""
    hours, weeks = length.clock_hours, length.weeks_max
    return hours is not None and hours >= LONG_HOURS and (weeks is None or weeks >= LONG_WEEKS)


def _fits(length: Length) -> bool:
    hours, low, high = length.clock_hours, length.weeks_min, length.weeks_max
    if hours is None or low is None or high is None:
        return False
    return SHORT_HOURS <= hours < LONG_HOURS and low >= SHORT_WEEKS and high < LONG_WEEKS
