"""Places read from words: ZIP codes, towns, counties and states, offline."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from assistant.understand.query import Where

NEAR_MILES = 15.0
MAX_TOWN_WORDS = 4
NEAR = r"(?:near|close to|around|nearby|not far from|cerca de|cerca del?|alrededor de|por)"
IN = r"(?:in|at|within|from|en|de)"
ZIP = re.compile(r"\b(\d{5})\b")
STATE_NAMES = {
    "new jersey": "NJ",
    "nueva jersey": "NJ",
    "nj": "NJ",
    "california": "CA",
    "new york": "NY",
    "pennsylvania": "PA",
}
COUNTY = re.compile(
    r"\b([A-Z][a-z]+(?: [A-Z][a-z]+)?) County\b|\b[Cc]ondado (?:de |del )?([A-Z][a-z]+(?: [A-Z][a-z]+)?)\b"
)


@dataclass(frozen=True)
class Town:
    """A town with the middle of its ZIP codes."""

    name: str
    state: str
    latitude: float
    longitude: float


@cache
def towns(state: str) -> dict[str, Town]:
    """Return a state's towns by name in lower case, from the packaged ZIP table."""
    import zipcodes

    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    names: dict[str, str] = {}
    for entry in zipcodes.filter_by(state=state, active=True):
        for name in (entry["city"], *entry["acceptable_cities"]):
            names.setdefault(name.lower(), name)
            points[name.lower()].append((float(entry["lat"]), float(entry["long"])))
    return {
        key: Town(names[key], state, sum(p[0] for p in at) / len(at), sum(p[1] for p in at) / len(at))
        for key, at in points.items()
    }


def where(text: str, states: tuple[str, ...]) -> Where | None:
    """Return the place that a text names; towns of the given states, in their order.

    A town counts after a word such as 'in' or 'near', or before a state's name.
    """
    by_zip = _zip(text)
    if by_zip:
        return by_zip
    county = COUNTY.search(text)
    if county:
        return Where(county=(county[1] or county[2]), words=county[0])
    for state in states:
        found = _town(text, state)
        if found:
            return found
    for name, code in STATE_NAMES.items():
        match = re.search(rf"\b{IN}\s+{name}\b", text, re.IGNORECASE)
        if match:
            return Where(state=code, words=match[0])
    return None


def _zip(text: str) -> Where | None:
    import zipcodes

    for match in ZIP.finditer(text):
        found = zipcodes.matching(match[1]) if zipcodes.is_real(match[1]) else []
        if found:
            entry = found[0]
            return Where(
                city=entry["city"],
                state=entry["state"],
                latitude=float(entry["lat"]),
                longitude=float(entry["long"]),
                radius_miles=NEAR_MILES,
                words=match[0],
            )
    return None


def _town(text: str, state: str) -> Where | None:
    known = towns(state)
    lowered = text.lower()
    for match in re.finditer(rf"\b({NEAR}|{IN})\s+(?=(\S.*))", lowered):
        words = re.findall(r"[\w.'-]+", match[2])[:MAX_TOWN_WORDS]
        for size in range(len(words), 0, -1):
            town = known.get(" ".join(words[:size]).rstrip(".'"))
            if town:
                near = re.fullmatch(NEAR, match[1]) is not None
                return Where(
                    city=town.name,
                    state=town.state,
                    latitude=town.latitude,
                    longitude=town.longitude,
                    radius_miles=NEAR_MILES if near else None,
                    words=text[match.start() : match.start(2)] + text[match.start(2) :][: len(" ".join(words[:size]))],
                )
    return None
