"""Which programs honour the limits of a query: met, missed, or not known."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.understand.query import Query
from catalog.records import Delivery
from catalog.snapshot import Snapshot

EARTH_RADIUS_MILES = 3958.8
OLDER_LIST = "nj_search_list_2018"

COLUMNS = """
    p.id, p.cost_total_usd AS cost, p.length_weeks_min AS weeks_min, p.length_weeks_max AS weeks_max,
    p.delivery, p.evening, p.place_city AS city, p.place_county AS county, p.place_state AS state,
    p.place_latitude AS latitude, p.place_longitude AS longitude,
    v.services_evening AS school_evening, v.services_spanish AS school_spanish, v.services_childcare AS school_childcare
"""


@dataclass(frozen=True)
class Fit:
    """How one program stands to the limits: names of filters met, missed and not known."""

    program_id: str
    met: tuple[str, ...]
    missed: tuple[str, ...]
    unknown: tuple[str, ...]
    distance_miles: float | None
    cost: float | None

    @property
    def fits(self) -> bool:
        """Whether no limit is missed."""
        return not self.missed


def fits_of(snapshot: Snapshot, query: Query, ids: Collection[str]) -> dict[str, Fit]:
    """Return how each program stands to the query's limits, by one query over columns."""
    tables = "programs p LEFT JOIN providers v ON v.id = p.provider_id"
    sql = f"SELECT {COLUMNS} FROM {tables} WHERE p.id IN (SELECT unnest(?))"  # noqa: S608 (no outside text in it)
    names = [part.split(" AS ")[-1].split(".")[-1].strip() for part in COLUMNS.split(",")]
    rows = (dict(zip(names, row, strict=True)) for row in snapshot.query(sql, [list(ids)]))
    return {row["id"]: _fit(query, row) for row in rows}


def _fit(query: Query, row: dict[str, Any]) -> Fit:
    distance = _distance(query, row)
    verdicts = dict(_verdicts(query, row, distance))
    return Fit(
        program_id=row["id"],
        met=tuple(name for name, verdict in verdicts.items() if verdict is True),
        missed=tuple(name for name, verdict in verdicts.items() if verdict is False),
        unknown=tuple(name for name, verdict in verdicts.items() if verdict is None),
        distance_miles=distance,
        cost=row["cost"],
    )


def _verdicts(query: Query, row: dict[str, Any], distance: float | None) -> Iterator[tuple[str, bool | None]]:
    if query.max_cost:
        yield "max_cost_usd", None if row["cost"] is None else row["cost"] <= query.max_cost.value
    if query.where:
        yield _place_verdict(query, row, distance)
    if query.evening:
        yield "evening", True if row["evening"] else row["school_evening"]
    if query.spanish:
        yield "spanish", row["school_spanish"]
    if query.childcare:
        yield "childcare", row["school_childcare"]
    if query.delivery:
        yield _delivery_verdict(query.delivery.value, row["delivery"])
    if query.max_weeks:
        yield "max_weeks", _time_verdict(query.max_weeks.value, row["weeks_min"], row["weeks_max"])


def _place_verdict(query: Query, row: dict[str, Any], distance: float | None) -> tuple[str, bool | None]:
    where = query.where
    if where is None:
        raise ValueError("no place asked for")
    if where.radius_miles is not None:
        return "near", None if distance is None else distance <= where.radius_miles
    for name, wanted, found in (
        ("in_city", where.city, row["city"]),
        ("in_county", where.county, row["county"]),
        ("in_state", where.state, row["state"]),
    ):
        if wanted is not None:
            return name, None if found is None else found.lower() == wanted.lower()
    raise ValueError("a place without a name")


def _delivery_verdict(wanted: Delivery, found: str | None) -> tuple[str, bool | None]:
    return f"delivery_{wanted.value}", None if found is None else found == wanted.value


def _time_verdict(limit: float, low: float | None, high: float | None) -> bool | None:
    """A band that only overlaps the limit is not known to fit."""
    if high is not None and high <= limit:
        return True
    return False if low is not None and low > limit else None


def _distance(query: Query, row: dict[str, Any]) -> float | None:
    where = query.where
    if where is None or where.latitude is None or where.longitude is None or row["latitude"] is None:
        return None
    return miles_between(where.latitude, where.longitude, row["latitude"], row["longitude"])


def miles_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the great-circle distance in miles (haversine)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return round(2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(half)), 1)
