"""Names of places with coordinates, offline: towns from the packaged ZIP table, counties, states."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from assistant.understand.words import folded

HOME = "NJ"
AROUND = ("CA", "PA", "NY", "DE", "CT", "MD")
"""States whose towns are known without naming the state: those of the records, then the neighbours of New Jersey."""
ORDINARY = frozenset(
    [
        "alpha",
        "alpine",
        "apo",
        "avalon",
        "berlin",
        "beverly",
        "bogota",
        "brick",
        "broadway",
        "buena",
        "butler",
        "chester",
        "clark",
        "clayton",
        "clinton",
        "cologne",
        "columbia",
        "columbus",
        "dayton",
        "deal",
        "delaware",
        "dorothy",
        "dover",
        "dpo",
        "elizabeth",
        "emerson",
        "fords",
        "franklin",
        "garfield",
        "harrison",
        "hope",
        "jackson",
        "landing",
        "lebanon",
        "locust",
        "lyons",
        "madison",
        "magnolia",
        "malaga",
        "milford",
        "monroe",
        "newfoundland",
        "norma",
        "ocean",
        "orange",
        "oxford",
        "pomona",
        "roosevelt",
        "salem",
        "shiloh",
        "stockholm",
        "stockton",
        "summit",
        "tranquility",
        "union",
        "vernon",
        "verona",
        "vienna",
        "villas",
        "wall",
        "warren",
        "washington",
        "wayne",
        "windsor",
        "florence",
        "hamilton",
        "lawrence",
        "randolph",
        "chatham",
        "montague",
        "cherry",
        "hills",
        "wharton",
        "augusta",
        "birmingham",
        "norwood",
        "sparta",
        "colonia",
        "delmont",
        "lafayette",
    ]
)
"""Towns whose name is a word, a person or a larger place elsewhere: they count only after a word such as 'in' or 'near'."""
OTHER_NAMES = {
    "ac": "atlantic city",
    "nyc": "new york",
    "new york city": "new york",
    "manhattan": "new york",
    "philly": "philadelphia",
    "w new york": "west new york",
    "n brunswick": "north brunswick",
    "new brunswik": "new brunswick",
    "philadelfia": "philadelphia",
    "filadelfia": "philadelphia",
    "nueva york": "new york",
    "j.c.": "jersey city",
}


@dataclass(frozen=True)
class Town:
    """A town with the middle of its ZIP codes."""

    name: str
    state: str
    latitude: float
    longitude: float


@cache
def towns(state: str) -> Mapping[str, Town]:
    """Return a state's towns by folded name; a name of its own goes before one that only mail accepts."""
    import zipcodes

    points: dict[str, list[tuple[float, float]]] = defaultdict(list)
    names: dict[str, str] = {}
    own: set[str] = set()
    entries = zipcodes.filter_by(state=state, active=True)
    for entry in entries:
        key = folded(entry["city"])
        own.add(key)
        names.setdefault(key, entry["city"])
        if entry["zip_code_type"] == "STANDARD" or key not in points:
            points[key].append((float(entry["lat"]), float(entry["long"])))
    for entry in entries:
        for name in entry["acceptable_cities"]:
            key = folded(name)
            if key not in own:
                names.setdefault(key, name)
                points[key].append((float(entry["lat"]), float(entry["long"])))
    return {
        key: Town(names[key], state, sum(p[0] for p in at) / len(at), sum(p[1] for p in at) / len(at))
        for key, at in points.items()
    }


@cache
def counties(state: str) -> Mapping[str, str]:
    """Return a state's counties by folded name, without the word 'County'."""
    import zipcodes

    names = {e["county"].removesuffix(" County") for e in zipcodes.filter_by(state=state, active=True) if e["county"]}
    return {folded(name): name for name in sorted(names)}


@cache
def states() -> Mapping[str, str]:
    """Return the two letters of every state by its folded name, in English and for some in Spanish."""
    import us

    found = {folded(state.name): state.abbr for state in [*us.states.STATES, us.states.DC]}
    return found | {"nueva jersey": "NJ", "nueva york": "NY", "pensilvania": "PA", "jersey": "NJ"}


@cache
def abbreviations() -> frozenset[str]:
    """Return the two letters of every state, in lower case."""
    return frozenset(code.lower() for code in states().values())
