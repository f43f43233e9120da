"""The slots of a case beside the filters of an answer: one mapping, in plain sight.

Both sides become the same flat form, name -> value. What the case says in the learner's own words (`QUOTED`) is not
compared; a filter that no case knows is an extra slot, and so a mistake.

    filter of the answer                     slot of the case
    max_cost_usd, max_weeks, evening, …      the same name
    delivery_online, not_delivery_online     delivery / not_delivery: "online"
    delivery_in_person                       also not_delivery: "online", the same wish
    near (value, state, radius_miles)        place {kind: city | zip, near: true}; without a radius 15 miles
    in_zip, in_city, in_county, in_state     place {kind: …}
    not_in_city, not_near, …                 not_place
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

QUOTED = frozenset({"occupation", "not_occupation", "ask", "compare", "refers_to", "standard"})
"""Slots that quote the learner or say what the turn wants; programs, status and words of the answer judge them."""
TOLERANCE = {"max_weeks": 0.05, "max_hours": 0.05, "min_hours": 0.05, "min_wage_usd_per_year": 0.05}
"""Share by which a figure may differ; any other figure must be equal."""
NEAR_MILES = 15.0
RADIUS_TOLERANCE = 0.05
HOME_STATE = "NJ"
PLACE = re.compile(r"^(?P<no>not_)?(?:in_(?P<kind>zip|city|county|state)|(?P<near>near))$")
DELIVERY = re.compile(r"^(?P<name>(?:not_)?delivery)_(?P<way>\w+)$")

Slots = dict[str, Any]
Place = tuple[str, str, str | None, float | None]
"""Kind (`near` for a distance), name, state where it is told, radius in miles."""


def expected(case: dict[str, Any]) -> Slots:
    """Return what the words of a case say."""
    slots: Slots = {}
    for name, value in case["slots"].items():
        if name in ("place", "not_place"):
            slots[name] = [_case_place(each) for each in (value if isinstance(value, list) else [value])]
        elif name not in QUOTED:
            slots[name] = value
    return _same_wish(slots)


def understood(answer: dict[str, Any]) -> Slots:
    """Return what the answer says it understood."""
    slots: Slots = {}
    for each in answer["query"]["filters"]:
        place, way = PLACE.match(each["name"]), DELIVERY.match(each["name"])
        if place:
            slots.setdefault("not_place" if place["no"] else "place", []).append(_place(each, place))
        elif way:
            slots[way["name"]] = way["way"]
        else:
            slots[each["name"]] = each["value"]
    return _same_wish(slots)


def differences(wanted: Slots, got: Slots) -> list[str]:
    """Return in words each slot that is missing, extra or other."""
    told = []
    for name in sorted(wanted.keys() | got.keys()):
        if name not in got:
            told.append(f"{name}: missed {wanted[name]!r}")
        elif name not in wanted:
            told.append(f"{name}: not asked for, got {got[name]!r}")
        elif not _equal(name, wanted[name], got[name]):
            told.append(f"{name}: wanted {wanted[name]!r}, got {got[name]!r}")
    return told


def _equal(name: str, wanted: Any, got: Any) -> bool:
    if name in ("place", "not_place"):
        return _same_places(wanted, got)
    if name == "provider":
        a, b = plain(str(wanted)), plain(str(got))
        return a in b or b in a
    if isinstance(wanted, bool) or isinstance(got, bool) or not isinstance(wanted, int | float):
        return bool(wanted == got)
    if not isinstance(got, int | float):
        return False
    return abs(wanted - got) <= TOLERANCE.get(name, 0.0) * abs(wanted) + 1e-9


def _same_places(wanted: list[Place], got: list[Place]) -> bool:
    left = list(got)
    for place in wanted:
        found = next((each for each in left if _same_place(place, each)), None)
        if found is None:
            return False
        left.remove(found)
    return not left


def _same_place(wanted: Place, got: Place) -> bool:
    kind, name, state, radius = wanted
    other_kind, other_name, other_state, other_radius = got
    if kind != other_kind or name != other_name or (state and other_state and state != other_state):
        return False
    return radius is None or other_radius is None or abs(radius - other_radius) <= RADIUS_TOLERANCE * radius


def _case_place(value: dict[str, Any]) -> Place:
    state = value.get("state", HOME_STATE)
    if value["kind"] == "state":
        return ("state", plain(value["name"]), None, None)
    if value.get("near"):
        return ("near", plain(value["name"]), state, float(value.get("radius_miles", NEAR_MILES)))
    return (value["kind"], plain(value["name"]), state, None)


def _place(each: dict[str, Any], match: re.Match[str]) -> Place:
    name, state = plain(str(each["value"])), each.get("state")
    if match["near"]:
        return ("near", name, state, float(each.get("radius_miles") or NEAR_MILES))
    return (match["kind"], name, None if match["kind"] == "state" else state, None)


def _same_wish(slots: Slots) -> Slots:
    if slots.get("not_delivery") == "online":
        slots = {name: value for name, value in slots.items() if name != "not_delivery"} | {"delivery": "in_person"}
    return slots


def plain(text: str) -> str:
    """Return lower case without accents, hyphens and the word county."""
    folded = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return re.sub(r"\bcounty\b|[\s'’.-]+", " ", folded.lower()).strip()
