"""Places checked against the ZIP table: county, coordinates, and which published part contradicts the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from catalog.records import Place

Report = Callable[[str, str, str], None]
"""Called with field, value and reason for each part of a place that is held back."""

NOT_A_COUNTY = frozenset({"out of state", "select one", ""})


@cache
def zip_entry(code: str) -> dict[str, Any] | None:
    """Return the ZIP table's entry for a five-digit code."""
    import zipcodes

    found = zipcodes.matching(code) if zipcodes.is_real(code) else []
    return dict(found[0]) if found else None


@cache
def counties_of_city(city: str, state: str) -> frozenset[str]:
    """Return the counties in which a state has ZIP codes for a city."""
    import zipcodes

    found = zipcodes.filter_by(city=city.title(), state=state)
    return frozenset(_county(entry) for entry in found)


def checked(place: Place, report: Report) -> Place:
    """Return the place with county and coordinates filled from its ZIP code.

    Where the published county contradicts the ZIP code, the city decides: a ZIP code in another
    county than its city's is held back, else the county is. What is held back goes to `report`.
    """
    county = place.county if (place.county or "").strip().lower() not in NOT_A_COUNTY else None
    entry = zip_entry(place.zip) if place.zip else None
    if place.zip and entry is None:
        report("zip", place.zip, "no such ZIP code in the table; not used for distances")
    if entry is not None and place.state and entry["state"] != place.state:
        report("zip", place.zip or "", f"a ZIP code of {entry['state']}, where the state is {place.state}")
        place, entry = place.model_copy(update={"zip": None}), None
    if entry is None:
        return place.model_copy(update={"county": county})
    by_zip = _county(entry)
    if county is not None and county.lower() != by_zip.lower():
        by_city = counties_of_city(place.city or "", place.state or "")
        if county in by_city and by_zip not in by_city:
            report("zip", place.zip or "", f"lies in {by_zip} County, but {place.city} lies in {county} County")
            return place.model_copy(update={"zip": None, "county": county})
        report("county", county, f"ZIP code {place.zip} ({place.city}) lies in {by_zip} County")
    coordinates = {"latitude": float(entry["lat"]), "longitude": float(entry["long"])}
    return place.model_copy(update={"county": by_zip, **coordinates})


def _county(entry: dict[str, Any]) -> str:
    return str(entry["county"]).removesuffix(" County")
