"""New Jersey's public training search page of November 2018: older hours, costs and learner ratings.

A program that the later list still has gets these as dated figures; the others are kept as
programs of 2018, which says nothing about whether they still run.
"""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz.utils import default_process

from catalog.records import Cost, Length, Measure, Place, Program, Provider, Unit
from ingestion.context import Context
from ingestion.new_jersey import repaired
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FILE = SourceFile(
    "nj/nj_etpl_search_list_2018.csv.gz", as_of="2018-11", rows=(3_000, 6_000), ignored=frozenset({"InDemand"})
)
PERIOD = "2018-11"
RECEIPTS = {
    "cost_2018": ("TotalCost",),
    "clock_hours_2018": ("TotalClockHours",),
    "learner_rating": ("AverageProgramRating", "RatingCount"),
}
"""The columns behind each figure."""


def read(context: Context) -> None:
    """Merge each row into the program of the later list, or keep it as a program of 2018."""
    providers = _providers_by_name_and_city(context)
    for row in context.rows(FILE):
        _read_row(context, row, providers)


def _read_row(context: Context, row: Row, providers: dict[tuple[str, str], str]) -> None:
    number, name, school = row.raw("ProgramID").strip(), repaired(row.text("ProgramName")), _school(row)
    city, _, county = (row.text("Location") or "").rpartition(", ")
    figures = _figures(row)
    if name is None or school is None or not number.isdigit():
        return row.hold("ProgramID", number, "a program without a number, a name or a provider")
    later = f"nj_etpl:{number}"
    if context.shelf.find(Program, later):
        row.merge(later)
        for measure in _measures(row, later, number, figures):
            row.also(measure)
        return None
    program_id = f"nj_search_list_2018:{number}"
    if context.shelf.find(Program, program_id):
        return row.hold("ProgramID", number, "a second row with this number")
    place = Place(city=city or None, county=county or None, state="NJ")
    provider_id = providers.get((default_process(school), default_process(city)))
    if provider_id is None:
        provider_id = _new_provider(context, row, school, place)
    row.keep(_program(row, program_id, name, school, provider_id, place, figures))
    for measure in _measures(row, program_id, number, {"rating": figures["rating"], "ratings": figures["ratings"]}):
        row.also(measure)
    return None


def _school(row: Row) -> str | None:
    return repaired(row.text("ProviderName"))


def _figures(row: Row) -> dict[str, float | None]:
    hours, cost = row.float("TotalClockHours"), row.float("TotalCost")
    rating, ratings = row.float("AverageProgramRating"), row.int("RatingCount")
    return {"hours": hours or None, "cost": cost, "rating": rating, "ratings": ratings}


def _program(
    row: Row, key: str, name: str, school: str, provider_id: str, place: Place, figures: dict[str, float | None]
) -> Program:
    return Program(
        id=key,
        name=name,
        provider_id=provider_id,
        provider_name=school,
        cost=Cost(total_usd=figures["cost"]),
        length=Length(clock_hours=figures["hours"]),
        place=place,
        provenance=row.provenance(key.partition(":")[2], cells=("ProgramID", "TotalClockHours", "TotalCost")),
    )


def _measures(row: Row, subject: str, number: str, figures: dict[str, float | None]) -> Iterator[Measure]:
    """A learner rating without a count of ratings is no rating, and 0 ratings are none."""
    units = (("cost", "cost_2018", Unit.USD), ("hours", "clock_hours_2018", Unit.HOURS))
    for key, name, unit in units:
        if figures.get(key) is not None:
            yield _measure(row, subject, number, name, figures[key], unit, None)
    ratings = figures["ratings"]
    if figures["rating"] is not None and ratings:
        yield _measure(row, subject, number, "learner_rating", figures["rating"], Unit.RATING_1_TO_6, int(ratings))


def _measure(row: Row, subject: str, number: str, name: str, value: float | None, unit: Unit, n: int | None) -> Measure:
    return Measure(
        subject_kind="program",
        subject_id=subject,
        name=name,
        value=value,
        unit=unit,
        n=n,
        period=PERIOD,
        definition=f"nj_2018_{name.removesuffix('_2018')}",
        provenance=row.provenance(number, cells=("ProgramID", *RECEIPTS[name])),
    )


def _providers_by_name_and_city(context: Context) -> dict[tuple[str, str], str]:
    """Only a name and city that exactly one state record has can be told apart."""
    found: dict[tuple[str, str], list[str]] = {}
    for provider in context.shelf.all(Provider):
        if provider.id.startswith("nj_providers:") and provider.place.city:
            key = (default_process(provider.name), default_process(provider.place.city))
            found.setdefault(key, []).append(provider.id)
    return {key: ids[0] for key, ids in found.items() if len(ids) == 1}


def _new_provider(context: Context, row: Row, school: str, place: Place) -> str:
    slug = "-".join(default_process(f"{school} {place.city or ''}").split())
    key = f"nj_search_list_2018:{slug}"
    if context.shelf.find(Provider, key) is None:
        row.also(Provider(id=key, name=school, place=place, provenance=row.provenance(slug)))
    return key


SOURCE = Source(
    name="nj_search_list_2018",
    title="New Jersey training search page, 2018",
    publisher="New Jersey Department of Labor and Workforce Development",
    url="https://github.com/codeforamerica/etpl-search",
    licence="MIT (repository codeforamerica/etpl-search)",
    vintage="November 2018",
    files=(FILE,),
    read=read,
    after=("nj_etpl", "nj_providers"),
)
