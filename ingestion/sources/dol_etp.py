"""Federal training provider results for California: programs, providers and their WIOA outcomes.

The file was reshaped from the publisher's search service: a figure that was withheld or not filed
is null there, so that a null of a program with outcomes means "not released", whatever the reason.
"""

from __future__ import annotations

import json

from catalog.errors import SourceError
from catalog.records import Cost, Measure, Program, Reported, Unit
from ingestion import cells, files
from ingestion.context import Context
from ingestion.etp import (
    LICENCE,
    PUBLISHER,
    URL,
    Duration,
    as_money,
    as_url,
    delivery_of,
    duration_of,
    entity_of,
    flattened,
    known_provider,
    place_of,
)
from ingestion.etp_outcomes import (
    PERIOD,
    Outcome,
    count,
    filed,
    implied_denominator,
    measures,
    plausible_earnings,
    plausible_rate,
)
from ingestion.naming import slug
from ingestion.row import Row
from ingestion.source import Source, SourceFile

REGION = {"region", "region.area_name", "region.area_short_name", "region.area_type", "region.matched_on"}
COHORT = {
    f"outcomes.cohort.{name}"
    for name in (
        "internally_consistent",
        "exited_exceeds_served",
        "completed_exceeds_served",
        "oversized_for_one_program",
    )
}
UNUSED = {"occupations", "location.lat", "location.lon", "cost.wioa_funded_cost"}
SAMPLE_COUNTS = {
    "is_fixture",
    "total_programs",
    "programs_with_any_outcome",
    "programs_with_median_earnings",
    "programs_with_employment_rate",
    "programs_with_completion_rate",
    "programs_with_cost",
    "programs_with_soc",
    "programs_matched_to_occupation",
    "distinct_providers",
    "distinct_occupations_matched",
    "occupation_rows_loaded",
    "programs_mapped_to_area",
    "programs_without_area",
    "outcome_coverage_pct",
    "occupation_match_pct",
    "area_match_pct",
}
PEERS = {
    f"peer_medians.{name}.{part}"
    for name in ("completion_rate", "employment_rate_q2", "median_earnings")
    for part in ("median", "reporting")
}
AS_OF = "2026-08-07"
PROGRAMS = SourceFile(
    "etp/ca_etp_programs_sample.json", as_of=AS_OF, rows=(30, 10_000), ignored=frozenset(REGION | COHORT | UNUSED)
)
COVERAGE = SourceFile(
    "etp/ca_etp_coverage.json", as_of=AS_OF, rows=(1, 1), ignored=frozenset(SAMPLE_COUNTS | PEERS | {"snapshot_date"})
)
COUNTS = {
    "learners_served": "total_served",
    "learners_exited": "total_exited",
    "learners_completed": "total_completed",
    "credentials_earned": "credentials_earned",
    "employed_q2": "employed_q2",
    "employed_q4": "employed_q4",
}
RECEIPT = ("uuid", "program_name", "length.weeks", "length.hours", "cost.total_out_of_pocket", "cost.total_is_complete")
"""The columns of a program's own facts that rules rest on."""
RECEIPTS = {
    "completion_rate": ("outcomes.completion_rate", "outcomes.total_completed", "outcomes.total_exited"),
    "employment_rate_q2": ("outcomes.employment_rate_q2", "outcomes.employed_q2"),
    "median_earnings_q2": ("outcomes.median_earnings", "outcomes.employed_q2"),
}
"""The columns behind each headline figure."""
BENCHMARK = (
    ("completion_rate", "statewide_completion_rate", Unit.FRACTION),
    ("employment_rate_q2", "statewide_employment_rate_q2", Unit.FRACTION),
    ("median_earnings", "statewide_median_earnings_q2", Unit.USD_PER_QUARTER),
    ("credential_rate", "statewide_credential_rate", Unit.FRACTION),
    ("total_exited", "statewide_learners_exited", Unit.COUNT),
    ("total_completed", "statewide_learners_completed", Unit.COUNT),
)
NOT_SHARED = frozenset({"", "0", "[]", "false"})


def read(context: Context) -> None:
    """Keep each program with its outcomes, and the state's own totals under names of their own."""
    content = files.read_json(context.path_of(PROGRAMS), PROGRAMS.path)
    items = content.get("programs") if isinstance(content, dict) else None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise SourceError(PROGRAMS.path, "there is no list of programs", remedy="Fetch the file again.")
    state, outcomes = cells.as_state(str(content.get("state") or "")), []
    if state is None:
        raise SourceError(PROGRAMS.path, "the file names no state", field="state", remedy="Fetch the file again.")
    for row in context.items(PROGRAMS, [flattened(item) for item in items]):
        outcome = _read_program(context, row, state)
        if outcome is not None:
            outcomes.append(outcome)
    for measure in measures(outcomes):
        context.emit(measure)
    _read_benchmark(context)


def _read_program(context: Context, row: Row, state: str) -> Outcome | None:
    uuid, name, provider_name = row.raw("uuid").strip(), row.text("program_name"), row.text("provider_name")
    place = place_of(row, city="location.city", state="location.state", zip_column="location.zip")
    entity, duration = entity_of(row, "entity_type"), _duration(row)
    outcome, outcome_held = _outcome(row, f"dol_etp:{uuid}")
    program = Program(
        id=f"dol_etp:{uuid}",
        name=name or "",
        provider_id="",
        provider_name=provider_name,
        cip=row.parse("cip_code", cells.as_cip),
        cost=_cost(row),
        length=duration.length,
        delivery=delivery_of(row, "program_format"),
        place=place,
        description=row.text("description"),
        held_back=(*duration.held_back, *outcome_held),
        url=row.parse("program_url", as_url),
        provenance=row.provenance(uuid, cells=RECEIPT),
    )
    soc = _soc_codes(row)
    if not uuid or name is None or not slug(provider_name or ""):
        row.hold("uuid", uuid, "a program without an id, a name or a provider")
        return None
    if context.shelf.find(Program, program.id):
        row.hold("uuid", uuid, "a second program with this id")
        return None
    provider = known_provider(row, context.shelf, provider_name or "", state, entity, place)
    news = {"provider_id": provider.id, "soc": soc, "soc_method": "published" if soc else None}
    row.keep(program.model_copy(update=news))
    return outcome._replace(provider_id=provider.id)


def _duration(row: Row) -> Duration:
    stated = row.flag("length.competency_based")
    duration = duration_of(row, "length.weeks", "length.hours")
    if stated is None or duration.length.competency_based:
        return duration
    return duration._replace(length=duration.length.model_copy(update={"competency_based": stated}))


def _cost(row: Row) -> Cost:
    tuition, supplies = row.parse("cost.tuition", as_money), row.parse("cost.supplies", as_money)
    total, complete = row.parse("cost.total_out_of_pocket", as_money), row.flag("cost.total_is_complete")
    return Cost(tuition_usd=tuition, supplies_usd=supplies, total_usd=total if complete else None)


def _soc_codes(row: Row) -> tuple[str, ...]:
    raw, found = row.raw("soc_codes"), []
    try:
        codes = json.loads(raw) if raw else []
    except ValueError:
        row.issue("soc_codes", raw, "not a list of SOC codes")
        return ()
    for code in codes:
        try:
            found.append(cells.as_soc(str(code)))
        except cells.CellError as error:
            row.issue("soc_codes", str(code), str(error))
    return tuple(dict.fromkeys(code for code in found if code))


def _outcome(row: Row, program_id: str) -> tuple[Outcome, tuple[str, ...]]:
    """Pop the outcomes; the second part names those that were held back."""
    blank = Reported.NOT_RELEASED if row.flag("outcomes.reported") else None
    people = {name: count(row, f"outcomes.{column}") for name, column in COUNTS.items()}
    rate, pay = "outcomes.completion_rate", "outcomes.median_earnings"
    completion, employment = filed(row, rate, blank), filed(row, "outcomes.employment_rate_q2", blank)
    earnings = filed(row, pay, blank)
    shared = row.raw("outcomes.cohort.shared_with_sibling_programs").strip() not in NOT_SHARED
    attributable = row.flag("outcomes.cohort.attributable")
    outcome = Outcome(
        program_id=program_id,
        provider_id="",
        provenance=row.provenance(program_id.partition(":")[2]),
        counts={name: number for name, number in people.items() if number is not None},
        completion=plausible_rate(row, rate, completion, people["learners_completed"], people["learners_exited"]),
        employment=plausible_rate(row, "outcomes.employment_rate_q2", employment, None, None),
        employment_n=implied_denominator(employment.value if employment else None, people["employed_q2"]),
        earnings=plausible_earnings(row, pay, earnings),
        shared=shared or attributable is False,
        receipts={name: row.provenance("", cells=columns).cells for name, columns in RECEIPTS.items()},
    )
    pairs = (
        ("completion_rate", completion, outcome.completion),
        ("employment_rate_q2", employment, outcome.employment),
        ("median_earnings_q2", earnings, outcome.earnings),
    )
    return outcome, tuple(name for name, before, after in pairs if before is not None and after is None)


def _read_benchmark(context: Context) -> None:
    """The state's totals run over all who exited any program: not a median of programs, nor comparable with one."""
    content = files.read_json(context.path_of(COVERAGE), COVERAGE.path)
    for row in context.items(COVERAGE, [flattened(content)]):
        state = row.parse("state_benchmark.state", cells.as_state)
        figures = [(name, unit, row.float(f"state_benchmark.{column}")) for column, name, unit in BENCHMARK]
        found = [_benchmark(row, state or "", name, unit, value) for name, unit, value in figures if value is not None]
        if state is None or not found:
            row.hold("state_benchmark.state", state or "", "no state, or no figure of it")
            continue
        row.keep(found[0])
        for measure in found[1:]:
            row.also(measure)


def _benchmark(row: Row, state: str, name: str, unit: Unit, value: float) -> Measure:
    return Measure(
        subject_kind="state",
        subject_id=state,
        name=name,
        value=value,
        unit=unit,
        period=PERIOD,
        definition="wioa_statewide_total",
        provenance=row.provenance(state),
    )


SOURCE = Source(
    name="dol_etp",
    title="Training provider results, California (sample)",
    publisher=PUBLISHER,
    url=URL,
    licence=LICENCE,
    vintage="copy of 2026-08-07; the publisher states no program year",
    files=(PROGRAMS, COVERAGE),
    read=read,
)
