"""Federal training provider results of all states, from the bulk workbook.

The workbook is optional: without it the source is left out. It has no program id, so a program is
known by state, provider, name, field and ZIP code. A program that the search service's file has too
is not kept twice: its outcomes here, of another vintage, are added with this file as their source.
"""

from __future__ import annotations

import hashlib
from collections import Counter

from catalog.records import Cost, CredentialKind, ListStatus, Place, Program
from ingestion import cells
from ingestion.context import Context
from ingestion.etp import (
    LICENCE,
    PUBLISHER,
    URL,
    as_money,
    as_url,
    delivery_of,
    duration_of,
    entity_of,
    known_provider,
    place_of,
)
from ingestion.etp_outcomes import Outcome, count, filed, measures, plausible_earnings, plausible_rate
from ingestion.etp_workbook import Columns, as_excel_date, as_noisy_cip, as_outcome_codes, as_padded_soc
from ingestion.naming import slug
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILE = SourceFile(
    "etp/etp_bulk.xlsx",
    as_of=None,
    rows=(50_000, 150_000),
    ignored=frozenset({"provider_unique_id", "CIP_Title", "de130", "de170", "de171"}),
    url="https://www.trainingproviderresults.gov/data/DownloadPrograms.xlsx",
)
UNUSED = ("d102", "d103", "d109", "d115")
CERTIFICATION, APPRENTICESHIP, LICENSE, ASSOCIATE, BACCALAUREATE, IHE_CERTIFICATE, DIPLOMA = "1234567"
KINDS = (
    (ASSOCIATE, CredentialKind.DEGREE),
    (BACCALAUREATE, CredentialKind.DEGREE),
    (APPRENTICESHIP, CredentialKind.APPRENTICESHIP),
    (LICENSE, CredentialKind.LICENSE),
    (CERTIFICATION, CredentialKind.CERTIFICATION),
    (IHE_CERTIFICATE, CredentialKind.CERTIFICATE),
    (DIPLOMA, CredentialKind.DIPLOMA),
)
DEGREES = {ASSOCIATE: "Associate's degree", BACCALAUREATE: "Baccalaureate degree"}

Key = tuple[str, str, str | None, str | None]


class Reader:
    """Reads the workbook's rows; outcomes wait until it is known which programs share a cohort."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._outcomes: list[Outcome] = []
        self._times: Counter[str] = Counter()
        self._kept: dict[Key, dict[int, str]] = {}
        self._columns: Columns | None = None
        programs = [program for program in context.shelf.all(Program) if program.id.startswith("dol_etp:")]
        times = Counter(_key(program) for program in programs)
        self._known = {key: program.id for program in programs if times[key := _key(program)] == 1}

    def read(self) -> None:
        """Keep or merge each row's program, then emit the outcomes."""
        for row in self._context.sheet_rows(FILE):
            self._columns = self._columns or Columns(row.leftovers())
            self._read_row(row, self._columns)
        clear = (o for o in self._outcomes if self._times[o.program_id] == 1)
        for measure in measures(clear, counts=False):
            self._context.emit(measure)

    def _read_row(self, row: Row, columns: Columns) -> None:
        name, provider_name = row.text("d105_program_name"), row.text("d101_eligible_training_provider")
        state, entity = row.parse("reportingstate", cells.as_state), entity_of(row, "d104_entity_type")
        place = place_of(
            row,
            zip_column="zip",
            city=columns.find("city"),
            state=columns.find("state"),
            street=columns.find("address"),
        )
        program, (outcome, held) = _program(row, columns, name or "", place), _outcome(row, columns)
        for element in UNUSED:
            columns.parse(row, element, cells.clean)
        if name is None or state is None or not slug(provider_name or ""):
            row.hold("d105_program_name", name or "", "a program without a name, a provider or a reporting state")
            return
        provider = known_provider(row, self._context.shelf, provider_name or "", state, entity, place)
        news = {
            "provider_id": provider.id,
            "provider_name": provider.name,
            "place": provider.place if provider.place == place else place,
            "held_back": (*program.held_back, *held),
        }
        self._settle(row, program.model_copy(update=news), state, outcome)

    def _settle(self, row: Row, program: Program, state: str, outcome: Outcome) -> None:
        """Keep the program under an id of its own, or merge it into the same program of the search service.

        A row that says again what another said adds nothing. A key that returns with other facts
        does not say which program is meant: its second program is kept under a numbered id, and
        of several that meet one program of the other file no outcome is taken.
        """
        figures = (*outcome.counts.items(), outcome.completion, outcome.employment, outcome.earnings)
        key, said = _key(program), hash((program.length, program.cost, program.soc, figures))
        kept = self._kept.setdefault(key, {})
        if said in kept:
            return row.merge(kept[said])
        program_id = self._known.get(key)
        if program_id is None:
            digest = hashlib.sha256("|".join(part or "" for part in key).encode()).hexdigest()[:16]
            program_id = f"{SOURCE.name}:{state}:{digest}" + (f":{len(kept) + 1}" if kept else "")
            origin = row.provenance(program_id.partition(":")[2])
            row.keep(program.model_copy(update={"id": program_id, "provenance": origin}))
        else:
            origin = row.provenance(program_id.partition(":")[2])
            row.merge(program_id)
        kept[said] = program_id
        self._times[program_id] += 1
        return self._outcomes.append(
            outcome._replace(program_id=program_id, provider_id=program.provider_id, provenance=origin)
        )


def read(context: Context) -> None:
    """Keep each program with its outcomes."""
    Reader(context).read()


def _key(program: Program) -> Key:
    return program.provider_id, slug(program.name), program.cip, program.place.zip


def _program(row: Row, columns: Columns, name: str, place: Place) -> Program:
    """Pop the program's own cells; id and provider are the caller's to give."""
    duration = duration_of(row, columns["d114"], columns["d113"])
    codes = row.parse(columns["d108"], as_outcome_codes) or ""
    soc = [columns.parse(row, element, as_padded_soc) for element in ("d117", "d118", "d119")]
    found = tuple(dict.fromkeys(code for code in soc if code))
    listed = row.parse("de172", as_excel_date)
    delivery = columns.find("d116")
    return Program(
        id="",
        name=name,
        provider_id="",
        cip=row.parse(columns["d110"], as_noisy_cip),
        soc=found,
        soc_method="published" if found else None,
        cost=Cost(
            tuition_usd=columns.parse(row, "d111", as_money),
            supplies_usd=columns.parse(row, "d112", as_money),
        ),
        length=duration.length,
        delivery=delivery_of(row, delivery) if delivery else None,
        place=place,
        credential_kind=next((kind for code, kind in KINDS if code in codes), None),
        degree_name=next((words for code, words in DEGREES.items() if code in codes), None),
        claims_degree=bool(DEGREES.keys() & set(codes)) if codes else None,
        claims_license=LICENSE in codes if codes else None,
        claims_certification=CERTIFICATION in codes if codes else None,
        description=columns.parse(row, "d106", cells.as_text),
        list_status=ListStatus.APPROVED if listed else None,
        list_status_as_of=listed.isoformat() if listed else None,
        held_back=duration.held_back,
        url=columns.parse(row, "d107", as_url),
        provenance=row.provenance(""),
    )


def _outcome(row: Row, columns: Columns) -> tuple[Outcome, tuple[str, ...]]:
    """Pop the outcomes; the second part names those that were held back."""
    elements = {"learners_served": "d120", "learners_exited": "d121", "learners_completed": "d122"}
    people = {name: count(row, columns[element]) for name, element in elements.items() if columns.find(element)}
    employed, whole = count(row, columns["d123"]), count(row, "de129")
    people["employed_q2"] = employed
    q2, done, pay = "c_q2_employment_percent", "c_completed_percent", "c_median_earnings"
    employment = filed(row, q2)
    completion = filed(row, done) if columns.find(done) else None
    earnings = filed(row, pay) if columns.find(pay) else None
    outcome = Outcome(
        program_id="",
        provider_id="",
        provenance=row.provenance(""),
        counts={name: number for name, number in people.items() if number is not None},
        completion=plausible_rate(
            row, done, completion, people.get("learners_completed"), people.get("learners_exited")
        ),
        employment=plausible_rate(row, q2, employment, employed, whole),
        employment_n=whole,
        earnings=plausible_earnings(row, pay, earnings),
        receipts={
            "completion_rate": _cells(row, done, columns.find("d122"), columns.find("d121")),
            "employment_rate_q2": _cells(row, q2, columns["d123"], "de129"),
            "median_earnings_q2": _cells(row, pay, columns["d123"]),
        },
    )
    pairs = (
        ("completion_rate", completion, outcome.completion),
        ("employment_rate_q2", employment, outcome.employment),
        ("median_earnings_q2", earnings, outcome.earnings),
    )
    return outcome, tuple(name for name, before, after in pairs if before is not None and after is None)


def _cells(row: Row, *names: str | None) -> tuple[str, ...]:
    """Return the published cells of those columns that the workbook has."""
    return row.provenance("", cells=[name for name in names if name and row.knows(name)]).cells


SOURCE = Source(
    name="dol_etp_bulk",
    title="Training provider results, all states (bulk workbook)",
    publisher=PUBLISHER,
    url=URL,
    licence=LICENCE,
    vintage="the workbook states no program year",
    files=(FILE,),
    read=read,
    after=("dol_etp",),
)
