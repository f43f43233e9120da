"""Each limit that can be asked for, held against one program: met (True), missed (False), or not known (None)."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from assistant.understand.query import Amount, Choice, Places, Query, Schools, Slot, Where
from assistant.understand.where import same_name
from catalog.records import Delivery, Prerequisite

EARTH_RADIUS_MILES = 3958.8
WEEKS_PER_MONTH = 52 / 12
QUARTERS = 4
MUCH = 1.0
"""Dollars by which a total may differ from the sum of its parts."""
Row = Mapping[str, Any]
Verdict = bool | None


def verdicts(query: Query, row: Row) -> dict[str, Verdict]:
    """Return how a program stands to each limit of a query, by the limit's name in texts."""
    found: dict[str, Verdict] = {}
    for name, slot in query.limits.items():
        if name == "place" and isinstance(slot, Places):
            found[slot.value[0].key] = _any(_inside(where, row) for where in slot.value)
        elif name == "not_place" and isinstance(slot, Places):
            found[f"not_{slot.value[0].key}"] = _not(_any(_inside(where, row) for where in slot.value))
        elif name in ("delivery", "not_delivery") and isinstance(slot, Choice):
            found[f"{name}_{slot.value}"] = DELIVERY[f"{name}_{slot.value}"](row)
        else:
            found[name] = CHECKS[name](slot, row)
    return found


def _max_cost(slot: Slot, row: Row) -> Verdict:
    """A total that differs from the sum of its parts is known only as far as both agree."""
    total, parts = row["cost"], row["cost_parts"]
    if total is None or not isinstance(slot, Amount):
        return None
    low, high = (min(total, parts), max(total, parts)) if parts and abs(total - parts) > MUCH else (total, total)
    return True if high <= slot.value else False if low > slot.value else None


def _monthly(slot: Slot, row: Row) -> Verdict:
    """Whether a school takes payments is never published: a price above is not known to be out of reach."""
    if row["cost"] is None or not isinstance(slot, Amount):
        return None
    months = max(1.0, (row["weeks_min"] or 0) / WEEKS_PER_MONTH)
    return True if row["cost"] <= slot.value * months else None


def _max_weeks(slot: Slot, row: Row) -> Verdict:
    """A band that only overlaps the limit is not known to fit."""
    if not isinstance(slot, Amount):
        return None
    if row["weeks_max"] is not None and row["weeks_max"] <= slot.value + 0.01:
        return True
    return False if row["weeks_min"] is not None and row["weeks_min"] > slot.value else None


def _max_hours(slot: Slot, row: Row) -> Verdict:
    return None if row["hours"] is None or not isinstance(slot, Amount) else bool(row["hours"] <= slot.value)


def _min_hours(slot: Slot, row: Row) -> Verdict:
    return None if row["hours"] is None or not isinstance(slot, Amount) else bool(row["hours"] >= slot.value)


def _flag(*columns: str) -> Callable[[Slot, Row], Verdict]:
    """Any column that says yes will do; all have to say no."""
    return lambda _slot, row: _any(row[column] for column in columns)


def _evening(_slot: Slot, row: Row) -> Verdict:
    """A program's own words for evening classes and a school that says it has none leave it open."""
    if row["evening"]:
        return None if row["school_evening"] is False else True
    return bool(row["school_evening"]) if row["school_evening"] is not None else None


def _unpublished(_slot: Slot, _row: Row) -> Verdict:
    return None


def _transit(slot: Slot, row: Row) -> Verdict:
    value = slot.value if isinstance(slot, Choice) else "any"
    return row[f"school_{value}"] if value in ("bus", "train") else _any((row["school_bus"], row["school_train"]))


def _funding(slot: Slot, row: Row) -> Verdict:
    if isinstance(slot, Choice) and slot.value == "wioa":
        return True if row["list_status"] == "approved" else None if row["list_status"] is None else False
    return bool(row["federal_aid"]) if row["federal_aid"] is not None else None


def _credential(slot: Slot, row: Row) -> Verdict:
    value = slot.value if isinstance(slot, Choice) else ""
    if value in ("license", "certification"):
        return None if row[f"claims_{value}"] is None else bool(row[f"claims_{value}"])
    degree = row["degree_name"]
    return None if degree is None else degree.lower().startswith(value.removesuffix("_degree"))


def _schooling(_slot: Slot, row: Row) -> Verdict:
    if row["prerequisite"] is None:
        return None
    return row["prerequisite"] in (Prerequisite.NONE.value, Prerequisite.SOME_SCHOOL.value)


def _min_wage(slot: Slot, row: Row) -> Verdict:
    """A year is four of the published quarters; met when each known quarter reaches it."""
    known = [QUARTERS * row[f"wage_{q}"] for q in ("q2", "q4", "q8") if row[f"wage_{q}"] is not None]
    if not known or not isinstance(slot, Amount):
        return None
    return True if min(known) >= slot.value else False if max(known) < slot.value else None


def _min_employment(slot: Slot, row: Row) -> Verdict:
    return None if row["employment"] is None or not isinstance(slot, Amount) else bool(row["employment"] >= slot.value)


def _provider(slot: Slot, row: Row) -> Verdict:
    return row["provider_id"] in slot.ids if isinstance(slot, Schools) else None


CHECKS: Mapping[str, Callable[[Slot, Row], Verdict]] = {
    "max_cost_usd": _max_cost,
    "monthly_usd": _monthly,
    "max_weeks": _max_weeks,
    "max_hours": _max_hours,
    "min_hours": _min_hours,
    "evening": _evening,
    "weekend": _unpublished,
    "gi_bill": _unpublished,
    "spanish": _flag("school_spanish"),
    "childcare": _flag("school_childcare", "school_childcare_help"),
    "accessible": _flag("school_access"),
    "job_search_help": _flag("school_job_help"),
    "transit": _transit,
    "funding": _funding,
    "credential_kind": _credential,
    "prerequisite_max": _schooling,
    "min_wage_usd_per_year": _min_wage,
    "min_employment_rate": _min_employment,
    "provider": _provider,
}


def _online(row: Row) -> Verdict:
    """What the program says of itself; a school without distance learning teaches none at a distance."""
    if row["delivery"] is not None:
        return bool(row["delivery"] == Delivery.ONLINE.value)
    return False if row["school_distance"] is False else None


def _in_person(row: Row) -> Verdict:
    if row["delivery"] is not None:
        return bool(row["delivery"] == Delivery.IN_PERSON.value)
    return True if row["school_distance"] is False else None


def _hybrid(row: Row) -> Verdict:
    if row["delivery"] is not None:
        return bool(row["delivery"] == Delivery.HYBRID.value)
    return False if row["school_distance"] is False else None


def _not_online(row: Row) -> Verdict:
    return True if row["delivery"] == Delivery.HYBRID.value else _in_person(row)


DELIVERY: Mapping[str, Callable[[Row], Verdict]] = {
    "delivery_online": _online,
    "delivery_in_person": _in_person,
    "delivery_hybrid": _hybrid,
    "not_delivery_online": _not_online,
}


def _inside(where: Where, row: Row) -> Verdict:
    if where.radius_miles is not None:
        miles = distance(where, row)
        return None if miles is None else miles <= where.radius_miles
    if row["state"] is None or (where.state is not None and row["state"] != where.state):
        return None if row["state"] is None else False
    if where.zip is not None:
        return None if row["zip"] is None else bool(row["zip"] == where.zip)
    if where.city is not None:
        return None if row["city"] is None else same_name(where.city, row["city"])
    if where.county is not None:
        return None if row["county"] is None else bool(row["county"].lower() == where.county.lower())
    return True


def distance(where: Where, row: Row) -> float | None:
    """Return the miles in a straight line from a place to a program."""
    if where.latitude is None or where.longitude is None or row["latitude"] is None:
        return None
    return miles_between(where.latitude, where.longitude, row["latitude"], row["longitude"])


def miles_between(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Return the great-circle distance in miles (haversine)."""
    a, b = math.radians(latitude), math.radians(other_latitude)
    half = math.sin((b - a) / 2) ** 2
    half += math.cos(a) * math.cos(b) * math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    return round(2 * EARTH_RADIUS_MILES * math.asin(math.sqrt(half)), 1)


def _any(answers: Any) -> Verdict:
    """True when one is True, False when all are False, else not known."""
    found = list(answers)
    if True in found:
        return True
    return False if found and all(each is False for each in found) else None


def _not(answer: Verdict) -> Verdict:
    return None if answer is None else not answer
