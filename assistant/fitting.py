"""Which programs honour the limits of a query: met, missed, or not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.constraints import distance, verdicts
from assistant.understand.query import Query
from assistant.understand.topic import RIGHT, Match
from assistant.understand.words import row_of
from catalog.snapshot import Snapshot

OLDER_LIST = "nj_search_list_2018"
HOME_LIST = "nj_etpl"

COLUMNS: Mapping[str, str] = {
    "id": "p.id",
    "name": "p.name",
    "provider_id": "p.provider_id",
    "entity_id": "v.entity_id",
    "cip": "p.cip",
    "cost": "p.cost_total_usd",
    "cost_parts": "coalesce(p.cost_tuition_usd, 0) + coalesce(p.cost_fees_usd, 0) + coalesce(p.cost_books_usd, 0) "
    "+ coalesce(p.cost_supplies_usd, 0) + coalesce(p.cost_other_usd, 0)",
    "weeks_min": "p.length_weeks_min",
    "weeks_max": "p.length_weeks_max",
    "hours": "p.length_clock_hours",
    "delivery": "p.delivery",
    "evening": "p.evening",
    "prerequisite": "p.prerequisite",
    "degree_name": "p.degree_name",
    "claims_license": "p.claims_license",
    "claims_certification": "p.claims_certification",
    "federal_aid": "p.federal_aid_claimed",
    "list_status": "p.list_status",
    "city": "p.place_city",
    "county": "p.place_county",
    "state": "p.place_state",
    "zip": "p.place_zip",
    "latitude": "p.place_latitude",
    "longitude": "p.place_longitude",
    "school_evening": "v.services_evening",
    "school_spanish": "v.services_spanish OR list_contains(v.services_other_languages, 'Spanish')",
    "school_childcare": "v.services_childcare",
    "school_childcare_help": "v.services_childcare_help",
    "school_access": "v.services_wheelchair_access",
    "school_job_help": "v.services_job_search_help",
    "school_bus": "v.services_bus",
    "school_train": "v.services_train",
    "school_distance": "v.services_distance_learning",
    "employment": "m.employment",
    "wage_q2": "m.wage_q2",
    "wage_q4": "m.wage_q4",
    "wage_q8": "m.wage_q8",
}
FROM = """
    programs p LEFT JOIN providers v ON v.id = p.provider_id
    LEFT JOIN (
        SELECT subject_id,
               max(value) FILTER (name = 'employment_rate_q2') AS employment,
               max(value) FILTER (name IN ('average_quarterly_wage_q2', 'median_earnings_q2')) AS wage_q2,
               max(value) FILTER (name = 'average_quarterly_wage_q4') AS wage_q4,
               max(value) FILTER (name = 'average_quarterly_wage_q8') AS wage_q8
        FROM measures WHERE subject_kind IN ('provider_cip', 'program') GROUP BY 1
    ) m ON m.subject_id = CASE WHEN p.id LIKE 'nj_etpl:%' THEN p.provider_id || '|' || p.cip ELSE p.id END
"""


@dataclass(frozen=True)
class Fit:
    """How one program stands to a query: to its subject, and the names of limits met, missed and not known."""

    program_id: str
    match: Match
    title: tuple[str, ...]
    provider_id: str
    subjects: frozenset[str]
    met: tuple[str, ...]
    missed: tuple[str, ...]
    unknown: tuple[str, ...]
    distance_miles: float | None
    cost: float | None
    weeks: float | None
    employment: float | None
    quarterly_wage_usd: float | None

    @property
    def is_current(self) -> bool:
        """Whether it stands on a list that is not known to be replaced."""
        return not self.program_id.startswith(OLDER_LIST)

    @property
    def fits(self) -> bool:
        """Whether it is of the very subject, on a current list, and no limit is missed."""
        return self.match.grade == RIGHT and self.is_current and not self.missed

    @property
    def given_up(self) -> tuple[str, ...]:
        """What has to be given up for it: limits, the subject itself, a current list."""
        near = () if self.match.grade == RIGHT else ("subject",)
        return (*self.missed, *near, *(() if self.is_current else ("current_list",)))


def fits_of(snapshot: Snapshot, query: Query, matches: Mapping[str, Match]) -> dict[str, Fit]:
    """Return how each program stands to the query, by one query over columns."""
    sql = f"SELECT {', '.join(COLUMNS.values())} FROM {FROM} WHERE p.id IN (SELECT unnest(?))"  # noqa: S608 (no outside text in it)
    rows = (dict(zip(COLUMNS, row, strict=True)) for row in snapshot.query(sql, [list(matches)]))
    return {row["id"]: _fit(query, row, matches[row["id"]]) for row in rows}


def _fit(query: Query, row: dict[str, Any], match: Match) -> Fit:
    found = verdicts(query, row)
    miles = [each for where in query.places() if (each := distance(where, row)) is not None]
    return Fit(
        program_id=row["id"],
        match=match,
        title=row_of(row["name"]),
        provider_id=row["provider_id"],
        subjects=_subjects(row),
        met=tuple(name for name, verdict in found.items() if verdict is True),
        missed=tuple(name for name, verdict in found.items() if verdict is False),
        unknown=tuple(name for name, verdict in found.items() if verdict is None),
        distance_miles=min(miles, default=None),
        cost=row["cost"],
        weeks=row["weeks_min"],
        employment=row["employment"],
        quarterly_wage_usd=row["wage_q2"],
    )


def _subjects(row: dict[str, Any]) -> frozenset[str]:
    """Return whom findings that concern a program are about."""
    found = {row["id"], row["provider_id"], f"{row['provider_id']}|{row['cip']}"}
    return frozenset(found | ({row["entity_id"]} if row["entity_id"] else set()))
