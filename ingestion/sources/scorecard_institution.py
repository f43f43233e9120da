"""College Scorecard, institution level: an extract of June 2019, and one of its interface of April 2021.

Blank means withheld (small groups) or not reported, which can't be told apart: no figure is kept then.
Neither file states the years of its cohorts. Earnings and debts are made for the six-digit OPEID and
shared by its campuses. Three traps of 2021: names and places are blank, so an institution that no
other file names is held back; its column named after a monthly payment holds the whole debt; the
names of columns have spaces.

`hcm2` becomes an event, not a figure: the publisher says that the institution is on Heightened Cash
Monitoring 2. Where 2021 says of one that was on it in 2019 that it is not, that is an event too, and
the later one counts. An institution that was not certified as operating in 2019 is an event only if no
later file lists it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from catalog.records import EventKind, Place, Provider, ProviderEvent, Unit
from ingestion import cells
from ingestion.context import Context
from ingestion.institutions import (
    CONTROLS,
    LICENCE,
    SCORECARD,
    SCORECARD_URL,
    Figure,
    aliases_of,
    as_opeid,
    coded,
    emit_measures,
    figures_of,
    institution,
    provider_id,
    unitid_of,
)
from ingestion.merging import keep_or_merge
from ingestion.row import Row
from ingestion.source import Source, SourceFile

FIELDS = "01 03 04 05 09 10 11 12 13 14 15 16 19 22 23 24 25 26 27 29 30 31 38 39 40 41 42 43 44 45 46 47 48 49 50 51"
SHARES_OF_FIELDS = {f"pcip{field}" for field in [*FIELDS.split(), "52", "54"]}
TEST_SCORES = {f"{test}{part}" for test in ("satvr", "satmt", "satwr") for part in ("25", "75", "mid")} | {
    f"{test}{part}" for test in ("actcm", "acten", "actmt", "actwr") for part in ("25", "75", "mid")
}
RACES = {f"ugds_{group}" for group in ("white", "black", "hisp", "asian", "aian", "nhpi", "2mor", "nra", "unkn")}
MISSIONS = {"hbcu", "pbi", "annhi", "tribal", "aanapii", "hsi", "nanti", "menonly", "womenonly", "relaffil"}
NET_PRICE_BY_INCOME = {f"npt4{band}_{sector}" for band in "12345" for sector in ("pub", "priv")}
OTHERS = {"opeid6", "npcurl", "preddeg", "locale"}
OF_2019 = SourceFile(
    "federal/scorecard_institution_201906.csv.gz",
    as_of="2019-06",
    rows=(6_000, 8_500),
    ignored=frozenset(SHARES_OF_FIELDS | TEST_SCORES | RACES | MISSIONS | NET_PRICE_BY_INCOME | OTHERS)
    | {"sat_avg", "sat_avg_all", "distanceonly"},
)
OF_2021 = SourceFile(
    "federal/scorecard_institution_api_202104.csv.gz",
    as_of="2021-04",
    rows=(5_500, 8_500),
    ignored=frozenset({"opeid6", "preddeg", "locale", "hbcu", "menonly", "womenonly", "relaffil"}),
)
PERIODS = {
    OF_2019.path: "cohort years not stated; loaded June 2019",
    OF_2021.path: "cohort years not stated; extracted April 2021",
}


def _share(column: str, name: str) -> Figure:
    return Figure(column, name, Unit.FRACTION, f"scorecard_{column}")


def _dollars(column: str, name: str, unit: Unit = Unit.USD_PER_YEAR, lowest: float = 0) -> Figure:
    return Figure(column, name, unit, f"scorecard_{column}", lowest=lowest)


IN_BOTH = (
    Figure("ugds", "undergraduates", Unit.COUNT, "scorecard_ugds"),
    _share("pctfloan", "share_with_federal_loan"),
    _share("ret_ft4", "retention_full_time"),
    _share("ret_ftl4", "retention_full_time"),
    _share("c150_4_pooled_supp", "completion_rate_150pct"),
    _share("c150_l4_pooled_supp", "completion_rate_150pct"),
    _share("rpy_3yr_rt_supp", "repayment_rate_3yr"),
    _dollars("md_earn_wne_p10", "median_earnings_10yr_after_entry"),
)
ONLY_2019 = (
    _share("pctpell", "share_with_pell_grant"),
    _share("pptug_ef", "share_part_time"),
    _share("ug25abv", "share_25_or_older"),
    _share("ret_pt4", "retention_part_time"),
    _share("ret_ptl4", "retention_part_time"),
    _share("gt_25k_p6", "share_earning_over_25000_6yr_after_entry"),
    _dollars("npt4_pub", "net_price", lowest=float("-inf")),
    _dollars("npt4_priv", "net_price", lowest=float("-inf")),
    _dollars("grad_debt_mdn10yr_supp", "median_debt_monthly_payment", Unit.USD),
)
MISNAMED_DEBT = Figure("grad_debt_mdn10yr_supp", "median_debt_of_graduates", Unit.USD, "scorecard_grad_debt_mdn_supp")
FIGURES_2019 = tuple(replace(figure, period=PERIODS[OF_2019.path]) for figure in (*IN_BOTH, *ONLY_2019))
FIGURES_2021 = tuple(
    replace(figure, column=figure.column.replace("_", " "), period=PERIODS[OF_2021.path])
    for figure in (*IN_BOTH, MISNAMED_DEBT)
)

ON_MONITORING = "Heightened Cash Monitoring 2"
OFF_MONITORING = "Not on Heightened Cash Monitoring 2"
NOT_OPERATING = "Not currently certified as an operating institution"


@dataclass
class Later:
    """What the earlier file said that the later one may end."""

    monitored: set[str] = field(default_factory=set)
    not_operating: dict[str, ProviderEvent] = field(default_factory=dict)


def read(context: Context) -> None:
    """Merge each row into its institution, and keep its figures and events."""
    later = Later()
    for row in context.rows(OF_2019):
        _read_2019(context, row, later)
    for row in context.rows(OF_2021):
        _read_2021(context, row, later)
    listed_later: frozenset[str] = context.shelf.notes.get("ipeds_directory", frozenset())
    for provider, event in later.not_operating.items():
        if provider not in listed_later:
            context.emit(event)


def _read_2019(context: Context, row: Row, later: Later) -> None:
    figures, name, opeid = figures_of(row, FIGURES_2019), row.text("instnm"), row.parse("opeid", as_opeid)
    place = Place(city=row.text("city"), state=row.parse("stabbr", cells.as_state))
    monitored, operating = row.flag("hcm2"), row.flag("curroper")
    control, website = coded(row, "control", CONTROLS), row.text("insturl")
    unitid = unitid_of(row, "unitid")
    if unitid is None:
        return None
    if name is None:
        return row.hold("instnm", "", "an institution without a name")
    provider = institution(row, unitid, name, opeid, place=place, control=control, website=website)
    _merge(context, row, provider)
    emit_measures(row, provider.id, figures)
    if monitored:
        later.monitored.add(provider.id)
        row.also(_event(row, provider, EventKind.CASH_MONITORING, ON_MONITORING))
    if operating is False:
        later.not_operating[provider.id] = _event(row, provider, EventKind.CLOSURE, NOT_OPERATING)
    return None


def _read_2021(context: Context, row: Row, later: Later) -> None:
    figures, opeid, monitored = figures_of(row, FIGURES_2021), row.parse("opeid", as_opeid), row.flag("hcm2")
    place = Place(latitude=row.float("latitude"), longitude=row.float("longitude"))
    website, aliases = row.text("insturl"), aliases_of(row, "alias")
    unitid = unitid_of(row, "unitid")
    if unitid is None:
        return None
    known = context.shelf.find(Provider, provider_id(unitid))
    if known is None:
        return row.hold("unitid", unitid, "names are blank here, and no other file names this institution")
    provider = institution(row, unitid, known.name, opeid, place=place, website=website, aliases=aliases)
    _merge(context, row, provider)
    emit_measures(row, provider.id, figures)
    later.not_operating.pop(provider.id, None)
    if monitored:
        row.also(_event(row, provider, EventKind.CASH_MONITORING, ON_MONITORING))
    elif monitored is False and (provider.id in later.monitored or _is_listed(context, opeid)):
        row.also(_event(row, provider, EventKind.CASH_MONITORING, OFF_MONITORING))
    return None


def _is_listed(context: Context, opeid: str | None) -> bool:
    """Whether the monitoring list has the institution, or that of the branch: then it matters who says it is off."""
    return opeid is not None and context.shelf.find(Provider, f"fsa_hcm:{opeid[:6]}00") is not None


def _merge(context: Context, row: Row, provider: Provider) -> None:
    """The directory of 2023 has no websites: the Scorecard's is newer than what was known."""
    merged = keep_or_merge(row, context.shelf, provider)
    if provider.website is not None:
        context.shelf.replace(merged.model_copy(update={"website": provider.website}))


def _event(row: Row, provider: Provider, kind: EventKind, action: str) -> ProviderEvent:
    column = "hcm2" if kind is EventKind.CASH_MONITORING else "curroper"
    return ProviderEvent(
        id=f"{provider.id}:{kind}:{provider.provenance.as_of}",
        provider_id=provider.id,
        subject_name=provider.name,
        kind=kind,
        action=action,
        agency="Federal Student Aid",
        provenance=row.provenance(provider.provenance.record_id, cells=("unitid", column)),
    )


SOURCE = Source(
    name="scorecard_institution",
    title="College Scorecard, institutions",
    publisher=SCORECARD,
    url=SCORECARD_URL,
    licence=LICENCE,
    vintage="loaded June 2019 (about the release for 2016-17); interface of April 2021",
    files=(OF_2019, OF_2021),
    read=read,
    after=("fsa_hcm", "ipeds_directory", "scorecard_earnings"),
)
