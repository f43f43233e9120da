"""New Jersey's programs on the list of eligible training providers, joined by the state with outcomes."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from rapidfuzz import fuzz

from catalog.records import (
    Cost,
    Delivery,
    EventKind,
    Length,
    Place,
    Program,
    Provenance,
    Provider,
    ProviderEvent,
)
from ingestion import cells
from ingestion.context import Context
from ingestion.merging import merged_provider
from ingestion.new_jersey import provider_id, provider_of, repaired, status_of
from ingestion.new_jersey_codes import CALENDAR_WEEKS, prerequisite_of, program_kind
from ingestion.row import Row
from ingestion.source import Source, SourceFile
from ingestion.sources.nj_credentials import degree_id, industry_id, license_id
from ingestion.teaching import delivery_of

OUTCOMES = {
    f"{name}{q}" for name in ("PerEmployed", "AvgQuarterlyWage", "NumCompleted", "NumUsedWageCalc") for q in "248"
}
OUTCOMES |= {f"{name}{q}" for name in ("PerRetention", "NumUsedRetentionCalc") for q in "48"}
MAILING = {"mstreet1", "mstreet2", "mcity", "mstate", "mzip"}
TEXT_MINED = {
    "standardized_name_1",
    "standardized_description",
    "standardized_featuresdescription",
    "standardized_nongovapproval",
    "mentions_wioa",
    "default_job_search_duration",
    "mentioned_job_search_duration",
    "mention_inperson",
    "mention_hybrid",
    "mention_remote",
}
OFFICE = {"approvingagencyid", "otheragency", "submittedtowib", "licensingagencyid", "typeid", "dtsubmitted"}
UNUSED = {"wiaeligible", "approved", "source_snapshots", "accessajbatb", "licenseawardedname"}

FILE = SourceFile(
    "nj/nj_etpl_programs_with_outcomes.csv.gz",
    as_of="2022-09",
    rows=(1_000, 10_000),
    ignored=frozenset(OUTCOMES | MAILING | TEXT_MINED | OFFICE | UNUSED | {"industrycredentialname"}),
)
SNAPSHOTS = {"A": "2021-02", "B": "2021-03-17", "C": "2021-03-24", "D": "2021-03-30", "E": "2022-06", "F": "2022-09"}

RECEIPT = (
    "programid",
    "providerid",
    "cipcode",
    "statusname",
    "totalcost",
    "totalclockhours",
    "calendarlengthid",
    "leadtolicense",
    "licenseawarded",
    "leadtoindustrycredential",
    "industrycredential",
    "commented_suspended_program_status",
)
"""The columns that rules rest on."""
PLACEHOLDER_DATE = date(2000, 1, 1)
MAX_PLAUSIBLE_COST_USD = 300_000
MAX_TOTAL_TO_PARTS = 100
COST_PARTS = ("tuition", "fees", "booksmaterialscost", "suppliestoolscost", "othercosts")
SAME_NAME_SCORE = 60
UNKNOWN_HOURS = (0, 9999)
ANOTHER_ROW = re.compile(r"\n\d{3,6},[^\n]*,\d{5,6},")
EVENING = re.compile(
    r"\b(evenings?|night (?:class|course|program|school)\w*|nights? (?:a|per) week|eve classes)\b", re.IGNORECASE
)


def read(context: Context) -> None:
    """Keep each program; its provider's block updates the provider, or makes it known."""
    notes = context.shelf.notes["nj_in_demand"]
    for row in context.rows(FILE):
        _read_row(context, row, notes)


def _read_row(context: Context, row: Row, notes: dict[str, Any]) -> None:
    number, provider_number = row.raw("programid").strip(), row.raw("providerid").strip()
    as_of = SNAPSHOTS.get(row.raw("source_snapshots").strip()[-1:])
    description = row.raw("description")
    swallowed = ANOTHER_ROW.search(description)
    if swallowed:
        # The cells after the description then belong to the swallowed row, the ones before it do not.
        return row.hold("description", description[swallowed.start() :].strip(), "holds the start of another row")
    provider = _provider(context, row, provider_number, as_of)
    program = _program(row, number, provider_number, description)
    if program is None or not number.isdigit() or not provider_number.isdigit():
        return row.hold("programid", number, "a program without a number, a provider's number or a name")
    if context.shelf.find(Program, program.id):
        return row.hold("programid", number, "a second row with this number")
    if row.flag("commented_suspended_program_status"):
        row.also(_suspension_comment(program, as_of))
    place = provider.place if provider else Place()
    waived = notes["waived"].get(program.cip, ())
    changes = {
        "provider_name": provider.name if provider else None,
        "place": place,
        "in_demand": program.cip in notes["statewide"] or place.county in waived if program.cip else None,
        "delivery": Delivery.ONLINE if number in notes["online"] else program.delivery,
        "list_status_as_of": as_of,
        "provenance": _dated(program.provenance, as_of),
    }
    return row.keep(program.model_copy(update=changes))


def _dated(provenance: Provenance, as_of: str | None) -> Provenance:
    return provenance.model_copy(update={"as_of": as_of})


def _provider(context: Context, row: Row, number: str, as_of: str | None) -> Provider | None:
    """Return the provider: from the tables, brought up to date by this row's block where it has one."""
    block = provider_of(row, number, str.lower, "providerstatusname")
    status = status_of(row, "providerstatusname")
    known = context.shelf.find(Provider, provider_id(number))
    if block is None:
        return known
    changes = {"list_status": status, "list_status_as_of": as_of, "provenance": _dated(block.provenance, as_of)}
    block = block.model_copy(update=changes)
    if known is None:
        row.also(block)
        return block
    if (known.provenance.as_of or "") >= (as_of or ""):
        return known
    merged = merged_provider(known, block)
    context.shelf.replace(merged)
    return merged


def _program(row: Row, number: str, provider_number: str, description: str) -> Program | None:
    name = _name(row)
    text, features = repaired(cells.clean(description)) or None, repaired(row.text("featuresdescription"))
    prerequisite = row.text("prerequisites")
    claims = {
        "claims_degree": row.flag("leadtodegree"),
        "claims_license": row.flag("leadtolicense"),
        "claims_certification": row.flag("leadtoindustrycredential"),
    }
    degree, degree_name = row.text("degreeawarded"), row.text("degreeawardedname")
    kind = program_kind(row.text("credentialtype"), degree)
    license_, industry = row.text("licenseawarded"), row.text("industrycredential")
    ids = (degree_id(degree or ""), license_id(license_ or ""), industry_id(industry or ""))
    cost, held_back = _cost(row)
    said = f"{text or ''} {features or ''}"
    submitted = row.date("submitted")
    program = Program(
        id=f"nj_etpl:{number}",
        name=name or "",
        provider_id=provider_id(provider_number),
        cip=row.parse("cipcode", cells.as_cip),
        cost=cost,
        length=_length(row),
        delivery=delivery_of(name or "", said),
        evening=True if EVENING.search(said) else None,
        credential_kind=kind,
        credential_ids=tuple(key for key, part in zip(ids, (degree, license_, industry), strict=True) if part),
        degree_name=degree_name,
        prerequisite=prerequisite_of(prerequisite),
        prerequisite_text=prerequisite,
        description=text,
        features=features,
        federal_aid_claimed=row.flag("financialaid", one_is_yes_two_is_no=True),
        list_status=status_of(row, "statusname"),
        submitted_on=None if submitted == PLACEHOLDER_DATE else submitted,
        held_back=held_back,
        url=None,
        provenance=row.provenance(number, cells=RECEIPT),
        **claims,
    )
    return program if name else None


def _name(row: Row) -> str | None:
    """The publisher's cleaned name sometimes belongs to another program: then it is reported, unused."""
    name, cleaned = repaired(row.text("officialname")), row.raw("standardized_name")
    if name and cleaned and fuzz.token_set_ratio(name.lower(), cleaned.lower()) < SAME_NAME_SCORE:
        row.issue("standardized_name", cleaned, f"another program's text: the official name is {name!r}")
    return name


def _cost(row: Row) -> tuple[Cost, tuple[str, ...]]:
    parts = [row.float(column) for column in COST_PARTS]
    total = row.float("totalcost")
    listed = sum(part for part in parts if part is not None)
    held: tuple[str, ...] = ()
    if total is not None and (total > MAX_PLAUSIBLE_COST_USD or (listed and total > MAX_TOTAL_TO_PARTS * listed)):
        row.issue("totalcost", f"{total:.0f}", f"implausible: the parts add up to {listed:.0f}; held back")
        total, held = None, ("cost_total_usd",)
    elif total is not None and abs(total - listed) >= 1:
        row.issue("totalcost", f"{total:.0f}", f"the parts add up to {listed:.0f}; shown as published")
    tuition, fees, books, supplies, other = parts
    cost = Cost(
        tuition_usd=tuition, fees_usd=fees, books_usd=books, supplies_usd=supplies, other_usd=other, total_usd=total
    )
    return cost, held


def _length(row: Row) -> Length:
    """Hours of 0 and 9999 stand for unknown, credits of 0 for a program without credits."""
    hours, credits_, band = row.float("totalclockhours"), row.float("credit"), row.raw("calendarlengthid").strip()
    if hours in UNKNOWN_HOURS:
        if hours:
            row.issue("totalclockhours", f"{hours:.0f}", "a placeholder, not a length; held back")
        hours = None
    if band not in CALENDAR_WEEKS:
        row.issue("calendarlengthid", band, "not a band of calendar length")
    low, high = CALENDAR_WEEKS.get(band, (None, None))
    return Length(clock_hours=hours, credit_hours=credits_ or None, weeks_min=low, weeks_max=high)


def _suspension_comment(program: Program, as_of: str | None) -> ProviderEvent:
    """The state's own column says that a staff comment speaks of a suspension, while the status is Approved."""
    return ProviderEvent(
        id=f"{program.id}:suspension_comment",
        provider_id=program.provider_id,
        subject_name=program.name,
        kind=EventKind.LIST_STATUS,
        action="staff comment mentions suspension",
        scope=program.id,
        provenance=_dated(program.provenance, as_of),
    )


SOURCE = Source(
    name="nj_etpl",
    title="New Jersey Eligible Training Provider List: programs",
    publisher="New Jersey Department of Labor and Workforce Development",
    url="https://github.com/newjersey/d4ad",
    licence="MIT (repository newjersey/d4ad)",
    vintage="six partial copies of the list, February 2021 to September 2022",
    files=(FILE,),
    read=read,
    after=("nj_providers", "nj_credentials", "nj_in_demand"),
)
